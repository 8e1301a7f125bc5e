"""Where the files of a batch go: a folder, or any place that fsspec reaches by a URL.

A file is there whole or not at all.  In a folder it is written beside its place and renamed; object
stores take a file in one piece by themselves; elsewhere it is written under another name and moved.
Whatever was put is read back: a document counts as made once it lies at its destination.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hrkit.errors import PublishError
from hrkit.files import make_folder, write_all

__all__ = ["Destination", "Folder", "Remote", "destination", "digest", "is_url"]

#: Kinds of place at which a file that is put is there whole or not at all.
_WHOLE = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "memory"}


def digest(data: bytes) -> str:
    """A file's digest."""
    return hashlib.sha256(data).hexdigest()


def is_url(place: str | Path) -> bool:
    """Whether a place is named by a URL and not by a folder."""
    return isinstance(place, str) and "://" in place


class Destination(ABC):
    """A flat set of files, by name.  ``where`` is what the place is called, ``folder`` where it lies here."""

    where: str
    folder: Path | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """The place as another machine is told of it."""

    @abstractmethod
    def read(self, name: str) -> bytes | None:
        """A file's contents; None where there is no such file."""

    @abstractmethod
    def put(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all."""

    @abstractmethod
    def rename(self, name: str, to: str) -> None:
        """Give a file another name, in the place of one that has it."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""

    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """The files that are there; none where the place is not made yet."""

    def take(self, path: Path, name: str) -> None:
        """Put a file that was made here in its place, and look whether it is there as it was made."""
        self.deliver(name, path.read_bytes())

    def deliver(self, name: str, data: bytes) -> None:
        """Put a file, and look whether it is there as it was given.

        Raises
        ------
        PublishError
            If it is not.
        """
        self.put(name, data)
        there = self.read(name)
        if there is None or digest(there) != digest(data):
            raise PublishError(f"{name} did not arrive whole at {self.where}; make it again.")


class Folder(Destination):
    """A folder of this machine, or one that several machines share."""

    def __init__(self, folder: Path) -> None:
        self.folder: Path = folder
        self.where = str(folder)

    @property
    def url(self) -> str:
        """A ``file:`` URL: whoever is told of it has to reach the same folder."""
        return self.folder.absolute().as_uri()

    def read(self, name: str) -> bytes | None:
        """A regular file's contents; a link is none."""
        path = self.folder / name
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None

    def put(self, name: str, data: bytes) -> None:
        """Write a file beside its place and rename it."""
        make_folder(self.folder)
        write_all({self.folder / name: data})

    def take(self, path: Path, name: str) -> None:
        """Rename a file that lies in the same folder's staging place."""
        os.replace(path, self.folder / name)

    def rename(self, name: str, to: str) -> None:
        """Give a file another name."""
        os.replace(self.folder / name, self.folder / to)

    def remove(self, name: str) -> None:
        """Take a file away."""
        (self.folder / name).unlink(missing_ok=True)

    def names(self) -> tuple[str, ...]:
        """The folder's files."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(one.name for one in self.folder.iterdir() if one.is_file()))


class Remote(Destination):
    """A place that fsspec reaches: an object store, a share, another machine."""

    def __init__(self, url: str) -> None:
        self._fs, self._base = _file_system(url)
        # As it was given: the file system's own form of it may lack the host.
        self.where = url.rstrip("/")

    @property
    def url(self) -> str:
        """The URL, without anything secret."""
        return self.where

    def _path(self, name: str) -> str:
        return f"{self._base}/{name}"

    @contextlib.contextmanager
    def _in_words(self, name: str) -> Iterator[None]:
        try:
            yield
        except PublishError:
            raise
        except Exception as error:  # every kind of store has errors of its own
            said = str(error) or type(error).__name__
            raise PublishError(f"{name or self.where} cannot be reached: {said}") from error

    def read(self, name: str) -> bytes | None:
        """A file's contents, never those of a copy that was kept."""
        with self._in_words(self._path(name)):
            try:
                return bytes(self._fs.cat_file(self._path(name)))
            except (FileNotFoundError, IsADirectoryError):
                return None

    def put(self, name: str, data: bytes) -> None:
        """Write a file in one piece, or under another name first."""
        path = self._path(name)
        with self._in_words(path):
            if self._whole:
                self._fs.pipe_file(path, data)
                return
            self._fs.makedirs(self._base, exist_ok=True)
            part = self._path(f".{name}.{secrets.token_hex(4)}.part")
            try:
                self._fs.pipe_file(part, data)
                if self._fs.exists(path):
                    self._fs.rm_file(path)
                self._fs.mv(part, path)
            finally:
                if self._fs.exists(part):
                    self._fs.rm_file(part)

    @property
    def _whole(self) -> bool:
        kinds = self._fs.protocol
        return bool(_WHOLE & set([kinds] if isinstance(kinds, str) else kinds))

    def rename(self, name: str, to: str) -> None:
        """Put a file under another name, then take the first away."""
        data = self.read(name)
        if data is not None:
            self.deliver(to, data)
            self.remove(name)

    def remove(self, name: str) -> None:
        """Take a file away."""
        with self._in_words(self._path(name)), contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(self._path(name))

    def names(self) -> tuple[str, ...]:
        """The files that are there now."""
        with self._in_words(""):
            self._fs.invalidate_cache()
            try:
                found = self._fs.ls(self._base, detail=True)
            except FileNotFoundError:
                return ()
        return tuple(
            sorted(one["name"].rpartition("/")[2] for one in found if one["type"] == "file")
        )


def _file_system(url: str) -> tuple[Any, str]:
    if urlsplit(url).password:
        raise PublishError(
            "An address of files holds no password; leave it to the environment "
            "(for s3:// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)."
        )
    kind = urlsplit(url).scheme
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise PublishError(
            f"Files at {kind}:// need the package fsspec; install hrkit[dask]."
        ) from None
    try:
        # What lies there is looked at each time: others write there, too.
        fs, base = url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
    except ImportError as error:
        raise PublishError(f"Files at {kind}:// need one more package: {error}") from None
    except ValueError as error:
        raise PublishError(f"{url} is no address of files: {error}") from None
    base = str(base).rstrip("/")
    if not base:
        raise PublishError(f"{url} names no folder; write: {url.rstrip('/')}/NAME")
    return fs, base


def destination(place: str | Path) -> Destination:
    """The place that a folder's name or a URL means.

    Raises
    ------
    PublishError
        If a URL is none, holds a password, or needs a package that is not there.
    """
    if not is_url(place):
        return Folder(Path(place))
    url = urlsplit(str(place))
    if url.scheme == "file":
        from urllib.request import url2pathname

        return Folder(Path(url2pathname(url.path)))
    return Remote(str(place))
