"""Forms to write on, letters and the meeting's script: whole, in every language, and no more than a page."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrkit import kit
from hrkit.model.glossary import glossaries
from hrkit.model.languages import codes
from hrkit.model.schema import schema_problems
from hrkit.model.terms import expanded, kit_terms
from hrkit.model.yamlfile import read_yaml
from hrkit.report.action_files import kit_library

TEMPLATES = kit.templates()
FORMS = sorted((TEMPLATES / "handouts").glob("*/*.yml"))
LETTERS = sorted((TEMPLATES / "letters").rglob("*.yml"))
SCRIPT = TEMPLATES / "workshop" / "partnership" / "script.yml"
KINDS = [
    *((path, "handout") for path in FORMS),
    *((path, "letter") for path in LETTERS),
    (SCRIPT, "script"),
]
#: Forms that are instruments and tools of their own.
INSTRUMENTS = {"mirror", "role-blueprint", "service-check"}
#: Owners as actions have them.
OWNERS = {"leader", "hr", "pay", "top", "pair", "partners", "hr_head"}
#: Height and width in millimetres that a sheet has for its parts, and letters on a line.
SHEET = {"page": (215, 105), "landscape": (170, 160), "cards": (140, 48)}


def loaded(path: Path) -> Any:
    source = read_yaml(path)
    assert source.problems == ()
    return source.data


def texts(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text with all its languages."""
    if isinstance(node, dict):
        if (
            node
            and all(isinstance(text, str) for text in node.values())
            and set(node) & set(codes())
        ):
            yield place, node
        else:
            for key, child in node.items():
                yield from texts(child, f"{place}.{key}" if place else str(key))
    elif isinstance(node, list):
        for i, child in enumerate(node):
            yield from texts(child, f"{place}[{i}]")


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize(("path", "schema"), KINDS, ids=[named(path) for path, _ in KINDS])
def test_a_file_fits_its_schema_and_is_called_as_its_id(path: Path, schema: str) -> None:
    source = read_yaml(path)
    assert [str(problem) for problem in schema_problems(source, schema)] == []
    assert source.data["id"] == path.stem


@pytest.mark.parametrize("path", [path for path, _ in KINDS], ids=named)
def test_every_text_stands_in_every_language_with_the_same_fields(path: Path) -> None:
    terms = kit_terms()
    for place, each in texts(loaded(path)):
        assert set(each) == set(codes()), place
        fields = {code: set(re.findall(r"\{(\w+)\}", text)) for code, text in each.items()}
        assert len({frozenset(found) for found in fields.values()}) == 1, place
        blanks = {code: text.count("______") for code, text in each.items()}
        assert len(set(blanks.values())) == 1, place
        for code, text in each.items():
            assert text.strip() and terms.problem(text, code) == "", f"{place}.{code}: {text}"


def test_every_form_that_an_action_names_is_there() -> None:
    for folder in sorted((TEMPLATES / "actions").iterdir()):
        library = kit_library(folder.name)
        assert library is not None
        wanted = {action.form for action in library.actions} - {""}
        tool = re.sub(r"-\d+$", "", folder.name)
        here = {path.stem for path in (TEMPLATES / "handouts" / tool).glob("*.yml")}
        assert wanted - INSTRUMENTS - here == set()
        assert here - wanted == set(), "a form that no action uses"


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_who_fills_in_a_form_is_somebody_who_can_own_an_action(path: Path) -> None:
    assert set(loaded(path)["who"]) <= OWNERS


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_a_form_is_not_fuller_than_its_sheet(path: Path) -> None:
    form = expanded(loaded(path), kit_terms())
    room, letters = SHEET[form["size"]]
    needed = {code: height(form, code, letters) for code in codes()}
    assert max(needed.values()) <= room, needed


def test_a_form_with_too_much_on_it_would_be_found() -> None:
    form = expanded(loaded(TEMPLATES / "handouts/partnership/path-page.yml"), kit_terms())
    assert height({**form, "parts": form["parts"] * 2}, "en", SHEET["page"][1]) > SHEET["page"][0]


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_a_form_asks_for_no_answer_of_the_survey(path: Path) -> None:
    """Nothing a person would have to say what they answered, or from which anybody could tell."""
    forbidden = {
        "en": r"\bscores?\b|you(?:r)? answered|survey",
        "da": r"\bscores?\b|du har svaret|spørgeskema",
        "nl": r"\bscores?\b|je hebt geantwoord|vragenlijst",
    }
    for place, each in texts(loaded(path)):
        for code, text in each.items():
            assert not re.search(forbidden[code], text.lower()), f"{place}.{code}: {text}"


