"""A blog in a Git repository: copied with the `git` command, and nothing in it is ever run.

Of a history only its newest state is fetched. No hook, filter or submodule of the repository does
anything, no question is asked at the terminal, and a transport that runs a command is refused.
The address may hold a password: it is handed to Git in its environment, where other users do not
see it, and is written neither to the copy nor to a log.
"""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit, urlunsplit

from bot.core.errors import AfterwordError
from bot.settings import child_environment

PREFIX = "git+"
"""What the setting of a repository begins with, as pip's does."""

LONGEST = 600.0
"""Seconds that one command of Git may take: a first copy of a blog full of pictures."""

_SCHEMES = ("https", "http", "ssh", "file")
_BRANCH = re.compile(r"(?!-)(?!.*(?:\.\.|//|@\{))[\w./+-]+")
_REF = "refs/afterword/content"
_REMOTE = "afterword"
_SAFE = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.autocrlf": "false",
    "core.logAllRefUpdates": "false",
    "submodule.recurse": "false",
    "protocol.ext.allow": "never",
    "filter.lfs.smudge": "",
    "filter.lfs.process": "",
    "filter.lfs.required": "false",
    "gc.autoDetach": "false",
    "gc.pruneExpire": "now",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "30",
}
"""Settings that win over the operator's own: these are Git's ways to run what it has copied."""

_OF_A_REPOSITORY = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX",
    "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS",
)  # fmt: skip
"""Variables that a hook's environment has: they would lead Git into another repository."""


class GitError(AfterwordError):
    """The repository cannot be copied; the text says why and what to do."""


