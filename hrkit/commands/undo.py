"""Undo an import, the whole of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.answers.batches import Undone

__all__ = ["TakenBack", "undo"]


@dataclass(frozen=True)
class TakenBack:
    """What undoing an import did."""

    undone: Undone

    def __str__(self) -> str:
        one = self.undone
        said = [f"{one.batch.name} is undone: {_people(one.gone)} of it went"]
        if one.back:
            said += [f"the earlier answers of {_people(one.back)} stand again"]
        lines = [f"{', '.join(said)}."]
        if one.left:
            lines.append(
                f"{_people(one.left)} of it answered on by themselves since, or were erased: left as "
                "they are."
            )
        if one.issued:
            times = "once" if one.issued == 1 else f"{one.issued} times"
            lines.append(
                f"Since that day a report was issued {times}: what was handed on still says what it "
                "said. Beside a later one it would show who went, and whoever comes now may be one of them: "
                "of their groups, as far as it showed them, nothing more is shown in this wave. To correct single rows "
                "of an issued wave, import the corrected file over the first (--replace, or --doubles "
                "same) instead of undoing it."
            )
        return "\n".join(lines)


def undo(folder: str | Path, name: str = "") -> TakenBack:
    """Undo an import: the whole of it, or nothing; never in a frozen wave.

    Who came by it goes, also out of what the store keeps of versions that were issued, and their words
    that were passed for print out of ``engagement.yml``; answers it replaced stand again.  The file may
    be imported again afterwards.

    Parameters
    ----------
    folder
        The engagement's folder.
    name
        Of the import, as `imports` lists it; the last one if empty.

    Raises
    ------
    HrkitError
        If there is no such import, a wave of it is frozen, a later import took the place of some of its
        answers, or it is what is answered in a room that is open.
    """
    from hrkit.answers.batches import named
    from hrkit.answers.store import open_store
    from hrkit.commands.duties.erase import unpassed
    from hrkit.commands.open_room import none_open

    engagement = engagements.load(folder)
    with open_store(engagement, create=False) as store:
        batch = named(store.imports(), name)
        if batch.in_room:
            # Every phone would go on with answers that nobody holds any more.
            none_open(
                engagement,
                batch.waves,
                "close the round on the page to lead from and delete the answers there, or end the room.",
            )
        before = set(store.comments()["id"])
        undone = store.undo(name)
        gone = before - set(store.comments()["id"])
    unpassed(engagement, gone)
    return TakenBack(undone)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
