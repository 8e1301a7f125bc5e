"""An instrument's file becomes a frozen value, or a list of everything that is wrong with it."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from hrkit.errors import InstrumentError
from hrkit.model import instrument_file as instruments
from hrkit.model.instrument import Instrument

from .reading import cases, changed


@pytest.fixture
def small(write: Callable[..., Path], instrument_text: str) -> Instrument:
    return instruments.load(write(instrument_text, "small.yml"))


def test_the_base_of_the_cases_is_without_fault(write: Any, instrument_text: str) -> None:
    assert instruments.check(write(instrument_text)) == ()


@pytest.mark.parametrize(("replace", "with_", "says"), cases("instrument"))
def test_refused(
    write: Callable[..., Path], instrument_text: str, replace: str, with_: str, says: list[str]
) -> None:
    path = write(changed(instrument_text, replace, with_), "small.yml")
    told = [str(problem).replace("small.yml line", "line") for problem in instruments.check(path)]
    assert told == says
    with pytest.raises(InstrumentError) as refused:
        instruments.load(path)
    assert refused.value.summary == "The instrument small.yml cannot be used."
    assert refused.value.problems == instruments.check(path)


@pytest.mark.parametrize("name", ["en", "da", "nl"])
def test_a_scale_may_be_named_like_a_language(write: Any, instrument_text: str, name: str) -> None:
    data = yaml.safe_load(instrument_text)
    (scale, *_) = data["scales"]
    data["scales"] = {name if key == scale else key: value for key, value in data["scales"].items()}
    for facet in data["facets"].values():
        facet["scale"] = name if facet["scale"] == scale else facet["scale"]
    assert instruments.check(write(yaml.safe_dump(data, allow_unicode=True))) == ()


@pytest.mark.parametrize(
    "fallback",
    ["{pay: hr, hr: leader, leader: pay, top: pay}", "{pay: pay, top: hr, hr: leader}"],
)
def test_fallbacks_in_a_circle_end(write: Any, instrument_text: str, fallback: str) -> None:
    text = changed(instrument_text, "fallback: {pay: hr, top: leader}", f"fallback: {fallback}")
    text = changed(text, "        tags: [pillar.goals]\n", "        ask: [top, leader, hr]\n")
    path = write(text, "small.yml")
    assert instruments.check(path) == ()
    asked = instruments.load(path)
    for question in asked.questions():
        for perspective in question.item.ask:
            assert asked.wording(question.item, perspective, "en")


def test_a_circle_that_leads_to_no_wording_is_told(write: Any, instrument_text: str) -> None:
    text = changed(instrument_text, "{pay: hr, top: leader}", "{pay: top, top: pay}")
    problems = [str(problem) for problem in instruments.check(write(text))]
    assert [line.split(": ", 1)[1].split(";")[0] for line in problems] == [
        "top is asked and has no wording",
        "pay is asked and has no wording",
    ]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(
    write: Any, instrument_text: str
) -> None:
    text = instrument_text
    for replace, with_ in (
        ('"Nogle få spørgsmål."', '" "'),
        ("scale: use,", "scale: usage,"),
        ("- id: trust.02", "- id: trust.01"),
        ("ask: [leader, hr]", "ask: [leader, boss]"),
        ("block: last", "block: end"),
    ):
        text = changed(text, replace, with_)
    problems = instruments.check(write(text, "small.yml"))
    assert [problem.what.split(",")[0] for problem in problems] == [
        "has no text in da",
        "the id trust.01 stands twice",
        "the scale usage is not there",
        "boss is no perspective of this instrument",
        "its block is not among the blocks",
    ]
    assert all(problem.where.startswith("small.yml line ") and problem.fix for problem in problems)


@pytest.mark.parametrize("name", ["Trust", "TRUST\u200b"])
def test_two_dimensions_have_two_names(write: Any, instrument_text: str, name: str) -> None:
    data = yaml.safe_load(instrument_text)
    first = next(one for one in data["sections"] if one.get("score", True))
    again = {**first, "id": "again", "items": [{**first["items"][0], "id": "again.01"}]}
    again["name"] = {**{code: f"{text} 2" for code, text in first["name"].items()}, "en": name}
    first["name"]["en"] = "Trust"
    data["sections"].append(again)
    (problem,) = instruments.check(write(yaml.safe_dump(data, allow_unicode=True)))
    assert "stands twice, first at" in problem.what and ", sections[0].name.en" in problem.what
    again["score"] = False  # what is no dimension has no figure that could be taken for another's
    assert instruments.check(write(yaml.safe_dump(data, allow_unicode=True))) == ()


@pytest.mark.parametrize("content", ["", "# nothing yet\n"])
def test_an_empty_file(write: Any, content: str) -> None:
    (problem,) = instruments.check(write(content))
    assert str(problem) == "file.yml: is empty; see the instruments that come with the kit"


@pytest.mark.parametrize("name", ["nothing", "nothing.yml", "no/where.yml", "../x.yml", "a\0b.yml"])
def test_an_instrument_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(InstrumentError, match="cannot be used"):
        instruments.load(name, tmp_path)


# ------------------------------------------------------------------------- as it is built


def test_wording_follows_the_chain_of_fallbacks(small: Instrument) -> None:
    item = small.items["trust.01"]
    assert small.wording(item, "leader", "en") == "I trust HR."
    assert small.wording(item, "top", "en") == "I trust HR."
    assert small.wording(item, "hr", "da") == "Jeg har tillid til lederne."
    assert small.wording(item, "pay", "da") == "Jeg har tillid til lederne."
    assert small.wording(small.items["trust.02"], "pay", "en") == "We start anew."  # any


def test_a_perspective_without_wording_is_a_key_error(small: Instrument) -> None:
    with pytest.raises(KeyError, match=r"trust\.01 has no wording for boss"):
        small.wording(small.items["trust.01"], "boss", "en")


def test_a_report_names_an_item_by_the_leaders_words(small: Instrument) -> None:
    assert small.label(small.items["trust.01"], "en") == "I trust HR."
    assert small.label(small.items["trust.02"], "en") == "We start anew."


def test_label_of_an_item_the_leaders_are_not_asked(write: Any, instrument_text: str) -> None:
    text = changed(instrument_text, "        tags: [pillar.goals]\n", "        ask: [hr, pay]\n")
    asked = instruments.load(write(text, "small.yml"))
    assert asked.label(asked.items["trust.01"], "en") == "I trust the leaders."


def test_the_score_rests_on_what_both_sides_are_asked(write: Any, instrument_text: str) -> None:
    def scored(text: str) -> list[str]:
        asked = instruments.load(write(text, "small.yml"))
        return [item.id for item in asked.scored_items(asked.dimensions[0])]

    assert scored(instrument_text) == ["trust.01", "trust.02", "trust.03"]
    one_side = changed(instrument_text, "ask: [leader, hr]", "ask: [leader, top]")
    assert scored(one_side) == ["trust.01", "trust.03"]
    without_sides = changed(one_side, "  sides: [leader, hr]\n", "")
    assert scored(without_sides) == ["trust.01", "trust.02", "trust.03"]


def test_the_score_of_a_section_no_two_sides_share(write: Any, instrument_text: str) -> None:
    text = changed(instrument_text, "sides: [leader, hr]", "sides: [leader, top]")
    text = changed(text, "        tags: [pillar.goals]\n", "        ask: [hr]\n")
    text = changed(text, "        facets: [agree, used]\n", "        ask: [pay]\n")
    asked = instruments.load(write(text, "small.yml"))
    assert [i.id for i in asked.scored_items(asked.dimensions[0])] == [
        "trust.01",
        "trust.02",
        "trust.03",
    ]


def test_questions_are_items_by_facets_in_the_order_asked(small: Instrument) -> None:
    assert list(small.keys) == [
        "trust.01",
        "trust.02",
        "trust.03:agree",
        "trust.03:used",
        "trust.importance",
        "open.good",
    ]
    assert [question.key for question in small.questions("pay")] == [
        "trust.01",
        "trust.03:agree",
        "trust.03:used",
        "trust.importance",
        "open.good",
    ]
    assert list(small.items) == [
        "trust.01",
        "trust.02",
        "trust.03",
        "trust.importance",
        "open.good",
    ]
    assert [small.items[name].role for name in small.items] == [
        "score",
        "score",
        "score",
        "importance",
        "other",
    ]


def test_the_facet_that_makes_the_score(small: Instrument) -> None:
    section = small.dimensions[0]
    assert [section.measure(item) for item in section.items] == [
        "trust.01",
        "trust.02",
        "trust.03:agree",
    ]
    assert section.score_facet == small.facets["agree"]
    assert section.scored == section.items


def test_a_section_may_refuse_a_score(write: Any, instrument_text: str) -> None:
    text = changed(
        instrument_text, "    facets: [agree]\n", "    facets: [agree]\n    score: false\n"
    )
    asked = instruments.load(write(text, "small.yml"))
    assert asked.dimensions == ()
    assert asked.items["trust.01"].role == "other"


def test_what_else_is_built(small: Instrument) -> None:
    assert (small.id, small.version, small.languages) == ("small", "1.0.0", ("en", "da"))
    assert small.perspectives == ("top", "leader", "hr", "pay")
    assert small.sides == ("leader", "hr")
    assert small.pool == {"pay": "hr"}
    assert small.names["top"]["da"] == "Bestyrelsen"
    assert [section.id for section in small.dimensions] == ["trust"]
    assert [level.level for level in small.levels] == [1, 2, 3, 4, 5]
    assert [level.text["en"] for level in small.dimensions[0].grid][::4] == ["None", "Full"]
    assert small.items["trust.02"].ask == ("leader", "hr")
    assert small.items["trust.02"].reversed
    assert small.items["trust.01"].source.refs == ("S1",)
    assert small.items["trust.importance"].ask == small.perspectives
    scale = small.scales["agreement"]
    assert (scale.low, scale.high) == (1, 3)
    assert [choice.value for choice in scale.choices] == ["1", "2", "3"]
    assert [choice.value for choice in small.scales["use"].choices] == ["yes", "no"]
    assert scale.dont_know is not None
    assert small.scales["use"].dont_know is None


def test_ask_is_in_the_order_of_the_instrument(write: Any, instrument_text: str) -> None:
    text = changed(instrument_text, "ask: [leader, hr]", "ask: [pay, hr, leader]")
    assert instruments.load(write(text)).items["trust.02"].ask == ("leader", "hr", "pay")


def test_an_instrument_is_frozen_and_crosses_processes(small: Instrument) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        small.id = "other"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(small)) == small


# ---------------------------------------------------------------------------- where it lies


def test_a_changed_file_is_read_again(write: Any, instrument_text: str) -> None:
    path = write(instrument_text, "small.yml")
    assert instruments.load(path) is instruments.load(path)
    write(changed(instrument_text, '"1.0.0"', '"1.10.0"'), "small.yml")
    assert instruments.load(path).version == "1.10.0"


def test_an_engagements_own_instrument_comes_before_the_kits(
    write: Any, instrument_text: str, tmp_path: Path
) -> None:
    assert instruments.load("partnership", tmp_path).title["en"] != "Small"
    write(instrument_text, "partnership.yml")
    assert instruments.load("partnership", tmp_path).title["en"] == "Small"
    assert instruments.load("./partnership.yml", tmp_path).title["en"] == "Small"
    assert instruments.load("partnership").title["en"] != "Small"
