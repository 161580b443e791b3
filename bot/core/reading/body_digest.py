"""Recognises the text of a post after its file or its front matter changed."""

import hashlib

LEAST_BYTES = 60
"""Without spaces; a shorter text ("Coming soon.", one picture) may well be another post's too."""

_SPACES = b" \t\r\n\f\v"


def body_digest(body: str) -> str:
    """Return a digest of a text, the same however it is broken into lines; "" if it is short."""
    text = body.encode(errors="surrogatepass").translate(None, _SPACES)
    if len(text) < LEAST_BYTES:
        return ""
    return hashlib.blake2b(text, digest_size=12).hexdigest()
