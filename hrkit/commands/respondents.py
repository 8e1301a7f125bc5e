"""Who could answer, and how many did: what may be told of it while a wave is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.outputs import folder_place, write_folder
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released, Turnout

__all__ = ["Reached", "Respondents", "respondents"]

#: Sub-folder of the engagement's folder where reminders go.
FOLDER = "mail"
#: Where fewer than this part of those invited have answered, a reminder is of use (our judgement).
_ENOUGH = 2 / 3


@dataclass(frozen=True, slots=True)
class Reached:
    """A unit and a perspective, or several that are reported together.

    Attributes
    ----------
    invited, codes
        How many may answer, and how many codes are out there; None where nothing says so.
    answered
        How many did; None where that is not told.
    """

    unit: str
    perspectives: tuple[str, ...]
    invited: int | None
    codes: int | None
    answered: int | None

    @property
    def behind(self) -> bool:
        """Whether it may be told that many have not answered."""
        known = self.answered is not None and self.invited is not None
        return known and (self.answered or 0) < _ENOUGH * (self.invited or 0)


@dataclass(frozen=True)
class Respondents:
    """Who could answer and how many did, the whole organisation first.

    Attributes
    ----------
    remind
        Units to whose people a reminder may go; empty where it goes to everybody.
    paths
        Reminders that were written.
    """

    wave: str
    threshold: int
    rows: tuple[Reached, ...]
    remind: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()

    def __str__(self) -> str:
        heads = ("unit", "perspective", "invited", "codes", "answered")
        table = [heads, *(_cells(row) for row in self.rows)]
        widths = [max(len(line[x]) for line in table) for x in range(len(heads))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in table
        ]
        to = f"to everybody in {', '.join(self.remind)}" if self.remind else "to everybody"
        lines += [
            f"Wave {self.wave}, looked at and recorded nowhere: do not hand these numbers on.",
            f"A reminder may go {to}, never to single people (-o FOLDER writes it).",
        ]
        return "\n".join([*lines, *map(str, self.paths)])


def respondents(
    folder: str | Path,
    *,
    wave: str = "",
    language: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> Respondents:
    """Who could answer and how many did, by unit and perspective, as far as it may be told.

    A look, like a notebook on the screen: nothing is recorded.  Numbers of people are those of the
    gate; of units only what stands behind means that may be shown.

    Parameters
    ----------
    folder
        The engagement's folder.
    wave
        Id of the wave; the latest if empty.
    language
        Of the reminders; the engagement's own if empty.
    output
        Folder for reminders as texts to send: one for each unit that is to be reminded, or one for
        everybody where no unit may be told apart.  No number stands in them.
    overwrite
        Replace reminders that were changed since.

    Raises
    ------
    HrkitError
        If the engagement or its store cannot be used.
    """
    engagement = engagements.load(folder)
    round = engagement.wave(wave or None)
    released, begun, out = _looked(engagement, round.id)
    if released is None:
        rows = _nobody_yet(engagement.as_in(round.id), round.id, out)
        threshold = engagement.protection.scores
    else:
        from hrkit.model.settings import as_asked

        asked = as_asked(engagement, begun).as_in(round.id)
        rows, threshold = _rows(asked, released, out), released.threshold
    root = engagement.root.id
    late = dict.fromkeys(row.unit for row in rows if row.unit != root and row.behind)
    found = Respondents(round.id, threshold, rows, tuple(late))
    if output is None:
        return found
    home = folder_place(output, engagement.folder / FOLDER, "reminders")
    texts = _reminders(engagement, round.id, language or engagement.language, found.remind)
    made = {home / name: text.encode("utf-8") for name, text in texts.items()}
    return replace(found, paths=write_folder(engagement, home, made, overwrite))


def _looked(
    engagement: Engagement, wave: str
) -> tuple[Released | None, str, dict[tuple[str, str], int]]:
    """What may be told of a wave, which edition was asked, and how many codes are out."""
    from hrkit.answers.store import FILE, open_store
    from hrkit.disclosure.release import preview
    from hrkit.storage.database import file_of, locate

    path = file_of(locate(engagement.store or FILE, engagement.folder))
    if path is not None and not path.exists():
        return None, "", {}
    with open_store(engagement, create=False, write=False) as store:
        out: dict[tuple[str, str], int] = {}
        for slip, n in store.handed_out(wave).items():
            place = (slip.unit, slip.perspective)
            out[place] = out.get(place, 0) + n
        with store.looking(wave) as round:
            begun, empty = round.begun, not len(round.responses())
    return (None if empty else preview(engagement, wave)), begun, out


def _nobody_yet(
    engagement: Engagement, wave: str, out: Mapping[tuple[str, str], int]
) -> tuple[Reached, ...]:
    """Who may answer, where nobody has: that nobody has is told of the whole alone."""
    asked = engagement.instrument.perspectives
    found = []
    for unit in engagement.within(engagement.root.id):
        for name in asked:
            invited = engagement.invited_to(wave, unit, (name,))
            codes = _codes(engagement, unit, (name,), out)
            if unit == engagement.root.id or invited or codes:
                found.append(Reached(unit, (name,), invited, codes, 0))
    return tuple(found)


def _rows(
    engagement: Engagement, released: Released, out: Mapping[tuple[str, str], int]
) -> tuple[Reached, ...]:
    from hrkit.disclosure.derived.silence import answered_in_units

    root = engagement.root.id
    order = engagement.within(root)
    groups = {group.id: group.perspectives for group in released.groups}
    whole = [one for one in released.answering if one.unit == root and one.group in groups]
    invited = {
        (unit, id): engagement.invited_to(released.wave, unit, its)
        for unit in order
        for id, its in groups.items()
    }
    units = answered_in_units(
        released.scores,
        whole,
        [section.id for section in engagement.instrument.dimensions],
        {unit: None if unit == root else engagement.unit(unit).parent for unit in order},
        invited,
        released.threshold,
    )
    every: list[Turnout] = [*whole, *units]
    return tuple(
        Reached(
            one.unit,
            groups[one.group],
            one.invited,
            _codes(engagement, one.unit, groups[one.group], out),
            one.answered,
        )
        for one in every
    )


def _codes(
    engagement: Engagement,
    unit: str,
    perspectives: tuple[str, ...],
    out: Mapping[tuple[str, str], int],
) -> int | None:
    """How many codes are out in a unit with its sub-units; they say nothing of who has answered."""
    if not out:
        return None
    inside = set(engagement.within(unit))
    return sum(n for (where, who), n in out.items() if where in inside and who in perspectives)


def _reminders(
    engagement: Engagement, wave: str, language: str, units: tuple[str, ...]
) -> dict[str, str]:
    """The reminder as it is sent, for each unit or for all; the same words, and no number."""
    from hrkit.errors import HrkitError
    from hrkit.model.letters import letters
    from hrkit.report.handouts.letter import letter_text

    if language not in engagement.instrument.languages:
        has = ", ".join(engagement.instrument.languages)
        raise HrkitError(f"{engagement.instrument.id} has no language {language}; it has {has}.")
    words = engagement.words(language)
    letter = next(
        (one for one in letters(engagement, language, wave) if one.id == "reminder"), None
    )
    if letter is None:
        raise HrkitError(f"{engagement.instrument.id} has no letter of reminder.")
    base = f"{engagement.id}-{wave}-{language}-reminder"
    if not units:
        to = words("letters.to", to=letter.to)
        return {f"{base}.txt": f"{to}\n\n{letter_text(letter, words)}"}
    found = {}
    for unit in units:
        name = engagement.unit(unit).name
        to = words("letters.to", to=f"{name} – {letter.to}")
        found[f"{base}-{unit}.txt"] = f"{to}\n\n{letter_text(letter, words)}"
    return found


def _cells(row: Reached) -> tuple[str, ...]:
    told = "not told" if row.answered is None else str(row.answered)
    numbers = ("" if n is None else str(n) for n in (row.invited, row.codes))
    return (row.unit, " + ".join(row.perspectives), *numbers, told)
