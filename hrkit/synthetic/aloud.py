"""What a made-up municipality says on the sheets of tools that ask nobody: gains, direction, the plan.

They lie in the records of the whole engagement, in its own language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hrkit.model import engagement_file as engagements
from hrkit.records.values import OpenLine
from hrkit.synthetic.pairs import pairs_say

__all__ = ["OPEN", "forget", "say_aloud"]

#: Tools that lie in the engagement itself.
OPEN = ("partner-pairs", "gains", "direction", "roadmap")
_Fields = Mapping[str, str]

_GAINS: Mapping[str, _Fields] = {
    "quality": {
        "definition": "quality.corrected", "source": "Lønsystemet", "owner": "Lønchefen", "start": "2026-03-01",
        "target": "6", "by": "2027-03-01", "set_by": "Direktionen", "events": "Nyt felt i lønsystemet i maj",
    },
    "time": {
        "definition": "time.days", "exactly": "Arbejdsdage fra komplet ansøgning til ansættelsesbrev, median",
        "source": "Sagssystemet", "owner": "HR-chefen", "start": "2026-03-01", "target": "8", "by": "2026-12-31",
        "set_by": "Direktionen",
    },
    "first": {
        "definition": "first.redo", "source": "Makkerparrenes log", "owner": "Lønchefen", "start": "2026-03-01",
        "hours": "1.5",
    },
    "people": {
        "definition": "people.hours", "source": "Dagbog i uge 6 og 36", "owner": "HR-chefen", "start": "2026-03-01",
    },
    "joy": {
        "definition": "joy.leavers", "source": "Personalesystemet", "owner": "HR-chefen", "start": "2026-03-01",
    },
}  # fmt: skip
#: Figures month by month, from March of the year before the start.
_MONTHS: Mapping[str, tuple[float, ...]] = {
    "quality": (22, 19, 25, 21, 24, 20, 23, 26, 18, 24, 21, 23, 21, 17, 15, 14, 16, 13, 12, 14),
    "time": (12, 15, 11, 14, 16, 12, 15, 13, 16, 11, 14, 13, 14, 12, 15, 12, 13, 15),
}
_CASES = 240
_CANVAS: Mapping[str, Mapping[str, _Fields]] = {
    "top": {
        "where": {"text": "Borgeren møder én kommune, og lederne har tid til at lede."},
        "what": {"text": "Færre sager, der går om"},
        "plan_1": {"text": "Vi spørger til status hvert kvartal", "role": "Direktionen", "date": "2027-03-01"},
    },
    "leader": {
        "where": {"text": "Jeg ved, hvem jeg ringer til, og får svar samme dag."},
        "what": {"text": "To timer mere om ugen sammen med medarbejderne", "measure": "Dagbog i to uger", "date": "2027-09-01"},
        "plan_1": {"text": "Vi tager HR med, før der er besluttet", "role": "Afdelingslederne", "date": "2027-02-01"},
        "give": {"text": "En fast time om ugen til udvikling"},
        "compete": {"text": "Budgetopfølgning viger én gang i kvartalet"},
    },
    "hr": {
        "where": {"text": "HR er i området og kender opgaven."},
        "what": {"text": "Rigtigt første gang", "measure": "85 % af sagerne", "date": "2027-06-01"},
        "plan_1": {"text": "Fast dag i hvert område", "role": "HR-partnerne", "date": "2027-02-01"},
        "plan_2": {"text": "Ét skema ved ansættelser"},
        "give": {"text": "Svar samme dag"},
        "stop": {"text": "Skemaer, ingen bruger"},
        "link": {"text": "Byrådets mål om sammenhæng"},
    },
}  # fmt: skip
_AGREED: Mapping[str, _Fields] = {
    "where": {
        "mark": "same", "text": "Lederne har tid til at lede, og HR er der, hvor opgaven løses.",
        "yes": "Kommunaldirektør, HR-chef, afdelingslederne", "date": "2026-11-17",
    },
    "what": {"mark": "differs", "owner": "HR-chefen"},
    "plan": {"mark": "same"},
}  # fmt: skip
_CYCLE: Mapping[str, _Fields] = {
    "attraction": {"leader": "joins", "hr": "leads", "own": "Samtalerne", "hours": "12", "figures": "Ansøgere pr. stilling", "hands": "socialisation"},
    "socialisation": {"leader": "leads", "hr": "joins", "own": "De første 100 dage", "hands": "performance"},
    "performance": {"hr": "leads", "hands": "reward"},
    "reward": {"leader": "leads", "pay": "joins", "hr": "leads", "hands": "development"},
    "development": {"leader": "leads", "hr": "joins", "own": "Opgaver, der er en størrelse for store", "hands": "nobody"},
}  # fmt: skip
_CARDS: Mapping[str, _Fields] = {
    "acumen": {"leader": "no", "hr": "yes", "seen": "Budgetmødet i september"},
    "analytics": {"leader": "partly", "hr": "partly"},
    "advice": {"leader": "yes", "hr": "yes"},
}


def forget(folder: Path) -> None:
    """Take away what a made-up municipality said before."""
    from hrkit.records.store import FILE

    for old in folder.glob(f"{FILE}*"):
        old.unlink()


def say_aloud(folder: Path, tool: str) -> None:
    """Keep what was said for a tool in the engagement's records."""
    from hrkit.records.store import open_records

    lines = {"gains": _gains, "direction": _direction, "partner-pairs": pairs_say}.get(tool)
    if lines is None:
        return
    with open_records(engagements.load(folder)) as keeper:
        for line in lines():
            keeper.put(line)


def _line(
    tool: str, sheet: str, row: str, said: _Fields, scope: str = "room", wave: str = "w1"
) -> OpenLine:
    return OpenLine(tool, sheet, wave, row, scope, tuple(said.items()))


def _gains() -> Iterator[OpenLine]:
    for gain, said in _GAINS.items():
        yield _line("gains", "gains", gain, said, wave="")
    figures: list[_Fields] = []
    for gain, values in _MONTHS.items():
        for i, value in enumerate(values):
            day = f"{2025 + (2 + i) // 12}-{(2 + i) % 12 + 1:02d}-01"
            made = (
                {"numerator": str(value), "denominator": str(_CASES)}
                if gain == "quality"
                else {"value": str(value)}
            )
            figures.append({"gain": gain, "period": day, **made})
    for day, first in (("2026-02-01", 168), ("2026-08-01", 201)):
        figures.append(
            {"gain": "first", "period": day, "numerator": str(first), "denominator": str(_CASES)}
        )
    for day, hours in (("2026-02-02", "9.5"), ("2026-08-31", "11")):
        figures.append({"gain": "people", "period": day, "value": hours})
    figures.append({"gain": "joy", "period": "2026-08-01", "numerator": "3", "denominator": "46"})
    for i, said in enumerate(figures, 1):
        yield _line("gains", "figures", f"own-{i}", said, wave="")


def _direction() -> Iterator[OpenLine]:
    for party, fields in _CANVAS.items():
        for field, said in fields.items():
            yield _line("direction", "canvas", field, said, f"party:{party}")
    for sheet, rows in (("direction", _AGREED), ("cycle", _CYCLE), ("capabilities", _CARDS)):
        for row, said in rows.items():
            yield _line("direction", sheet, row, said)
