"""The instruments that come with the kit: without fault, complete, and well put."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrkit.model import instrument_file as instruments
from hrkit.model.editions import edition
from hrkit.model.instrument import Instrument
from hrkit.model.languages import codes
from hrkit.model.tool import available as available_tools
from hrkit.model.yamlfile import read_yaml

KIT = {path.stem: path for path in instruments.available()}
#: The kit's instruments with their earlier editions, which are chosen by name.
EDITIONS = KIT | {path.stem: path for path in sorted(KIT["partnership"].parent.glob("*.yml"))}

#: Texts that are rightly the same in two languages: names of things, loan words, and cognates.
SAME = {
    "Ja", "HR-partner", "Partner", "Trust", "HR", "Intranet", "Data", "Coaching", "MUS", "Team",
    "Dimension", "Onboarding", "Service", "Budget", "Feedback",
}  # fmt: skip


def texts_of(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a file with its place."""
    if isinstance(node, dict):
        if node and set(node) <= set(codes()):
            yield path, node
        else:
            for key, child in node.items():
                yield from texts_of(child, f"{path}.{key}")
    elif isinstance(node, list):
        for i, child in enumerate(node):
            yield from texts_of(child, f"{path}[{i}]")


def test_these_instruments_come_with_the_kit() -> None:
    asked = {one.id for one in available_tools() if one.asks}
    assert {"mirror", "services", "chain-dialogue", "preparation", "blueprint"} <= asked
    assert list(KIT) == sorted({"partnership", "role-blueprint", "service-check"} | asked)
    assert set(EDITIONS) - set(KIT) == {"partnership-1", "partnership-2-0"}


@pytest.fixture(params=list(EDITIONS))
def kit_instrument(request: pytest.FixtureRequest) -> Instrument:
    return instruments.load(request.param)


def test_it_loads_without_a_problem(kit_instrument: Instrument) -> None:
    assert instruments.check(file_of(kit_instrument)) == ()
    assert kit_instrument.languages == codes()


def test_its_id_is_its_files_name(kit_instrument: Instrument) -> None:
    name = file_of(kit_instrument).stem
    assert name == kit_instrument.id or name.startswith(
        f"{kit_instrument.id}-{kit_instrument.edition}"
    )
    assert edition(kit_instrument.id, kit_instrument.version) == name


def file_of(instrument: Instrument) -> Path:
    """The file of an edition."""
    name = edition(instrument.id, instrument.version)
    assert name is not None
    return EDITIONS[name]


def test_whoever_is_asked_reads_words_in_every_language(kit_instrument: Instrument) -> None:
    for question in kit_instrument.questions():
        for perspective in question.item.ask:
            for language in codes():
                assert kit_instrument.wording(question.item, perspective, language).strip()


def test_every_perspective_has_a_name_and_is_asked_something(kit_instrument: Instrument) -> None:
    for perspective in kit_instrument.perspectives:
        assert list(kit_instrument.questions(perspective))
        known = kit_instrument.people.one(perspective)
        for language in codes():
            for form in ("role", "hint", "label", "short", "in_text", "owner"):
                assert known.name(form, language) not in ("", perspective)


def test_every_declared_thing_is_used(kit_instrument: Instrument) -> None:
    facets = {question.facet.id for question in kit_instrument.measured.values()}
    assert facets == set(kit_instrument.facets)
    assert {facet.scale.id for facet in kit_instrument.facets.values()} == set(
        kit_instrument.scales
    )
    assert {section.block for section in kit_instrument.sections} - {""} == set(
        kit_instrument.blocks
    )


def test_every_item_names_its_source(kit_instrument: Instrument) -> None:
    for item in kit_instrument.items.values():
        assert item.source.refs or item.role == "importance"


def test_no_text_says_the_same_in_two_languages(kit_instrument: Instrument) -> None:
    data = read_yaml(file_of(kit_instrument)).data
    alike = []
    for place, text in texts_of(data):
        for first, second in (("en", "da"), ("en", "nl"), ("da", "nl")):
            # Two closely related languages may share a short word; never a sentence.
            short = len(text[first].split()) <= 2 and (first, second) != ("en", "da")
            # One term alone is in each language what that language calls it.
            short = short or bool(re.fullmatch(r"\{[Tt]erm\.[\w.]+\}", text[first]))
            if text[first] == text[second] and text[first] not in SAME and not short:
                alike.append(f"{place}: {text[first]}")
    assert alike == []


def test_texts_are_typed_with_care(kit_instrument: Instrument) -> None:
    wrong = []
    for place, text in texts_of(read_yaml(file_of(kit_instrument)).data):
        for language, said in text.items():
            if re.search(r"\s{2,}|^\s|\s$|\s[,.;:!?]|\.\.\.| - |,,|\.\.", said):
                wrong.append(f"{place}.{language}: {said}")
            if '"' in said:
                wrong.append(f"{place}.{language}: straight quotes in {said}")
    assert wrong == []


def test_no_wording_is_longer_than_thirty_words(kit_instrument: Instrument) -> None:
    long = [
        f"{item.id} {perspective} {language}: {len(text[language].split())} words"
        for item in kit_instrument.items.values()
        for perspective, text in item.wordings.items()
        for language in codes()
        if len(text[language].split()) > 30
    ]
    assert long == []


def test_two_items_are_never_put_in_the_same_words(kit_instrument: Instrument) -> None:
    for perspective in kit_instrument.perspectives:
        for language in codes():
            asked = [
                kit_instrument.wording(item, perspective, language)
                for item in kit_instrument.items.values()
                if perspective in item.ask
            ]
            assert len(set(asked)) == len(asked)


def test_no_name_in_code() -> None:
    """Code never names an item: an instrument can be changed without touching Python."""
    from hrkit.kit import templates

    package = templates().parent.parent / "hrkit"
    names = [
        name for kind in KIT for name in instruments.load(kind).items if "importance" not in name
    ]
    pattern = re.compile("|".join(rf"['\"]{re.escape(name)}['\"]" for name in names))
    found = []
    for path in package.rglob("*.py"):
        if "synthetic" in path.parts:  # made-up answers to the open questions
            continue
        found += [f"{path.name}: {hit}" for hit in pattern.findall(path.read_text("utf-8"))]
    assert found == []
