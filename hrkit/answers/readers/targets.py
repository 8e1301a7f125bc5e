"""What a mapping says of one column of answers: the question, the role, how several options are parted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from hrkit.answers.ballots import answer_columns
from hrkit.model.instrument import Instrument, Question

__all__ = ["TakenFor", "askable", "targets"]


class TakenFor(NamedTuple):
    """What a column is taken for.

    Attributes
    ----------
    key
        Of the question, or of an option of a list.
    perspective
        Whose answers stand there, where a form branches.
    parted
        The sign between several options in a cell; the usual ones are tried if it is empty.
    others
        Whether words beside the options are left out instead of refused.
    """

    key: str
    perspective: str = ""
    parted: str = ""
    others: bool = False


def targets(data: Mapping[str, Any]) -> dict[str, TakenFor]:
    """Column to what a mapping takes it for."""
    found = {}
    for column, said in data["answers"].items():
        if isinstance(said, str):
            found[column] = TakenFor(said)
        else:
            found[column] = TakenFor(
                said["question"],
                str(said.get("perspective", "")),
                str(said.get("parted", "")),
                said.get("other") == "ignore",
            )
    return found


def askable(instrument: Instrument) -> Mapping[str, Question]:
    """Everything a column may be taken for: questions, options of a list, and the list itself."""
    return {**instrument.keys, **answer_columns(instrument)}
