"""Where a site's build reads data, and from where it serves files as they are."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.blog.site.configuration import read_site
from bot.core.site import Generator
from bot.desk.site.feeds import ATOM, JSON_FEED

SERVED: dict[Generator, str] = {
    "hugo": "static",
    "zola": "static",
    "gatsby": "static",
    "docusaurus": "static",
    "astro": "public",
    "next": "public",
    "hexo": "source",
}
"""The folders whose files are served as they are; of other sites it is the one that is built."""


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of a site, relative to it.

    Attributes:
        data: For data files, in a folder for each language.
        served: For feeds.
        all_data: Where data files may be from a time when somebody else built the site.
        feeds: Where feeds are, or may be for the same reason. A site's ``public`` may be what its
            build made, and the copies there are not ours.
        home: The site's address, without a slash at its end; None if it does not say.
    """

    data: PurePosixPath
    served: PurePosixPath
    all_data: tuple[PurePosixPath, ...]
    feeds: tuple[PurePosixPath, ...]
    home: str | None


def places_of(root: Path, address: str | None) -> Places:
    """Return where our files go in a site, by what its configuration says.

    Jekyll reads data from ``_data`` only; for all others the folder is ``data``, which Hugo reads.

    Args:
        address: The site's, if the operator knows it better.
    """
    site, _ = read_site(root)
    source = PurePosixPath(site.root if site.generator == "jekyll" else "")
    data = source / "_data" if site.generator == "jekyll" else PurePosixPath("data")
    served = PurePosixPath(SERVED.get(site.generator, source))
    homes = served, source, PurePosixPath()
    return Places(
        data / "afterword",
        served,
        tuple(sorted({one / "afterword" for one in (data, source / "_data", *DATA)})),
        tuple(sorted({folder / name for folder in homes for name in (ATOM, JSON_FEED)})),
        (address or site.address or "").rstrip("/") or None,
    )


DATA = (PurePosixPath("data"), PurePosixPath("_data"))
