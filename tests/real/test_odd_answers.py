"""Organisations whose answers are odd: of one mind, opposed, half answered, copied, ticked through.

Each goes from rows of answers through the gate to the report's words.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.blocks import Bullets, Callout, Facts, Heading, Note, Paragraph, Table, plain, walk
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import Certainty, Released, Why
from hrkit.model.engagement_file import load
from hrkit.model.instrument import Item

from .conftest import new

pytestmark = pytest.mark.usefixtures("undrawn")

#: What somebody answers: of a statement, whether it is turned, to its value; None for nothing.
Answer = Callable[[Item], str | None]


@dataclasses.dataclass(frozen=True)
class Made:
    """A report with what it rests on, and its words."""

    ctx: Any
    released: Released
    said: str

    def section(self, name: str) -> str:
        from hrkit.tools import SECTIONS

        return words_of(SECTIONS[name](self.ctx))


def words_of(blocks) -> str:
    found = []
    for block in walk(blocks):
        if isinstance(block, (Heading, Paragraph, Note, Callout)):
            found.append(plain(block.text))
        elif isinstance(block, Bullets):
            found += [plain(item) for item in block.items]
        elif isinstance(block, Table):
            found += [plain(cell) for row in block.rows for cell in row]
        elif isinstance(block, Facts):
            found += [f"{fact.value} {fact.unit} {fact.label}" for fact in block.facts]
    return "\n".join(found)


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Made]:
    """The report on so many people of each perspective, each answering in a way of their own."""

    def make(
        *groups: tuple[int, str, Callable[[random.Random], Answer]], instrument: str = "partnership"
    ) -> Made:
        engagement = load(new(tmp_path / "odd", "Odd", instrument))
        r, people, answers = random.Random(11), [], []
        for count, perspective, person in groups:
            for _ in range(count):
                key, give = f"{len(people):04d}", person(r)
                people.append((key, "w1", "org", perspective, None, None))
                for section in engagement.instrument.dimensions:
                    for item in section.scored:
                        value = give(item) if perspective in item.ask else None
                        facet = section.scoring(item)
                        if value is not None and facet is not None:
                            answers.append((key, item.id, facet.id, value))
        with open_store(engagement) as store:
            store.add(tables(people, answers))
        released = issue(engagement, "w1")
        report = assess(engagement.folder, language="en", released=released)
        return Made(report.context, released, words_of(report.blocks()))

    return make


def turned(item: Item, value: int) -> str:
    return str(6 - value if item.reversed else value)


def always(value: int) -> Callable[[random.Random], Answer]:
    return lambda r: lambda item: turned(item, value)


def around(centre: float) -> Callable[[random.Random], Answer]:
    def person(r: random.Random) -> Answer:
        own = r.gauss(0, 0.6)
        return lambda item: turned(item, min(5, max(1, round(centre + own + r.gauss(0, 0.9)))))

    return person


def one_of(*values: int) -> Callable[[random.Random], Answer]:
    return lambda r: lambda item: turned(item, r.choice(values))


def test_opposed_sides_are_the_first_thing_that_is_said(made) -> None:
    found = made((12, "leader", one_of(1, 2)), (12, "hr", one_of(4, 5)))
    gaps = [gap for gap in found.released.gaps if gap.shown]
    assert gaps and {gap.certainty for gap in gaps} == {Certainty.CLEAR}
    assert "are far apart on" in found.section("summary")
    assert found.released.strengths == ()
    assert found.ctx.words("report.summary.no_gaps") not in found.said


@pytest.mark.parametrize("sides", [(2, 4), (3, 3)])
def test_sides_of_one_mind_are_withheld_and_not_called_small(made, sides) -> None:
    found = made((12, "leader", always(sides[0])), (12, "hr", always(sides[1])))
    assert not any(score.shown for score in found.released.scores)
    few = found.ctx.words("report.summary.few", k=5)
    assert few not in found.section("gaps") and few not in found.section("summary")
    assert "answers enough" in found.section("gaps")
    assert found.ctx.words("report.summary.gaps_hidden") not in found.said
    care = found.section("quality")
    assert "what would be different" not in care or found.released.levels_hold is not None


def test_everybody_ticks_the_same_box_and_no_strength_comes_of_turned_statements(made) -> None:
    found = made((20, "leader", lambda r: lambda item: "4"), (12, "hr", lambda r: lambda i: "4"))
    assert found.released.strengths == ()
    signs = {sign.kind: sign.n for sign in found.released.signs}
    assert signs["long"] == signs["contradiction"] == 32


def test_two_statements_of_five_are_not_too_few_answers(made) -> None:
    def some(r: random.Random) -> Answer:
        kept: dict[str, set[str]] = {}

        def give(item: Item) -> str | None:
            mine = kept.setdefault(item.id.partition(".")[0], set())
            if len(mine) < 2 and r.random() < 0.5:
                mine.add(item.id)
                return str(r.randint(2, 4))
            return "dk"

        return give

    # Five statements a dimension for everybody: a score takes three.
    found = made((30, "leader", some), (12, "hr", some), instrument="partnership-1")
    assert found.ctx.words("report.summary.head.nothing_partial") in found.section("summary")
    few = found.ctx.words("report.summary.few", k=5)
    for section in ("summary", "gaps", "profile"):
        assert few not in found.section(section)
    # The profile does not speak of dimensions of which there is no figure.
    assert found.ctx.words("report.profile.lead_even") not in found.section("profile")
    assert any(s.shown for s in found.released.scores)  # of statements
    assert "too few of the statements for a score" in found.section("gaps")


def test_a_statement_that_nobody_could_rate_is_named(made) -> None:
    def person(r: random.Random) -> Answer:
        usual = around(3)(r)
        return lambda item: "dk" if item.id == "roles.01" else usual(item)

    found = made((30, "leader", person), (12, "hr", person))
    section = found.ctx.instrument.dimensions[0]
    item = next(i for i in section.scored if i.id == "roles.01")
    assert found.ctx.score(section.measure(item), "leader").why is Why.SILENT
    page = found.section("answering")
    assert found.ctx.words("response.silence.few") not in page
    assert found.ctx.wording(item) in page
    assert found.ctx.words("report.why.short.silent") in found.section("dimensions")


def test_copies_of_one_row_are_counted(made) -> None:
    copy: dict[str, str] = {}

    def copied(r: random.Random) -> Answer:
        usual = around(2.7)(random.Random(7))
        return lambda item: copy.setdefault(item.id, usual(item) or "3")

    found = made((20, "leader", around(2.7)), (15, "leader", copied), (12, "hr", around(3.4)))
    signs = {sign.kind: sign.n for sign in found.released.signs}
    assert signs["identical"] == 15
    assert "Some rows look as if" in found.section("quality")


def test_a_third_that_ticks_one_box_is_shown_with_and_without(made) -> None:
    found = made(
        (40, "leader", around(2.5)), (20, "leader", lambda r: lambda i: "5"), (12, "hr", around(3.4))
    )  # fmt: skip
    without = [row for row in found.released.without if row.group == "leader"]
    assert len(without) > 5
    for row in without:
        assert row.n == 40
        assert row.mean < found.ctx.score(row.measure, "leader").mean
    assert "what would be different without them" in found.section("quality")


def test_one_hr_partner_and_five_pay_partners_are_called_both(made) -> None:
    found = made((20, "leader", around(2.7)), (1, "hr", around(3.6)), (5, "pay", around(3.6)))
    group = next(g for g in found.released.groups if "hr" in g.perspectives)
    assert group.perspectives == ("hr", "pay")
    both = found.ctx.label(group.id)
    assert "HR and pay" in both
    assert f"are reported together as {both}" in found.said
    assert found.ctx.label("hr", short=True) != "HR"
