"""Rows of a file that look as if nobody read the statements: named with their numbers, never refused.

Whoever imports has the file, so row numbers say nothing new here; the report says far less.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hrkit.answers.files.table import spans
from hrkit.answers.quality import same_answers, signs
from hrkit.answers.responses import Responses
from hrkit.model.instrument import Instrument

__all__ = ["careless"]

_SAYS = {
    "long": "one and the same answer to half of the statements in a row, or within nearly every dimension",
    "contradiction": "agreement, or disagreement, with statements and with their opposites",
    "hasty": "answers faster than two seconds a statement",
}


def careless(
    name: str, responses: Responses, instrument: Instrument, coded: Collection[str]
) -> Iterator[str]:
    """What is said aloud of a file's rows.

    Parameters
    ----------
    name
        Of the file.
    responses
        Its rows; keys end in the row's number.
    coded
        Rows with a personal code: of the others it is said elsewhere that they are alike.
    """
    found = signs(responses, instrument, alike=False)
    for kind, says in _SAYS.items():
        rows = [who for who, kinds in found.items() if kind in kinds]
        if rows:
            yield (
                f"{name}: {says} in {_rows(rows)}; taken all the same, and the report says what "
                "would be different without."
            )
    if not coded:
        return
    people, known = responses.people, frozenset(coded)
    waves = dict(zip(people["respondent"], people["wave"], strict=True))
    for kind, group in same_answers(responses.given, waves):
        if not known.isdisjoint(group):
            how = "the same answers" if kind == "identical" else "nearly the same answers"
            yield (
                f"{name}: {how} in {_rows(group)}, more than chance would have it, under codes of "
                "their own; taken all the same. If they are one person, delete all but one."
            )


def _rows(keys: Collection[str]) -> str:
    numbers = sorted(int(key.rpartition(" ")[2]) for key in keys)
    listed = spans(numbers)
    listed = listed if len(listed) <= 120 else f"{listed[:120].rpartition(',')[0]}, …"
    return f"{len(numbers)} rows ({listed})" if len(numbers) > 1 else f"row {listed}"
