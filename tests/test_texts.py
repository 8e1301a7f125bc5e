"""The kit's words: there in three languages, each in its own, and typed with care."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrkit import kit
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.model.terms import expanded, kit_terms
from hrkit.model.wording import instrument_texts
from hrkit.model.yamlfile import read_yaml

FILES = [
    *sorted((kit.templates() / "duties").glob("*.yml")),
    *sorted((kit.templates() / "texts").glob("*.yml")),
    *sorted((kit.templates() / "instruments").glob("*.yml")),
    *sorted((kit.templates() / "actions").rglob("*.yml")),
    *sorted((kit.templates() / "tools").glob("*/texts.yml")),
    *sorted((kit.templates() / "handouts").glob("*/*.yml")),
    *sorted((kit.templates() / "letters").rglob("*.yml")),
    *sorted((kit.templates() / "workshop").rglob("*.yml")),
    kit.templates() / "perspectives.yml",
]

#: Words that are English and neither Danish nor Dutch.
ENGLISH = {
    "the", "and", "with", "not", "this", "that", "these", "you", "your", "their", "they", "who",
    "which", "from", "has", "been", "will", "would", "should", "about", "between", "because",
    "answer", "answers", "question", "questions", "leaders", "employees", "employee", "groups",
    "people", "shown", "agree", "disagree", "none", "yes", "our", "each", "both", "than", "what",
}  # fmt: skip
#: Danish words that are no Dutch ones, and Dutch ones that are no Danish ones.
FOREIGN = {
    "da": ENGLISH | {"het", "een", "niet", "zijn", "wordt", "leidinggevenden", "jullie", "wij"},
    "nl": ENGLISH | {"og", "ikke", "jeg", "ledere", "lederne", "hvad", "hvor", "eller", "måske"},
}
#: Letters that the language does not have, outside of names.
LETTERS = {"en": "æøåäößÆØÅ", "da": "ëïßñ", "nl": "æøåßÆØÅ"}
NAMES = ("Ærø", "Århus", "Ångström", "Anhøj")


def said(node: Any, place: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text of a file: place, language, text; forms for one and for many are two texts."""
    if isinstance(node, dict):
        if node and set(node) <= set(codes()):
            for language, text in node.items():
                forms = text if isinstance(text, dict) else {"": text}
                for form, one in forms.items():
                    yield f"{place}{'.' if form else ''}{form}", language, one
        else:
            for key, child in node.items():
                yield from said(child, f"{place}.{key}" if place else str(key))
    elif isinstance(node, list):
        for i, child in enumerate(node):
            yield from said(child, f"{place}[{i}]")


def texts(path: Path) -> list[tuple[str, str, str]]:
    """The texts as they are read: with the kit's own words in the places of its terms."""
    source = read_yaml(path)
    assert source.problems == ()
    return list(said(expanded(source.data, kit_terms())))


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_every_text_stands_in_three_languages(file: Path) -> None:
    found: dict[str, set[str]] = {}
    for place, language, text in texts(file):
        assert text.strip(), place
        found.setdefault(re.sub(r"\.(one|other)$", "", place), set()).add(language)
    assert {place: sorted(each) for place, each in found.items() if each != set(codes())} == {}


def test_every_text_has_the_same_fields_in_every_language() -> None:
    for path in sorted((kit.templates() / "texts").glob("*.yml")):
        fields: dict[tuple[str, str], set[str]] = {}
        for place, language, text in texts(path):
            place = re.sub(r"\.(one|other)$", "", place)
            found = set(re.findall(r"\{(\w+)[:}]", text))
            fields.setdefault((place, language), set()).update(found)
        for (place, language), found in fields.items():
            assert found == fields[place, "en"], f"{path.name} {place} {language}"


def test_forms_for_one_and_many_come_together() -> None:
    for language in codes():
        for key, entry in words(language).entries.items():
            if not isinstance(entry, str):
                assert set(entry) == {"one", "other"}, key
                assert "{n}" not in entry["one"], f"{key}: one is a word, not a figure"


def test_fields_are_names_without_formats() -> None:
    for language in codes():
        for key, entry in words(language).entries.items():
            for text in (entry,) if isinstance(entry, str) else entry.values():
                rest = re.sub(r"\{[a-z_]\w*(?::[^{}|]*\|[^{}|]*)?\}", "", text)
                assert "{" not in rest and "}" not in rest, f"{key}: {text}"


