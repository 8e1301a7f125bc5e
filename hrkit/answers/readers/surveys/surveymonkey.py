"""SurveyMonkey: two rows of headings, the question above its options, rows or "Response".

A question stands over the first of its columns only.
"""

from __future__ import annotations

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.surveys.tool import Heads, SurveyTool, first_row, heads_of, words
from hrkit.text import normal

__all__ = ["TOOL"]

_STANDING = frozenset(
    ("response", "open-ended response", "svar", "åbent svar", "antwoord", "open antwoord")
)
_TELLING = (
    *("respondent id", "respondentid", "collector id", "collectorid", "custom data 1"),
    *("respondent-id", "indsamler-id", "collector-id", "start date", "end date"),
)


def _heads(table: CellTable) -> Heads:
    second = table.rows[0] if table.rows else None
    under = {normal(cell) for cell in second.cells} if second else set()
    first = second.cell(0).strip() if second else "x"
    if first or not (under & _STANDING or any(not cell.strip() for cell in table.header.cells)):
        return first_row(table)
    found = heads_of(table, 2, spread=True)
    names = []
    for column, texts in enumerate(found.names):
        # "Response" and the like say only that the question above is answered here.
        above = next(iter(texts[::-1]), "")
        said = normal(second.cell(column)) if second else ""
        names.append((above,) if said in _STANDING and len(texts) > 1 and above else texts)
    over = ""
    for column, cell in enumerate(table.header.cells):
        over = cell.strip() or over
        if second and normal(second.cell(column)) in _STANDING and over:
            names[column] = (over,)
    return found._replace(names=tuple(names))


TOOL = SurveyTool(
    name="SurveyMonkey",
    own=(
        words("number", "respondent id", "respondentid", "respondent-id", "collector id")
        | words("number", "collectorid", "indsamler-id", "collector-id")
        | words(
            "time", "start date", "end date", "startdato", "slutdato", "begindatum", "einddatum"
        )
        | words("address", "ip address", "email address", "first name", "last name", "ip-adresse")
        | words("address", "mailadresse", "fornavn", "efternavn", "e-mailadres", "voornaam")
        | words("address", "achternaam", "ip-adres")
        | words("other", "custom data 1", "custom data", "brugerdefinerede data 1")
    ),
    telling=frozenset(_TELLING),
    enough=1,
    heads=_heads,
)
