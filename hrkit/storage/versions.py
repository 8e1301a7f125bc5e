"""Which version the tables of a database are, and whether this kit can read them."""

from __future__ import annotations

from hrkit.errors import StoreError

__all__ = ["readable"]


def readable(version: int | None, known: int, name: str) -> int:
    """The version that a database says its tables are of.

    Parameters
    ----------
    version
        As it stands there; None where nothing does.
    known
        The version of this kit: it reads all up to it.
    name
        What problems call the database.

    Raises
    ------
    StoreError
        If it says none, one that never was, or one of a newer kit.
    """
    if version is None:
        raise StoreError(f"{name} is damaged: it does not say its version. Restore a backup.")
    if version > known:
        raise StoreError(
            f"{name} was written by a newer hrkit (tables {version}, this one knows {known}); "
            "nothing was changed. Update hrkit."
        )
    if version < 1:
        raise StoreError(
            f"{name} says that its tables are of version {version}, which never was. "
            "Restore a backup."
        )
    return int(version)
