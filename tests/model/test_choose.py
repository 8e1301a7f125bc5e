"""A section that is chosen from: read whole, or told in sentences what is wrong with it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from hrkit import kit
from hrkit.model import instrument_file as instruments
from hrkit.model.ballot import answers_to, ballot, chosen, options_at, whole

NINE = ("roles", "trust", "presence", "expertise", "direction", "leadership", "across", "chain",
        "renewal")  # fmt: skip


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    path = kit.templates() / "instruments" / "partnership.yml"
    return dict(yaml.safe_load(path.read_text("utf-8")))


@pytest.fixture
def told(
    tmp_path: Path, data: dict[str, Any]
) -> Callable[[Callable[[Any, Any], object]], list[str]]:
    def change(mend: Callable[[Any, Any], object]) -> list[str]:
        made = copy.deepcopy(data)
        mend(made, next(s for s in made["sections"] if "choose" in s))
        path = tmp_path / "own.yml"
        path.write_text(yaml.safe_dump(made, allow_unicode=True, sort_keys=False), "utf-8")
        return [f"{p.what}; {p.fix}" for p in instruments.check(path)]

    return change


def test_the_second_edition_asks_by_choosing_and_the_first_by_rating() -> None:
    now, before = instruments.load("partnership"), instruments.load("partnership-1")
    question = now.ballot
    assert question is not None and question.facet.scale.options == NINE
    assert (question.facet.scale.exactly, question.facet.release) == (3, "picks")
    assert not any(section.importance for section in now.dimensions)
    assert before.ballot is None and all(section.importance for section in before.dimensions)


@pytest.mark.parametrize(
    ("mend", "says"),
    [
        (lambda _, s: s.pop("choose"), ["neither facets nor choose is there; write one of them"]),
        (lambda _, s: s.update(facets=["agree"]), ["facets and choose exclude each other; keep one of them"]),
        (lambda _, s: s["choose"].update(exactly=9), ["9 is above 5; use 5 or less"]),
        (lambda _, s: s["choose"].update(exactly="3"), ['"3" is not a whole number; correct it']),
        (lambda _, s: s["choose"].pop("exactly"), ["exactly is missing; add it"]),
        (lambda _, s: s["choose"].update({"from": "pillars"}), ['"pillars" is not one of the allowed values; use one of dimensions']),
        (lambda _, s: s.update(score=False), ["matters is chosen from, so it has no score; leave it out"]),
        (lambda _, s: s["items"][0].update(reversed=True), ["matters is chosen from, so its question has no reversed; leave it out"]),
        (lambda _, s: s["items"].append({**s["items"][0], "id": "matters.02"}), ["matters is chosen from and asks 2 questions; give it one item: the question under which the options stand"]),
        (lambda d, _: d["facets"].update(chosen=d["facets"]["agree"]), ["chosen is kept for what is chosen of a list; give the facet another name"]),
        (lambda d, s: d["sections"].append({**s, "id": "again", "items": [{**s["items"][0], "id": "again.01"}]}), ["something is chosen of a list in matters already; keep one of the two"]),
        (lambda d, _: d.update(sections=[{**x, "score": False} if "facets" in x and x["id"] not in NINE[:3] else x for x in d["sections"]]), ["3 of 3 dimensions is no choice; choose fewer than there are"]),
        (lambda d, _: (d["sections"][0].update(importance=d["title"]), d["facets"].update(importance=d["facets"]["agree"])), ["importance is chosen here, and rated in roles; keep one of the two"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(told: Any, mend: Any, says: list[str]) -> None:
    assert told(mend) == says


def test_an_answer_is_the_options_in_their_order_and_has_a_place() -> None:
    assert ballot(NINE, {"chain", "roles", "trust"}) == "roles trust chain"
    assert chosen("roles trust chain") == ("roles", "trust", "chain")
    assert len(answers_to(NINE, 3)) == 9 + 36 + 84 and len(whole(NINE, 3, 3)) == 84
    for fewest, count in ((3, 84), (1, 9 + 36 + 84)):
        every = whole(NINE, fewest, 3)
        assert len(every) == count
        for value, place in every.items():
            assert {NINE[i] for i in options_at(9, fewest, 3, place)} == set(chosen(value))


# ------------------------------------------------------------------------ options of its own


@pytest.fixture
def listed(tmp_path: Path) -> Callable[[Callable[[Any], object]], list[str]]:
    path = kit.templates() / "tools" / "preparation" / "preparation.yml"
    data = yaml.safe_load(path.read_text("utf-8"))

    def change(mend: Callable[[Any], object]) -> list[str]:
        made = copy.deepcopy(data)
        mend(next(s for s in made["sections"] if "choose" in s)["choose"])
        own = tmp_path / "own.yml"
        own.write_text(yaml.safe_dump(made, allow_unicode=True, sort_keys=False), "utf-8")
        return [f"{p.what}; {p.fix}" for p in instruments.check(own)]

    return change


@pytest.mark.parametrize(
    ("mend", "says"),
    [
        (lambda c: None, []),
        (lambda c: c.pop("at_most"), ["at_most is missing; add it"]),
        (lambda c: c.update(at_most=4), ["4 is above 3; use 3 or less"]),
        (lambda c: c.update(at_most=1), ["1 is below 2; use 2 or more"]),
        (lambda c: c.update(exactly=3), ["exactly does not go with options; write at_most"]),
        (lambda c: c.update({"from": "dimensions", "exactly": 3}), ["from and options exclude each other; keep one of them"]),
        (lambda c: c.update(options=c["options"][:3]), ["up to 3 of 3 options is no choice; allow fewer than there are"]),
        (lambda c: c["options"][1].update(id="words"), ["the option words stands twice; give each its own"]),
        (lambda c: c["options"][1].update(id="Two words"), ['"Two words" has the wrong form; use small letters, digits, - and _, beginning with a letter']),
        (lambda c: c["options"][1]["source"].update(ref="S9"), ["the source S9 is not among the sources; use S0, S1, S2, S4, field"]),
        (lambda c: c["options"][1]["name"].pop("nl"), ["has no text in nl, which the instrument declares; translate it"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_list_of_its_own_is_said(
    listed: Any, mend: Any, says: list[str]
) -> None:
    assert listed(mend) == says


def test_dimensions_are_chosen_exactly(told: Any) -> None:
    assert told(lambda _, s: s["choose"].update(at_most=2)) == [
        "at_most does not go with from; write exactly"
    ]


def test_a_list_of_its_own_weighs_no_dimension_and_one_option_is_an_answer() -> None:
    found = instruments.load("preparation")
    assert found.ballot is None and found.choice is not None
    scale = found.choice.facet.scale
    assert (scale.exactly, scale.at_most, scale.most, scale.fewest) == (0, 3, 3, 1)
    assert "time" in scale.answers and "time sparring words tools" not in scale.answers