def test_no_word_of_another_language(file: Path) -> None:
    strange = []
    for place, language, text in texts(file):
        found = set(re.findall(r"[^\W\d_]+", re.sub(r"\{\w+(?::[^{}]*)?\}", "", text).lower()))
        strange += [f"{place}.{language}: {w}" for w in found & FOREIGN.get(language, set())]
    assert strange == []


def test_no_letter_of_another_language(file: Path) -> None:
    strange = []
    for place, language, text in texts(file):
        for name in NAMES:
            text = text.replace(name, "")
        strange += [
            f"{place}.{language}: {c} in {text}" for c in set(text) & set(LETTERS[language])
        ]
    assert strange == []


def test_texts_are_typed_with_care(file: Path) -> None:
    wrong = []
    for place, language, text in texts(file):
        checks = {
            "two spaces": "  " in text,
            "a space at an end": text != text.strip(),
            "a space before a mark": bool(re.search(r"[\w)”’] [,.;:!?](?!\w)", text)),
            "three points": "..." in text,
            "two marks": bool(re.search(r"[,;:]{2}|\.\.", text)),
            "a hyphen for a dash": " - " in text or " -- " in text,
            "straight quotes": '"' in text and language != "en",
            # Whoever writes signs on a line of their own.
            "a tab or line end": bool(re.search(r"[\t\r\n]", text.replace("\n{client}", ""))),
            "a stray character": bool(re.search("[\u200b-\u200f\u202a-\u202e\ufeff\ufffd]", text)),
        }
        wrong += [f"{place}.{language}, {what}: {text}" for what, bad in checks.items() if bad]
    assert wrong == []


def test_opened_is_closed(file: Path) -> None:
    pairs = ("()", "[]", "“”", "»«")
    for place, language, text in texts(file):
        for first, last in pairs:
            if first == "“" and language == "da":
                continue  # ”…” opens and closes alike
            if first in text or last in text:
                assert text.count(first) == text.count(last), f"{place}.{language}: {text}"
        if language == "da":
            assert text.count("”") % 2 == 0, f"{place}.{language}: {text}"


def test_per_cent_is_written_as_each_language_does(file: Path) -> None:
    for place, language, text in texts(file):
        for space in re.findall(r"\d(\s?)%", text):
            if language == "nl":
                assert space == "", f"{place}: {text}"
            if language == "da":
                assert space, f"{place}: {text}"


def test_decimals_are_written_as_each_language_does(file: Path) -> None:
    for place, language, text in texts(file):
        mark = "," if language == "en" else "."
        assert not re.search(rf"(?<!\d)\d{re.escape(mark)}\d(?!\d)", text), (
            f"{place}.{language}: {text}"
        )


def test_every_dimension_has_its_talk() -> None:
    from hrkit.model import instrument_file as instruments

    found = instrument_texts("partnership")
    for language in codes():
        for section in instruments.load("partnership").dimensions:
            base = f"talk.dimensions.{section.id}"
            questions = [found[f"{base}.questions.{i}"][language] for i in range(1, 5)]
            assert all(question.rstrip().endswith("?") for question in questions)
            for kind in ("higher_first", "higher_second", "strength", "weak"):
                assert found[f"{base}.{kind}"][language].endswith(".")


def test_every_key_that_code_asks_for_is_there() -> None:
    """A key written out in code exists; a missing one would stop a report half-way."""
    package = Path(kit.__file__).parent
    entries = {**words("en").entries, **instrument_texts("partnership")}
    wings = "|".join(sorted({key.split(".")[0] for key in entries}))
    missing = []
    for path in package.rglob("*.py"):
        code = path.read_text("utf-8")
        # What is handed to `called` is the name of a call in Python.
        for key in re.findall(
            rf"(?<!called\()[\"']((?:{wings})\.[a-z_]+(?:\.[a-z_0-9-]+)*)[\"']", code
        ):
            known = key in entries or any(name.startswith(f"{key}.") for name in entries)
            if not known and not key.endswith(
                (".yml", ".json", ".css", ".js", ".sqlite", ".xlsx", ".csv")
            ):
                missing.append(f"{path.name}: {key}")
    assert missing == []
