"""How many of two perspectives reported together answered follows from nothing that is printed of one of them."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from hrkit import synthetic
from hrkit.answers.quality import KINDS
from hrkit.answers.responses import Responses
from hrkit.assessment.explain import explain
from hrkit.disclosure import tables
from hrkit.disclosure.derived.frame import ends, outward
from hrkit.disclosure.derived.frame import estimate as estimated
from hrkit.disclosure.derived.told import asked_of, told
from hrkit.disclosure.kept.elsewhere import Headcount, numbers_of
from hrkit.disclosure.release import preview
from hrkit.disclosure.released import ALL, Group, Released, Reliability, Score, Turnout, Why
from hrkit.disclosure.vague import few_not_asked
from hrkit.model.engagement import Engagement


def office(folder: Path, hr: int, pay: int) -> tuple[Engagement, Released]:
    """Twenty-four leaders, and HR with so few pay partners that both are reported together."""
    base = synthetic.client("municipality")
    people = {"leader": (24, 30), "hr": (hr, hr + 2), "pay": (pay, pay + 1)}
    root = next(id for id, _, parent in base.units if parent is None)
    made = synthetic.build(dataclasses.replace(base, people={root: people}), folder)
    return made, preview(made, "w1")


def of_one(engagement: Engagement, released: Released) -> list[Score]:
    """Scores of the pair on what only HR was asked."""
    pair = next(group for group in released.groups if len(group.perspectives) > 1)
    return [
        score
        for score in released.scores
        if score.group == pair.id
        and score.shown
        and asked_of(engagement.instrument, score.measure, pair.perspectives) == ("hr",)
    ]


@pytest.mark.parametrize(("hr", "pay"), [(13, 3), (12, 4), (16, 1)])
def test_no_bar_says_of_how_many_its_parts_are_shares(tmp_path: Path, hr: int, pay: int) -> None:
    """One of thirteen is 8 %, two are 15: a table of what HR alone was asked would count HR, and so the rest."""
    engagement, released = office(tmp_path / "x", hr, pay)
    (pair,) = [group for group in released.groups if len(group.perspectives) > 1]
    alone = {s.measure for s in of_one(engagement, released) if s.told}
    assert alone
    mine = [
        *((d.measure, d.n) for d in released.distributions if d.group == pair.id),
        *((s.measure, s.n) for s in (*released.shares, *released.ballots, *released.silences)
          if s.group == pair.id and s.shown),
        *((c.measure, c.n) for c in released.counts if c.group == pair.id),
    ]  # fmt: skip
    assert mine, "what both were asked has its bars"
    assert not alone & {measure for measure, _ in mine}
    most = max(n or 0 for _, n in mine)
    for measure, n in mine:
        asked = asked_of(engagement.instrument, measure, pair.perspectives)
        assert asked == pair.perspectives or most - (n or 0) >= 5, measure
    for score in of_one(engagement, released):
        if score.told:
            assert score.dont_know is None and not score.everyone
    # How far answers lie apart in a dimension rests on the bars of all its statements.
    bars = {d.measure for d in released.distributions if d.group == pair.id}
    apart = {one.measure for one in released.agreements if one.group == pair.id}
    for section in engagement.instrument.dimensions:
        asked = {section.measure(item) for item in engagement.instrument.scored_items(section)}
        assert section.id not in apart or not asked & alone - bars, section.id


@pytest.mark.parametrize(("hr", "pay"), [(13, 3), (12, 4)])
def test_whatever_is_made_of_a_number_is_made_of_the_one_that_is_told(
    tmp_path: Path, hr: int, pay: int
) -> None:
    engagement, released = office(tmp_path / "x", hr, pay)
    found = of_one(engagement, released)
    alone = {id(score) for score in found}
    most = max(s.n or 0 for s in released.scores if s.group == "hr" and id(s) not in alone)
    assert any(score.told for score in found)
    for score in found:
        if score.told is None:
            # Five and more fewer: that many may be counted, whoever they are.
            assert most - (score.n or 0) >= 5 or most <= (score.n or 0)
            continue
        # Of all together fewer than five may be pay partners.
        assert score.told == most - 4
        one = estimated(score)
        assert one is not None and one.n == score.told
        assert outward(*ends(one, (1.0, 5.0))) == (score.low, score.high)


def test_explain_counts_nobody_either(tmp_path: Path) -> None:
    engagement, released = office(tmp_path / "x", 13, 3)
    score = next(s for s in of_one(engagement, released) if s.told and s.told != s.n)
    for who in ("all", "hr"):
        said = explain(engagement.folder, score.measure, who, language="en")
        assert not re.search(rf"\bn = {score.n}\b|/{score.n}\b|√{score.n}\b", said), said
    assert f"n = {score.told} is the least there can be" in explain(
        engagement.folder, score.measure, "hr", language="en"
    )


def test_what_both_were_asked_is_counted(tmp_path: Path) -> None:
    engagement, released = office(tmp_path / "x", 13, 3)
    known = {id(score) for score in of_one(engagement, released)}
    pair = [s for s in released.scores if s.group == "hr" and s.shown and id(s) not in known]
    assert pair and all(s.told is None and s.behind == s.n for s in pair)


BOTH = Group("hr", ("hr", "pay"))


def of_hr_alone(engagement: Engagement) -> str:
    """A statement that HR was asked and pay partners were not."""
    asked = engagement.instrument.measured
    return next(
        key
        for key, one in asked.items()
        if "hr" in one.item.ask and "pay" not in one.item.ask and one.facet.release == "means"
    )


def test_the_turnout_counts_nobody_where_no_mean_rests_on_both(tmp_path: Path) -> None:
    """Fifteen answered, and twelve of them what only HR was asked: the rest would be the pay partners."""
    engagement, _ = office(tmp_path / "x", 13, 3)
    instrument, measure = engagement.instrument, of_hr_alone(engagement)
    root = engagement.root.id
    alone = [Score(measure, root, "hr", Why.SHOWN, 12, 3.2)]
    found = told(alone, instrument, [BOTH], 5, {(root, "hr"): 15})
    assert found == {(measure, root, "hr"): 11}
    assert not told(alone, instrument, [BOTH], 5, {(root, "hr"): 17})


def test_what_is_told_as_a_least_has_no_table(tmp_path: Path) -> None:
    engagement, _ = office(tmp_path / "x", 13, 3)
    measure, root = of_hr_alone(engagement), engagement.root.id
    # Seven of twelve: five may be counted, but beside a mean of eleven the seven are told as a least.
    turnout = [Turnout(root, "hr", 12, None)]
    plain = Score(measure, root, "hr", Why.SHOWN, 7, 3.2)
    assert not few_not_asked([plain], [], turnout, [BOTH], engagement, 5)
    least = dataclasses.replace(plain, told=7)
    assert few_not_asked([least], [], turnout, [BOTH], engagement, 5) == {(measure, "hr")}


def test_no_reliability_counts_them_either(tmp_path: Path) -> None:
    """Of a hundred and twelve of HR who answered every statement, beside a hundred and fifteen in all."""
    engagement, released = office(tmp_path / "x", 112, 3)
    alone = {s.measure for s in of_one(engagement, released) if s.told}
    (pair,) = [group for group in released.groups if len(group.perspectives) > 1]
    for section in engagement.instrument.dimensions:
        asked = {section.measure(item) for item in engagement.instrument.scored_items(section)}
        if alone & {section.id, *asked}:
            rows = [one for one in released.reliability if one.measure == section.id]
            assert all(one.group not in (pair.id, ALL) for one in rows), section.id


def test_nor_does_a_mean_without_some_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def every_second(responses: Responses, _: object) -> dict[str, frozenset[str]]:
        people = sorted(responses.people["respondent"])
        return {who: frozenset({KINDS[0]}) for who in people[::2]}

    monkeypatch.setattr(tables, "signs", every_second)
    engagement, released = office(tmp_path / "x", 36, 3)
    alone = {s.measure for s in of_one(engagement, released) if s.told}
    (pair,) = [group for group in released.groups if len(group.perspectives) > 1]
    without = {one.measure for one in released.without if one.group == pair.id}
    assert without and alone & {one.id for one in engagement.instrument.dimensions}
    assert not alone & without


def test_the_number_behind_a_reliability_is_seen_elsewhere(tmp_path: Path) -> None:
    engagement, released = office(tmp_path / "x", 13, 3)
    section = engagement.instrument.dimensions[0].id
    (pair,) = [group for group in released.groups if len(group.perspectives) > 1]
    row = Reliability(section, 103, 0.8, 0.7, 0.9, group=pair.id)
    seen = numbers_of(dataclasses.replace(released, reliability=(row,)), engagement.instrument)
    asked = frozenset(asked_of(engagement.instrument, section, pair.perspectives))
    assert Headcount(asked, 103) in seen
