"""What an instrument marks as sensitive needs more answers, and what is made of it as many."""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest

from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot
from hrkit.disclosure.least import marked
from hrkit.disclosure.released import ALL, Released, Why
from hrkit.model import instrument_file
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument
from hrkit.model.terms import Terms

from .offices import INSTRUMENT, Somebody, issue, office, people, responses

NO_TEXTS = pd.DataFrame(columns=["id", "item", "perspective", "text", "respondent"], dtype=object)


@cache
def asks(section: str = "", item: str = "") -> Instrument:
    """The core instrument with one section, or one item, marked."""
    data: Any = copy.deepcopy(dict(INSTRUMENT.data))
    for one in data["sections"]:
        if one["id"] == section:
            one["sensitive"] = 20
        for its in one["items"]:
            if its["id"] == item:
                its["sensitive"] = 20
    return instrument_file.build(data, Terms(), INSTRUMENT.speaks)


def settled(instrument: Instrument, **rules: int) -> Engagement:
    return replace(office(**rules), instrument=instrument)


def shown(engagement: Engagement, everybody: list[Somebody], *kept: Any) -> Any:
    return issue(engagement, everybody, *kept, texts=NO_TEXTS)


def seen(found: Released, measure: str, group: str = "leader") -> int | None:
    return found.score(measure, group, "root").n


def test_a_mark_reaches_all_that_is_made_of_it() -> None:
    found = marked(asks(item="trust.01"))
    assert found["trust.01"] == found["trust"] == 20
    assert "trust.02" not in found and "roles" not in found
    pillars = [
        id for id, p in INSTRUMENT.pillars.items() if id in INSTRUMENT.items["trust.01"].tags
    ]
    assert all(found[id] == 20 for id in pillars)
    whole = marked(asks(section="trust"))
    assert {whole[key] for key in ("trust", "trust.01", "trust.05")} == {20}
    assert not marked(INSTRUMENT)


def test_a_mark_lowers_nothing() -> None:
    instrument = asks(section="trust")
    engagement = settled(instrument, scores=25, details=30)
    found = shown(engagement, people(22)).released
    assert not any(score.shown for score in found.scores)
    assert shown(engagement, people(26)).released.score("trust", "leader", "root").shown


@pytest.mark.parametrize("count", [19, 20])
def test_nothing_is_shown_before_so_many_have_answered(count: int) -> None:
    found = shown(settled(asks(section="trust")), people(count)).released
    row = found.score("trust", "leader", "root")
    assert row.shown is (count == 20)
    assert count == 20 or row.why is Why.SMALL
    assert found.score("roles", "leader", "root").shown
    named = {m for m, _ in found.sensitive}
    tables = (found.distributions, found.agreements, found.shares, found.silences, found.without)
    for table in tables:
        rows: Any = table
        assert count == 20 or not {r.measure for r in rows if getattr(r, "shown", True)} & named
    gaps = [g for g in found.gaps if g.measure in named]
    assert not any(g.difference is not None for g in gaps)
    assert found.least("trust.01") == 20 and found.least("roles.01") == 5


def test_a_unit_is_held_against_the_mark_too() -> None:
    units = (("root", None), ("north", "root"), ("south", "root"))
    engagement = replace(office(units), instrument=asks(section="trust"))
    everybody = [*people(22, unit="north"), *people(12, unit="south")]
    found = shown(engagement, everybody).released
    assert found.score("roles", "leader", "south").shown
    assert not found.score("trust", "leader", "south").shown
    # Twelve are few here: the whole beside the north would be their mean.
    north, whole = (found.score("trust", "leader", u).shown for u in ("north", "root"))
    assert not (north and whole)


def test_twenty_have_to_change_before_it_is_shown_anew() -> None:
    engagement, everybody = settled(asks(section="trust")), people(60)
    first = shown(engagement, everybody[:30])
    second = shown(engagement, everybody[:40], first)
    assert seen(second.released, "trust") in (30, None)
    assert seen(second.released, "roles") == 40
    third = shown(engagement, everybody[:55], first, second)
    assert seen(third.released, "trust") == 55


def test_what_a_version_was_issued_under_stays() -> None:
    everybody = people(25)
    first = shown(settled(asks(section="trust")), everybody[:21])
    assert first.released.score("trust", "leader", "root").shown
    second = shown(settled(INSTRUMENT), [*everybody[:21], *people(9, "hr")], first)
    assert seen(second.released, "trust", "hr") is None
    assert seen(second.released, "roles", "hr") == 9
    assert dict(second.released.sensitive)["trust"] == 20
    assert from_snapshot(to_snapshot(second.released)) == second.released


def test_a_comment_on_a_sensitive_question_waits_for_a_larger_side() -> None:
    from hrkit.disclosure.comments import for_review

    texts = [one.item.id for one in INSTRUMENT.questions() if one.facet.scale.kind == "text"]
    rows = [("c1", texts[0], "leader", "Words", "leader--root-0")]
    frame = pd.DataFrame(rows, columns=list(NO_TEXTS.columns), dtype=object)
    for instrument, printed in ((INSTRUMENT, True), (asks(item=texts[0]), False)):
        (remark,) = for_review(responses(people(12)), settled(instrument), "w1", frame)
        assert remark.printed is printed


def test_the_mean_over_perspectives_needs_a_side_that_is_shown() -> None:
    found = shown(settled(asks(section="trust")), [*people(12), *people(9, "hr")]).released
    assert not found.score("trust", ALL, "root").shown
