"""What a batch is asked to make, and what each piece of it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrkit.publish.batch.manifest import MadeDocument

__all__ = ["BatchAsked", "job_id"]


def job_id(name: str, key: str) -> str:
    """What a document's job is called: the same document of the same answers is the same job."""
    return f"{Path(name).stem}-{key[:12]}"


@dataclass(frozen=True, slots=True)
class BatchAsked:
    """What is to be made of every organisation.

    ``norms`` is where it is said what each is told of the others, ``note`` what is to be said of every one,
    ``uncounted`` what is to be said of clients that the benchmark does not count.
    """

    wave: str
    languages: tuple[str, ...]
    profiles: tuple[str, ...]
    also: tuple[str, ...]
    sheets: bool
    overwrite: bool
    trust: bool
    norms: str = ""
    note: str = ""
    uncounted: Mapping[str, str] = field(default_factory=dict)

    def covers(self, entry: MadeDocument) -> bool:
        """Whether an earlier document is one of those that are asked for now."""
        sheet = entry.what.startswith("sheet-")
        return (
            (not self.wave or entry.wave == self.wave)
            and (not self.languages or entry.language in self.languages)
            and (self.sheets if sheet else not self.profiles or entry.what in self.profiles)
        )
