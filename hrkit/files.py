"""Files on disk: a whole set, or none of it, and nobody else's business while it is written.

Several files of one delivery say the same, or the later ones are not there: a new PDF never
stands beside an old workbook, wherever the machine stops.  All are written first, under names that
nobody can foresee; then the old ones go, the first of the set before all others; then the new ones
come, the first of the set after all others.  So whoever sees the first sees the whole set.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on this platform
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "alone",
    "clear_left",
    "make_folder",
    "of_the_system",
    "only_a_file",
    "private_folder",
    "privately",
    "write_all",
]

#: What folders of our own in the machine's temporary place begin with, and the file that whoever
#: works in one holds locked.
_OURS, _HELD = "hrkit-", ".held"

#: What a killed run left is cleared away after this many seconds.
_OLD = 3600.0
#: What the machine says when there is no room: on the disk, in a quota, for a file of this size.
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write every file whole, or none of them.

    Parameters
    ----------
    files
        Contents by place; the first is the one the others belong to.  A new file is its owner's
        alone, where the platform can; one that is replaced keeps its rights.  A link is replaced
        and not followed.

    Raises
    ------
    OSError
        If one cannot be written; the files that were there are still there then.
    """
    for path in files:
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    parts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            make_folder(path.parent)
            _clear(path)
            try:
                parts[path] = _part(path, data)
            except OSError as error:
                error.filename = str(path)  # nobody has to know the name of a part
                raise
        places = list(parts)
        if len(places) > 1:
            for path in places:
                path.unlink(missing_ok=True)
        for path in reversed(places):
            os.replace(parts[path], path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(folders: Iterable[Path]) -> Iterator[None]:
    """Whoever else would write into one of these folders in this way waits meanwhile.

    Two processes that each write a set one after the other leave one of the two sets; at once, they could leave
    the PDF of one beside the workbook of the other.  A folder is locked itself, so that no file is left in it, and
    one that cannot be (another platform, some shared drives) is written to without.
    """
    # Always in the same order: two who each wait for the other's folder would wait for ever.
    places = sorted({folder.resolve() for folder in folders if folder.is_dir()})
    held: list[int] = []
    try:
        for place in places if fcntl is not None else ():
            with contextlib.suppress(OSError):
                held.append(os.open(place, os.O_RDONLY))
                fcntl.flock(held[-1], fcntl.LOCK_EX)
        yield
    finally:
        for handle in held:
            os.close(handle)


def make_folder(path: Path) -> None:
    """Make a folder and those it lies in, for their owner alone where the platform can."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


@contextlib.contextmanager
def privately() -> Iterator[None]:
    """Whatever is made meanwhile is its owner's alone, where the platform can; also as a decorator."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def clear_left() -> None:
    """Remove what killed runs of this user left in the machine's temporary place, now."""
    _clear_left.cache_clear()
    _clear_left(tempfile.gettempdir())


@contextlib.contextmanager
def private_folder(purpose: str) -> Iterator[Path]:
    """A folder in the machine's temporary place, for its owner alone, gone when the work is done.

    What a run that was killed has left there goes when the next one begins.
    """
    _clear_left(tempfile.gettempdir())
    made = tempfile.mkdtemp(prefix=f"{_OURS}{purpose}-")  # mode 0700
    held = os.open(Path(made) / _HELD, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        if fcntl is not None:
            with contextlib.suppress(OSError):
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield Path(made)
    finally:
        os.close(held)
        shutil.rmtree(made, ignore_errors=True)


@lru_cache(maxsize=1)
def _clear_left(temporary: str) -> None:
    """Remove folders of ours, of this user, in which nobody works any more; once a process."""
    try:
        there = [one for one in os.scandir(temporary) if one.name.startswith(_OURS)]
    except OSError:
        return
    for one in there:
        with contextlib.suppress(OSError):
            about = one.stat(follow_symlinks=False)
            mine = not hasattr(os, "getuid") or about.st_uid == os.getuid()
            if stat.S_ISDIR(about.st_mode) and mine and _left(Path(one.path), about.st_mtime):
                shutil.rmtree(one.path, ignore_errors=True)


def _left(folder: Path, since: float) -> bool:
    """Whether nobody works in a folder: its file is not locked, or there is none and it is old."""
    if fcntl is None or not (folder / _HELD).is_file():
        return time.time() - since > _OLD
    handle = os.open(folder / _HELD, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False  # somebody works there
    else:
        # It may be that somebody is just about to lock it.
        return time.time() - since > 1.0
    finally:
        os.close(handle)


def only_a_file(path: Path, *, there: bool = True) -> None:
    """Refuse what is there and is no file: a pipe would be waited for, a device read for ever.

    Parameters
    ----------
    there
        Refuse a place where nothing is, too.

    Raises
    ------
    OSError
        With a ``strerror`` in words for the user.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if there:
            raise
        return
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, "is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "is no file, but a pipe or a device")


def of_the_system(error: BaseException) -> str:
    """What an error of the machine says, also where a library has wrapped it; else nothing.

    A full disk, a folder that may not be written to: what stands in their way is no fault of the
    program, and a traceback helps nobody.
    """
    found: BaseException | None = error
    for _ in range(6):
        if found is None:
            return ""
        if isinstance(found, OSError) and found.errno is not None:
            named = found.filename if isinstance(found.filename, (str, bytes)) else ""
            name = Path(os.fsdecode(named)).name or "A file"
            if isinstance(found, PermissionError):
                above = Path(os.fsdecode(named)).parent if named else None
                if above is not None and above.is_dir() and not os.access(above, os.W_OK):
                    return (
                        f"{name} cannot be written: its folder {above.absolute().name} may only be "
                        "read here. Name another place with -o, or copy the folder to where it "
                        "can be written."
                    )
                return f"{name} cannot be written or read; is it open in another program?"
            said = f"{name} cannot be written or read: {found.strerror or found}"
            if found.errno in _FULL:
                # A file without a name is a temporary one.
                also = "" if named else f", also for temporary files ({tempfile.gettempdir()})"
                return f"{said}; free some space{also}."
            return f"{said}."
        inside = next((one for one in found.args if isinstance(one, OSError)), None)
        found = inside or found.__cause__ or (found.__context__ if found is not error else None)
    return ""


def _part(path: Path, data: bytes) -> Path:
    """The content beside its place, under a name of its own."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            there = path.lstat()
            if stat.S_ISREG(there.st_mode):
                os.chmod(name, stat.S_IMODE(there.st_mode))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _clear(path: Path) -> None:
    """Parts of this very file that a killed run left behind."""
    start = f".{path.name[:100]}."
    with contextlib.suppress(OSError):
        for one in path.parent.iterdir():
            ours = one.name.startswith(start) and one.name.endswith(".part")
            if ours and time.time() - one.lstat().st_mtime > _OLD:
                one.unlink(missing_ok=True)
