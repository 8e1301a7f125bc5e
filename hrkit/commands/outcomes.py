"""What became of a batch: as values, as a table beside the files, and packed for each client."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from hrkit.commands.batch_asked import job_id

if TYPE_CHECKING:
    from hrkit.publish.batch.destination import Destination
    from hrkit.publish.batch.manifest import MadeDocument

__all__ = ["Batch", "Outcome", "outcome_of", "write_outcomes", "write_zips"]

TABLE = "outcomes.csv"
_COLUMNS = (
    "organisation", "client", "wave", "language", "what", "state", "files", "seconds",
    "processor_seconds", "megabytes", "error", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one organisation.

    ``state`` is ``done``, ``skipped`` (it was all there), ``failed``, ``waiting`` (jobs were left for
    others; ``files`` are their ids) or ``foreseen``.
    """

    organisation: str
    state: str
    client: str = ""
    files: tuple[str, ...] = ()
    error: str = ""
    messages: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Batch:
    """One outcome for each organisation.

    ``output`` is where the files lie; ``strangers`` are organisations of earlier runs whose files lie
    there still.
    """

    outcomes: tuple[Outcome, ...]
    output: str
    strangers: tuple[str, ...] = ()

    def of(self, state: str) -> tuple[Outcome, ...]:
        """The outcomes of one kind."""
        return tuple(one for one in self.outcomes if one.state == state)

    @property
    def done(self) -> tuple[Outcome, ...]:
        """Those whose documents were made now."""
        return self.of("done")

    @property
    def skipped(self) -> tuple[Outcome, ...]:
        """Those whose documents were there already, whole and of the same answers."""
        return self.of("skipped")

    @property
    def waiting(self) -> tuple[Outcome, ...]:
        """Those of which jobs were left for others to make."""
        return self.of("waiting")

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Those of which something could not be made."""
        return self.of("failed")


def outcome_of(
    name: str, client: str, parts: Sequence[MadeDocument], passed: int, notes: Sequence[str]
) -> Outcome:
    """What became of an organisation, from what became of its documents.

    Parameters
    ----------
    parts
        Its documents.
    passed
        How many of them were there already.
    notes
        What is to be said beside what they say themselves.
    """
    wrong = [one for one in parts if one.state == "failed"]
    files = tuple(
        file
        for one in parts
        for file in ([job_id(one.name, one.key)] if one.state == "waiting" else one.files)
    )
    messages = tuple(dict.fromkeys([*notes, *(m for one in parts for m in one.messages)]))
    waiting = any(one.state == "waiting" for one in parts)
    state = "failed" if wrong else "waiting" if waiting else "done"
    if state == "done" and parts and passed == len(parts):
        state = "skipped"
    several = len(parts) > 1
    error = "\n".join(f"{one.name}: {one.error}" if several else one.error for one in wrong)
    seconds = sum(one.seconds for one in parts) if state != "skipped" else 0.0
    return Outcome(name, state, client, files, error, messages, seconds)


def write_outcomes(at: Destination, entries: Iterable[MadeDocument]) -> None:
    """Write the table: a row a document, and one for each organisation of which nothing could be made."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for one in entries:
        cells = (
            one.organisation,
            one.client,
            one.wave,
            one.language,
            one.what,
            one.state,
            " ".join(one.files),
            f"{one.seconds:.2f}",
            f"{one.cpu:.2f}",
            f"{one.memory / 2**20:.0f}",
            one.error,
            "\n".join(one.messages),
        )
        rows.writerow(map(_cell, cells))
    at.put(TABLE, out.getvalue().encode("utf-8-sig"))


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") and text else text


def _taken(name: str) -> bool:
    """Whether Windows takes a name for a device, whatever its ending."""
    return bool(re.fullmatch(r"CON|PRN|AUX|NUL|(COM|LPT)[0-9]", name, re.IGNORECASE))


def write_zips(
    at: Destination, entries: Iterable[MadeDocument], organisations: Collection[str]
) -> None:
    """Pack all that was made for each client into one file of its own; the same files give the same bytes."""
    packed: dict[str, dict[str, bytes]] = {}
    names: dict[str, str] = {}
    for one in entries:
        if one.state != "done" or one.organisation not in organisations:
            continue
        # Ids hold hyphens, too: whose a file is, is what is written down, not what its name begins with.
        client = PurePath(one.name).stem.removesuffix(f"-{one.wave}-{one.language}-{one.what}")
        name = names.setdefault(one.organisation, f"{client}{'_' * _taken(client)}.zip")
        into = packed.setdefault(name, {})
        into |= {name: data for name in one.files if (data := at.read(name)) is not None}
    for name, contents in packed.items():
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for inside in sorted(contents):
                about = zipfile.ZipInfo(inside, (1980, 1, 1, 0, 0, 0))
                about.compress_type = zipfile.ZIP_DEFLATED
                about.external_attr = 0o600 << 16
                archive.writestr(about, contents[inside])
        at.put(name, out.getvalue())
