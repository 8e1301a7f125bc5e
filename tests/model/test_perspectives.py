"""Perspectives are an instrument's: names, order, marks, sides, in files and in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from hrkit.errors import InstrumentError
from hrkit.model import instrument_file as instruments
from hrkit.model.engagement import Branding
from hrkit.model.instrument import Instrument
from hrkit.model.language import Name, Words
from hrkit.report.context import fill
from hrkit.report.theme import theme

SOURCE = Path(__file__).parents[1] / "cases" / "instruments" / "lq2002.yml"
LONG = {
    "role": {"en": "Officer", "da": "Officer", "nl": "Officier"},
    "label": {"en": "Officers", "da": "Officerer", "nl": "Officieren"},
    "in_text": {"en": "the officers", "da": "officererne", "nl": "de officieren"},
}
STAFF = {
    "role": {"en": "Staff", "da": "Stab", "nl": "Staf"},
    "label": {"en": "Staff", "da": "Stab", "nl": "Staf"},
    "in_text": {"en": "the staff", "da": "staben", "nl": "de staf"},
    "one": ["label", "in_text"],
}


def army(tmp_path: Path, **perspectives: Any) -> Instrument:
    data = yaml.safe_load(SOURCE.read_text("utf-8"))
    data["id"] = "army"
    data["perspectives"] = {"asked": ["off", "staff"], "names": {"off": LONG, "staff": STAFF},
                            "sides": ["off", "staff"], **perspectives}  # fmt: skip
    path = tmp_path / "army.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return instruments.load(path)


def test_two_sides_are_told_apart_by_shape_and_colour(tmp_path: Path) -> None:
    it = army(tmp_path)
    drawn = theme(Branding(), it.people)
    first, second = drawn.mark("off"), drawn.mark("staff")
    assert first.shape != second.shape
    assert first.colour != second.colour


def test_everybody_has_a_shape_of_their_own(tmp_path: Path) -> None:
    asked = [f"p{i}" for i in range(10)]
    names = dict.fromkeys(asked, LONG)
    it = army(tmp_path, asked=asked, names=names, sides=["p7", "p9"])
    shapes = {theme(Branding(), it.people).mark(id).shape for id in asked}
    assert len(shapes) == len(asked)


def test_marks_are_taken_as_given(tmp_path: Path) -> None:
    marks = {"staff": {"colour": "#123456", "shape": "star"}}
    drawn = theme(Branding(), army(tmp_path, marks=marks).people)
    assert (drawn.mark("staff").colour, drawn.mark("staff").shape) == ("#123456", "*")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"marks": {"off": {"colour": "ink", "shape": "star"},
                    "staff": {"colour": "green", "shape": "star"}}}, "both sides have the shape"),
        ({"marks": {"off": {"colour": "ink", "shape": "star"},
                    "staff": {"colour": "ink", "shape": "cross"}}}, "both sides have the colour"),
        ({"marks": {"men": {"colour": "ink", "shape": "star"}}}, "men is no perspective"),
        ({"marks": {"off": {"colour": "pink", "shape": "star"}}}, "pink"),
        ({"names": {"off": {k: LONG[k] for k in ("role", "label")}}}, "has no in_text"),
        ({"head": "king"}, "king is no perspective"),
        ({"pooled": [{"of": ["off", "men"], "label": LONG["label"], "in_text": LONG["in_text"]}]},
         "men is no perspective"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_or_named_is_refused(
    tmp_path: Path, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(InstrumentError) as caught:
        army(tmp_path, **given)
    assert says in " ".join(f"{p.what} {p.fix}" for p in caught.value.problems)


def test_the_kits_names_have_every_form() -> None:
    people = instruments.load("partnership").people
    assert [
        str(people.one("leader").name(form, "da")) for form in ("role", "label", "in_text")
    ] == [
        "Personaleleder",
        "Ledere",
        "lederne",
    ]
    assert people.name(("hr", "pay"), "label", "nl") == "HR- en payrollpartners"
    assert people.head == "top"


def test_one_name_serves_every_place(tmp_path: Path) -> None:
    it = army(tmp_path, names={"off": LONG["label"], "staff": LONG["label"]})
    assert str(it.people.one("off").name("in_text", "da")) == "officerer"
    assert str(it.people.one("off").name("role", "en")) == "Officers"
    together = it.people.name(("off", "staff"), "label", "en")
    assert together == "Officers and Officers" and together.plural


def test_a_verb_agrees_with_the_group(tmp_path: Path) -> None:
    it = army(tmp_path)
    words = Words("nl", {"see": "zoals {group} het {group:ziet|zien}"})
    said = [words("see", group=it.people.one(id).name("in_text", "nl")) for id in ("off", "staff")]
    assert said == ["zoals de officieren het zien", "zoals de staf het ziet"]
    strong = fill(words, "see", ("group",), group=Name("de staf", plural=False))
    assert (
        "".join(span.text for span in strong if hasattr(span, "text")) == "zoals de staf het ziet"
    )


def test_files_may_use_any_of_the_names(tmp_path: Path) -> None:
    spoken = army(tmp_path).people.spoken("off")
    assert {"Officer", "Officers", "Officieren", "Officerer"} <= set(spoken)