@pytest.mark.parametrize("path", [*FORMS, *LETTERS], ids=named)
def test_what_touches_the_law_sends_its_reader_to_an_adviser(path: Path) -> None:
    data = loaded(path)
    touched = [
        f"{place}.{code}: {text}"
        for place, each in texts(data)
        for code, text in each.items()
        if glossaries()[code].touches_law.search(text)
    ]
    assert not touched or data.get("legal"), touched


def height(form: Any, code: str, letters: int) -> float:
    """About how many millimetres a form takes: rules of thumb, on the safe side."""

    def lines(text: Any, share: float = 1.0) -> int:
        return math.ceil(len(text[code]) / (letters * share)) if text else 0

    cards = form["size"] == "cards"
    used = 0.0 if cards else 24.0 + 5.0 * lines(form["use"])
    used += 10.0 if cards else 0.0
    for part in form["parts"]:
        used += 7.5 * lines(part.get("title"), 0.8) if part.get("title") else 2.0
        used += sum(_part(part, lines))
    used += 4.5 * lines(form.get("note"), 1.1) + (9.0 if form.get("legal") else 0.0)
    return used


def _part(part: Any, lines: Any) -> Iterator[float]:
    kind = part["kind"]
    if kind == "questions":
        yield from (4.6 * lines(item["text"]) + 4.2 * item["lines"] + 3 for item in part["items"])
    elif kind == "table":
        widths = [column.get("width", 1) for column in part["columns"]]
        shares = [width / sum(widths) for width in widths]
        head = [lines(c["text"], share) for c, share in zip(part["columns"], shares, strict=True)]
        yield 4.2 * max(head) + 2
        names = part.get("rows", [])
        yield from (max(9.5, 4.2 * lines(name, shares[0]) + 2) for name in names)
        yield 9.5 * part.get("blank", 0)
    elif kind == "checklist":
        yield from (5.0 * lines(item) for item in part["items"])
    elif kind == "steps":
        yield 6.0
        for item in part["items"]:
            share = (("text", 3.0 / 6.5), ("who", 1.8 / 6.5), ("when", 1.4 / 6.5))
            yield 4.2 * max(lines(item.get(key), width) for key, width in share) + 2
    elif kind == "text":
        yield 5.0 * lines(part["text"])
    else:
        yield 6.0 + 9.5 * (len(part["who"]) + 1)


@pytest.mark.parametrize("path", LETTERS, ids=named)
def test_a_letter_names_only_fields_that_are_filled_in(path: Path) -> None:
    """What may be missing in an engagement stands in a paragraph that is then left out."""
    fields = {"client", "wave", "closes", "minutes", "contact", "consultant", "link", "k"}
    fields |= {
        "about",
        "question",
        "leaders",
        "instrument",
        "details",
        "audience",
        "asked",
        "others",
        "languages",
        "summary",
        "meeting",
        "told",
    }
    letter = loaded(path)
    for _, each in texts(letter):
        assert set(re.findall(r"\{(\w+)\}", each["en"])) <= fields
    for paragraph in letter["paragraphs"]:
        said = set(re.findall(r"\{(\w+)\}", str(paragraph["text"])))
        optional = said & {"link", "closes", "audience", "consultant", "others", "languages"}
        assert optional == {need for need in paragraph.get("needs", ()) if "without_" not in need}


def test_the_letters_promise_what_the_form_says_and_no_more() -> None:
    """Thresholds come from the engagement; nothing is called anonymous or without risk."""
    assert {path.stem for path in LETTERS} == {
        "representatives",
        "leaders",
        "invitation",
        "reminder",
        "closing",
    }
    for path in LETTERS:
        said = [text for _, each in texts(loaded(path)) for text in each.values()]
        assert any("{k}" in text for text in said)
        for text in said:
            denied = r"do not call|kalder|noemen"
            assert ("anonym" not in text.lower() and "anoniem" not in text.lower()) or re.search(
                denied, text
            ), text
            assert not re.search(r"\b(?:5|10|five|ten|fem|ti|vijf|tien)\b", text), text


def test_the_agendas_add_up() -> None:
    script = loaded(SCRIPT)
    assert [agenda["minutes"] for agenda in script["agendas"]] == [90, 120, 180]
    used = set()
    for agenda in script["agendas"]:
        assert sum(item["minutes"] for item in agenda["items"]) == agenda["minutes"]
        moments = [item["moment"] for item in agenda["items"]]
        used |= set(moments)
        assert moments.index("guess") < moments.index("place") < moments.index("figures")
    assert used == set(script["moments"])


def test_the_script_answers_what_people_say() -> None:
    script = loaded(SCRIPT)
    assert len(script["objections"]) >= 5
    for objection in script["objections"]:
        for code in codes():
            assert objection["ask"][code].endswith("?")