class GitSource:
    """A repository and the copy of it.

    The content is ``git+https://host/blog.git``, or with ``git+ssh``, ``git+http`` or
    ``git+file``; at its end may stand ``#branch``, ``#branch:folder`` or ``#:folder``, where folder
    holds the posts or the site.
    """

    def __init__(self, content: str, cache: Path) -> None:
        """Take the setting and the folder that holds copies; nothing is opened.

        Raises:
            GitError: The setting names no repository.
        """
        address, _, rest = content.removeprefix(PREFIX).partition("#")
        branch, _, folder = rest.partition(":")
        self._url = address
        self._branch = branch or "HEAD"
        self._secrets, shown = _without_password(address)
        self.name = PREFIX + shown + (f"#{rest}" if rest else "")
        if not _is_address(address) or not _BRANCH.fullmatch(self._branch):
            raise GitError(
                f"AFTERWORD_CONTENT is {self.name}, which names no repository: write it as "
                "git+https://host/blog.git, with #branch or #branch:folder at its end if needed."
            )
        place = blake2b(f"{shown}#{branch}".encode(), digest_size=8).hexdigest()
        self._git = cache / place / "git"
        self._files = cache / place / "files"
        self.folder = self._files / _inside(folder, self.name)
        self._process: subprocess.Popen[bytes] | None = None
        self._guard = Lock()
        self._is_stopped = False

    @property
    def has_copy(self) -> bool:
        """Whether there is content from an earlier time."""
        return (self._git / "index").is_file()

    def fetch(self) -> None:
        """Get the newest state; the files stay as they are.

        Raises:
            GitError: It cannot be had.
        """
        try:
            self._files.mkdir(parents=True, exist_ok=True)
            if not (self._git / "HEAD").is_file():
                self._run("init", "--quiet", "--bare", "--template=", "--", str(self._git))
            self._remove_stale_locks()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise GitError(
                f"{self._git.parent} cannot be written ({reason}): give the bot the right to write "
                "beside its database, which is where it keeps its copy of the blog."
            ) from error
        options = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--force")
        refs = f"+{self._branch}:{_REF}"
        self._run("fetch", *options, "--no-write-fetch-head", "--", _REMOTE, refs)

    def check_out(self) -> bool:
        """Make the files what was fetched last; return whether that changed any.

        Raises:
            GitError: The disk is full, say.
        """
        before = self._commit("HEAD")
        self._run("checkout", "--quiet", "--force", "--detach", _REF, "--")
        self._run("clean", "--quiet", "-ffdx")
        return before != self._commit("HEAD")

    def stop(self) -> None:
        """End a command that is running, and refuse others; may be called from any thread."""
        with self._guard:
            self._is_stopped = True
            if self._process is not None:
                self._process.terminate()

    def _commit(self, ref: str) -> str:
        try:
            return self._run("rev-parse", "--quiet", "--verify", f"{ref}^{{commit}}")
        except GitError:  # nothing was checked out yet
            return ""

    def _remove_stale_locks(self) -> None:
        """Remove what a command left that was killed: none that lives is older than `LONGEST`.

        Nor is one that lives as far in the future: a clock that was ahead left it.
        """
        now = time.time()
        for lock in self._git.rglob("*.lock"):
            if abs(now - lock.stat().st_mtime) > LONGEST:
                lock.unlink(missing_ok=True)

    def _run(self, command: str, *arguments: str) -> str:
        """Run Git and return what it wrote."""
        places = ("--git-dir", str(self._git), "--work-tree", str(self._files))
        whole = ["git", *(() if command == "init" else places), command, *arguments]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            try:
                status = self._wait(whole, out.fileno(), err.fileno())
            except FileNotFoundError as error:
                raise GitError(
                    "The git command is not found: install Git, or set AFTERWORD_CONTENT to a "
                    "folder."
                ) from error
            out.seek(0)
            err.seek(0)
            said = err.read().decode(errors="replace")
            if status != 0:
                raise GitError(self._sentence(status, said))
            return out.read().decode(errors="replace").strip()

    def _wait(self, command: list[str], out: int, err: int) -> int | None:
        """Return the exit status of a command; None if it took too long or was stopped.

        It writes into files, not pipes: a child of Git that outlives it cannot hold us up.
        """
        with self._guard:
            if self._is_stopped:
                return None
            process = self._process = subprocess.Popen(  # noqa: S603  # Git, with arguments of ours
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=self._environment()
            )
        try:
            return process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with self._guard:
                self._process = None
            _end(process)

    def _environment(self) -> Mapping[str, str]:
        known = environment()
        settings = _SAFE | {f"remote.{_REMOTE}.url": self._url}
        given = known.get("GIT_CONFIG_COUNT", "0")
        start = int(given) if given.isdigit() else 0
        for number, (key, value) in enumerate(settings.items(), start):
            known[f"GIT_CONFIG_KEY_{number}"] = key
            known[f"GIT_CONFIG_VALUE_{number}"] = value
        known.setdefault("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=30")
        return known | {
            "GIT_CONFIG_COUNT": str(start + len(settings)),
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_ALLOW_PROTOCOL": "file" if self._url.startswith("file:") else "https:http:ssh",
            "LC_ALL": "C",
        }

    def _sentence(self, status: int | None, said: str) -> str:
        lines = [line for line in said.splitlines() if line.strip()]
        marked = [line for line in lines if line.startswith(("fatal:", "error:", "ERROR:"))]
        reason = (marked or lines or [f"exit status {status}"])[0]
        if status is None:
            reason = "it was stopped" if self._is_stopped else f"no end after {LONGEST:.0f} s"
        for secret in self._secrets:
            reason = reason.replace(secret, "…")
        return (
            f"{self.name} cannot be copied ({reason.strip().rstrip('.')}): check the address, the "
            "branch, and that `git clone` of it works for this user without a question."
        )


def environment() -> dict[str, str]:
    """Return a child's environment, without what names another repository to Git."""
    known = child_environment().items()
    return {name: value for name, value in known if name not in _OF_A_REPOSITORY}


def is_git(content: str) -> bool:
    """Return whether the setting names a repository, not a folder."""
    return content.startswith(PREFIX)


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    has_place = bool(parts.netloc or parts.scheme == "file") and bool(parts.path.strip("/"))
    return parts.scheme in _SCHEMES and has_place and not re.search(r"\s|[\x00-\x1f]", address)


def _without_password(address: str) -> tuple[list[str], str]:
    """Return what of an address must not be shown, the longest first, and the address without."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return [address], "…"
    user, at, host = parts.netloc.rpartition("@")
    name, colon, password = user.partition(":")
    if (not at or (parts.scheme == "ssh" and not colon)) and not parts.query:
        return [], address
    secret = password if colon else name
    secrets = {address, user, secret, unquote(secret), parts.query} - {""}
    shown = urlunsplit((parts.scheme, host, parts.path, "", ""))
    return sorted(secrets, key=len, reverse=True), shown


def _inside(folder: str, name: str) -> Path:
    """Return a folder within the repository, as a relative path.

    Raises:
        GitError: It leads out of the repository.
    """
    parts = [part for part in folder.split("/") if part not in {"", "."}]
    if ".." in parts or any("\\" in part or ":" in part for part in parts):
        raise GitError(f"{name} names a folder outside its repository: name one within it.")
    return Path(*parts)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that may have ended; Git removes its locks when it is told to end."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
