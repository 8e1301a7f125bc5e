"""What is handed out beside the report is read as the report is: board's page, unit sheets, everybody's summary, deck.

`tests.report.reader.pieces` and `deck` know the printed text and the tables; each is seen to notice a number, a
word or an order that the tables do not carry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Card, walk
from hrkit.disclosure.released import Certainty, Contrast, Released, Score
from hrkit.publish.pptx import render_pptx
from hrkit.rounding import half_up
from tests.report.reader import piece_faults, ranked_faults
from tests.report.reader.deck import deck_faults
from tests.report.reader.pieces import board_faults, employees_faults, unit_faults
from tests.report.test_read import DRAWN, drawn, first, spoken, told

pytestmark = pytest.mark.usefixtures("undrawn")

Reports = dict[str, Assessment]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    home = tmp_path_factory.mktemp("drawn")
    return {name: drawn(home / str(one[0]), *one) for name, one in DRAWN.items()}


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_every_piece_is_carried_by_the_released_tables(
    reports: Reports, name: str, language: str
) -> None:
    found = list(piece_faults(spoken(reports[name], language)))
    assert found == [], "\n".join(found)


# ------------------------------------------------------------------- what the readers would notice


def lower(r: Released, fits: Callable[[Score], bool]) -> Released:
    """The same tables, every mean that fits a tenth lower."""
    return replace(r, scores=tuple(replace(s, mean=half_up(s.mean - 0.1, 1)) if s.mean and fits(s) else s for s in r.scores))  # fmt: skip


def ranks(r: Released) -> Released:
    swapped = {1: 2, 2: 1}
    return replace(
        r, priorities=tuple(replace(p, rank=swapped.get(p.rank, p.rank)) for p in r.priorities)
    )


def turnout(r: Released) -> Released:
    return replace(r, turnout=tuple(replace(x, answered=x.answered - 1) if x.answered else x for x in r.turnout))  # fmt: skip


def nothing_told(r: Released) -> Released:
    gaps = tuple(replace(g, low=-0.1, high=0.1, certainty=Certainty.UNKNOWN) for g in r.gaps)
    return replace(r, gaps=gaps)


def another_told(r: Released) -> Released:
    gaps = first(r.gaps, lambda g: replace(g, low=0.1, high=0.9), lambda g: g.shown and not told(g))
    return replace(r, gaps=gaps)


BOARD = {"means": lambda r: lower(r, lambda s: s.group == "leader"), "order": ranks, "turnout": turnout, "gaps": nothing_told}  # fmt: skip
EVERYBODY = {"turnout": turnout, "told": nothing_told, "more": another_told}
DECK = BOARD | {
    "statements": lambda r: lower(r, lambda s: "." in s.measure),
    "levels": lambda r: replace(r, bands=tuple(replace(b, low=1, high=1) if b.low else b for b in r.bands)),
    "differences": lambda r: replace(r, gaps=tuple(replace(g, difference=0.0) if g.shown else g for g in r.gaps)),
    "how sure": lambda r: replace(r, gaps=first(r.gaps, lambda g: replace(g, certainty=Certainty.CLEAR), lambda g: g.shown and not told(g))),
    "chosen": lambda r: replace(r, priorities=tuple(replace(p, chosen=p.chosen and p.chosen + 0.01) for p in r.priorities)),
    "spread": lambda r: replace(r, distributions=tuple(replace(d, shares=tuple(x + 0.01 for x in d.shares)) for d in r.distributions)),
    "before": lambda r: replace(r, changes=tuple(replace(c, before=c.before + 0.1) for c in r.changes)),
    "changes": lambda r: replace(r, changes=first(r.changes, lambda c: replace(c, certainty=Certainty.UNKNOWN), lambda c: told(c) and c.group == "leader")),
    "answers": lambda r: replace(r, scores=tuple(replace(s, n=s.n - 1, told=None) if s.n else s for s in r.scores)),
}  # fmt: skip


@pytest.mark.parametrize("what", BOARD)
def test_one_thing_on_the_board_page_is_noticed(reports: Reports, what: str) -> None:
    report = reports["two waves"]
    assert list(board_faults(report, BOARD[what](report.released)))


@pytest.mark.parametrize("what", EVERYBODY)
def test_one_thing_in_the_summary_for_everybody_is_noticed(reports: Reports, what: str) -> None:
    report = reports["two waves"]
    assert list(employees_faults(report, EVERYBODY[what](report.released)))


def test_what_is_said_to_work_and_does_not_is_noticed(reports: Reports) -> None:
    # Of a report without a strength one is made that has one, and the other way.
    report = reports["two waves"]
    gap = next(g for g in report.released.gaps if g.shown and not told(g))
    named = replace(report.released, strengths=(gap.measure,))
    high = replace(named, scores=tuple(replace(s, mean=4.5, low=4.2, high=4.8) if s.measure == gap.measure and s.shown else s for s in named.scores))  # fmt: skip
    works = Assessment(replace(report.context, released=high), report.profile)
    assert list(employees_faults(works, replace(high, strengths=())))
    assert list(employees_faults(with_tables(report, report.released), high))


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_one_thing_on_a_unit_sheet_is_noticed(reports: Reports, language: str) -> None:
    report = spoken(reports["two waves"], language)
    unit = report.engagement.units[1].id
    shown = next(s for s in report.released.scores if s.unit == unit and s.group == "leader" and s.shown
                 and "." not in s.measure)  # fmt: skip
    whole = report.context.score(shown.measure, "leader")
    assert list(unit_faults(report, unit, lower(report.released, lambda s: s.unit == unit)))
    assert list(unit_faults(report, unit, lower(report.released, lambda s: s.unit != unit)))
    assert list(unit_faults(report, unit, DECK["answers"](report.released)))
    up = (shown.mean or 0) >= (whole.mean or 0)
    pair = (unit, whole.unit) if up else (whole.unit, unit)
    made = Contrast("unit", shown.measure, "leader", *pair, 0.3, Certainty.TENDS)
    others = tuple(c for c in report.released.contrasts if c.kind != "unit")
    one, none = (replace(report.released, contrasts=(*others, *more)) for more in ((made,), ()))
    # Nothing is told, and something differs; then it is told, and nothing does, or it does the other way.
    assert list(unit_faults(with_tables(report, none), unit, one))
    differing = with_tables(report, one)
    assert any(isinstance(b, Card) for b in walk(differing.unit_sheet(unit).blocks))
    assert list(unit_faults(differing, unit)) == []
    assert list(unit_faults(differing, unit, none))
    turned = replace(made, high=made.low, low=made.high)
    assert list(unit_faults(differing, unit, replace(one, contrasts=(*others, turned))))


def with_tables(report: Assessment, released: Released) -> Assessment:
    return Assessment(replace(report.context, released=released), report.profile)


@pytest.fixture(scope="module")
def deck(reports: Reports) -> bytes:
    report = reports["two waves"]
    return render_pptx(report.slides(), report.info)


@pytest.mark.parametrize("what", DECK)
def test_one_thing_in_a_deck_is_noticed(reports: Reports, deck: bytes, what: str) -> None:
    report = reports["two waves"]
    assert list(deck_faults(report, None, deck)) == []
    assert list(deck_faults(report, DECK[what](report.released), deck))


# --------------------------------------------------------- competencies in their order, and who decides


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """A report with both: the blueprint's short form and the competencies."""
    return drawn(tmp_path_factory.mktemp("ordered") / "one", 5052, "da", 2)


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_competencies_and_tasks_are_those_that_were_released(
    ordered: Assessment, language: str
) -> None:
    assert {c.instrument.speaks for c in ordered.context.parts} == {
        ("blueprint",),
        ("competencies",),
    }
    assert list(ranked_faults(spoken(ordered, language))) == []


def a_tenth_lower(r: Released) -> Released:
    return lower(r, lambda _: True)


def other_shares(r: Released) -> Released:
    return replace(r, shares=tuple(replace(s, shares=tuple(x + 0.03 for x in s.shares)) for s in r.shares))  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "change"),
    [("competencies", a_tenth_lower), ("competencies", other_shares), ("blueprint", other_shares)],
)
def test_one_thing_about_competencies_and_tasks_is_noticed(
    ordered: Assessment, tool: str, change: Callable[[Released], Released]
) -> None:
    parts = tuple(
        replace(c, released=change(c.released)) if c.instrument.speaks == (tool,) else c
        for c in ordered.context.parts
    )
    assert list(ranked_faults(ordered, parts))
