"""All tools of one organisation are read together: every figure of every version of every one of them.

Two tools share no question, no code and no number but how many took part.  Here that is not argued but
tried: one reader puts all of it into one programme (`tests.disclosure.all_tools`).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest

from hrkit.disclosure import release
from hrkit.model import instrument_file as instruments
from hrkit.model.engagement import Engagement

from .all_lives import ASKING, STAFF, Issued, Life, drawn, lived, parts, read
from .all_tools import Class, Fact, Number, recovered, sizes_told

UNITS = ("skoler", "dagtilbud", "pleje", "teknik", "kultur")
#: Leaders in five units, one of them small; HR, pay partners and top management in the staff.
FJORDBY = Life(
    {
        **{(unit, "leader"): n for unit, n in zip(UNITS, (9, 8, 8, 7, 4), strict=True)},
        (STAFF, "hr"): 9, (STAFF, "pay"): 3, (STAFF, "top"): 6, ("teknik", "network"): 6,
    },
    {("kultur", "leader"): 2, ("skoler", "leader"): 1, (STAFF, "hr"): 1, (STAFF, "pay"): 1},
    {("pleje", "leader"): 1, (STAFF, "hr"): 1},
)  # fmt: skip
SIZES = FJORDBY.sizes
#: A life of all tools: what was asked, and what was issued.
Lived = tuple[Mapping[str, Engagement], Issued]


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("fjordby") / "all"
    issued = lived(folder, FJORDBY)
    return parts(folder), issued


def test_every_tool_is_answered_and_says_something(
    life: Lived,
) -> None:
    _, issued = life
    assert all(set(one) == {"", *ASKING} for one in issued)
    found, counted = read(*life, SIZES)
    assert {one.tool for one in found} == {"", *ASKING} == {one.tool for one in counted}
    assert len({one.question for one in found}) > 300


def test_nobodys_answers_are_recovered_from_all_tools_together(
    life: Lived,
) -> None:
    found, _ = read(*life, SIZES)
    assert recovered(found, SIZES, 5) == []


def test_all_tools_together_count_nobody_of_whom_there_are_few(
    life: Lived,
) -> None:
    """Also for whoever takes for granted that the same people answered every tool."""
    _, counted = read(*life, SIZES)
    assert sizes_told(counted, SIZES, 5) == set()


def test_without_the_door_between_them_they_would_count_the_pay_partners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One tool asks HR alone, another HR and the pay partners as one; the difference is the pay partners."""
    monkeypatch.setattr(release, "elsewhere", lambda engagement, wave: frozenset())
    folder = tmp_path / "all"
    issued = lived(folder, FJORDBY)
    _, counted = read(parts(folder), issued, SIZES)
    tools = {one.tool for one in counted}
    alone = [sizes_told([n for n in counted if n.tool == tool], SIZES, 5) for tool in tools]
    assert set().union(*alone) == set()
    assert sizes_told(counted, SIZES, 5) == {frozenset({("stab", "pay", frozenset({0, 1}))})}


def given_away(seed: int, folder: Path) -> list[object]:
    """What somebody who reads all versions of all tools of a life drawn at random knows of a few."""
    one = drawn(seed)
    issued = lived(folder / str(seed), one, seed)
    found, counted = read(parts(folder / str(seed)), issued, one.sizes)
    return [*recovered(found, one.sizes, 5), *sizes_told(counted, one.sizes, 5)]


def test_nobody_is_known_from_a_life_drawn_at_random(tmp_path: Path) -> None:
    assert given_away(1, tmp_path) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
def test_nobody_is_known_from_more_lives(seed: int, tmp_path: Path) -> None:
    assert given_away(seed, tmp_path) == []


def test_no_two_tools_ask_the_same_question_of_anybody() -> None:
    """In the same words they would be one unknown in two tools' equations; in every language."""
    asked: dict[str, set[tuple[str, str, str]]] = {}
    for id in ("partnership", *ASKING):
        instrument = instruments.load(id)
        asked[id] = {
            (code, " ".join(text.split()).casefold(), question.facet.label[code])
            for question in instrument.questions()
            for who in question.item.ask
            for code in instrument.languages
            if question.facet.scale.kind != "text"
            for text in [instrument.wording(question.item, who, code)]
        }
    assert all(len(one) >= 30 for one in asked.values())
    for one, other in combinations(asked, 2):
        assert not asked[one] & asked[other], (one, other)


# ------------------------------------------------------- a reader that cannot read is worthless

LEADERS, HR, PAY = (("org", face, frozenset({0, 1})) for face in ("leader", "hr", "pay"))
SMALL = {LEADERS: 12, HR: 9, PAY: 3}


def fact(tool: str, question: str, classes: set[Class], mean: float, half: float = 0.05) -> Fact:
    n = sum(SMALL[one] for one in classes)
    return Fact(tool, question, frozenset(classes), n * (mean - half), n * (mean + half), (1, 5))


def test_the_same_question_in_two_tools_would_give_the_pay_partners_away() -> None:
    both = [fact("mirror", "q", {HR, PAY}, 3.5), fact("services", "q", {HR}, 3.0)]
    assert recovered(both, SMALL, 5) == [("q", frozenset({PAY}))]
    apart = [fact("mirror", "q", {HR, PAY}, 3.5), fact("services", "other", {HR}, 3.0)]
    assert recovered(apart, SMALL, 5) == []


def test_a_version_that_counts_a_few_more_would_give_them_away() -> None:
    came = ("org", "leader", frozenset({1}))
    sizes = {LEADERS: 12, came: 2}
    before = Fact("t", "q = yes", frozenset({LEADERS}), 5.9, 6.1, (0.0, 1.0))
    now = Fact("t", "q = yes", frozenset({LEADERS, came}), 7.9, 8.1, (0.0, 1.0))
    assert recovered([before, now], sizes, 5) == [("q = yes", frozenset({came}))]
    counted = [Number("t", frozenset({LEADERS}), 12, 12), Number("t", now.classes, 14, 14)]
    assert sizes_told(counted, sizes, 5) == {frozenset({came})}
