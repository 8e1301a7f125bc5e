"""With a client's own words, none of the kit's words for the same is read anywhere."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from python_calamine import CalamineWorkbook

import hrkit
from hrkit import synthetic
from hrkit.answers.readers.template import read_answers
from hrkit.answers.writers.template import write_template
from hrkit.assessment.assessment import Assessment
from hrkit.blocks import to_json
from hrkit.forms import pages
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.report.action_files import library
from hrkit.tools import SECTIONS
from tests.model.own_words import REPLACED, TERMS

LANGUAGES = ("da", "nl", "en")

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic municipality, which says pupil, ward and executive board."""
    folder = tmp_path_factory.mktemp("own") / "fjordby"
    synthetic.build(synthetic.client("municipality"), folder)
    path = folder / "engagement.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    # What a client wrote itself is not the kit's: audience, cleared comments, names of units.
    data |= {"terms": TERMS, "audience": dict.fromkeys(LANGUAGES, "–"), "comments": []}
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


@pytest.fixture(scope="module")
def assessed(folder: Path) -> Assessment:
    return hrkit.assess(folder, language="da")


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest, assessed: Assessment) -> Assessment:
    """The same release in each language."""
    ctx = assessed.context
    words = ctx.engagement.words(request.param)
    return Assessment(dataclasses.replace(ctx, words=words))


def texts(node: Any, key: str = "") -> Iterator[str]:
    """Every text of some JSON, drawings and keys left out."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name not in ("svg", "art", "logo", "type", "subtitle", "key", "id", "link", "skip"):
                yield from texts(child, name)
    elif isinstance(node, (list, tuple)):
        for child in node:
            yield from texts(child, key)
    elif isinstance(node, str):
        yield node


def left(found: Iterator[str], language: str) -> list[str]:
    wrong = re.compile(REPLACED[language])
    return [text for text in found if wrong.search(text) or re.search(r"\{[tT]erm", text)]


def test_no_section_says_a_replaced_word(report: Assessment) -> None:
    language = report.context.language
    for section in SECTIONS:
        said = texts(json.loads(json.dumps(to_json(report.section(section).blocks))))
        assert left(said, language) == [], section


def test_no_sheet_says_a_replaced_word(report: Assessment) -> None:
    language, unit = report.context.language, report.engagement.units[1].id
    sides = report.engagement.instrument.sides
    sheets = [report.unit_sheet(unit), *(report.conversation_sheet("across", s) for s in sides)]
    for sheet in sheets:
        assert left(texts(to_json(sheet.blocks)), language) == []


def test_own_words_stand_where_the_kits_stood(report: Assessment) -> None:
    said = " ".join(texts(to_json(report.section("profile").blocks)))
    board = {"da": "Direktion", "nl": "Directie", "en": "Executive board"}[report.context.language]
    assert board in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_advice_says_a_replaced_word(folder: Path, language: str) -> None:
    found = library(engagements.load(folder))
    assert found is not None
    # A company's customers are its own, whatever those a client serves are called.
    said = (
        text
        for a in found.actions
        if a.sector != "company"
        for text in (a.text[language], a.first[language], a.sign[language])
    )
    assert left(said, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_form_says_a_replaced_word(folder: Path, language: str) -> None:
    engagement = engagements.load(folder)
    welcome = pages.welcome_page(engagement, engagement.wave(), language)
    assert left(texts(welcome), language) == []
    for perspective in engagement.instrument.perspectives:
        form = pages.form(engagement, perspective, engagement.units[1].id, language)
        assert left(texts(form["pages"]), language) == []
        assert left(texts(form["ui"]), language) == []
        assert left(texts({"who": form["who"].partition(" · ")[0]}), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_the_template_says_a_replaced_word(
    folder: Path, tmp_path: Path, language: str
) -> None:
    engagement = engagements.load(folder)
    path = write_template(engagement, tmp_path / "answers.xlsx", language)
    units = {unit.name for unit in engagement.units}
    book = CalamineWorkbook.from_path(str(path))
    cells = (
        cell
        for sheet in book.sheet_names
        for row in book.get_sheet_by_name(sheet).to_python()
        for cell in row
        if isinstance(cell, str) and not units & set(cell.split("\n"))
    )
    assert left(cells, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_with_the_clients_words_and_with_the_kits_are_read(
    folder: Path, tmp_path: Path, language: str
) -> None:
    engagement = engagements.load(folder)
    kits = _plain(folder)
    for speaker in (engagement, kits):
        w, people = speaker.words(language), speaker.instrument.people
        path = tmp_path / f"{speaker is kits}.csv"
        heads = [w(f"answers.columns.{name}") for name in ("code", "unit", "perspective")]
        role = people.one("hr").name("role", language)
        row = ["c1", engagement.units[1].name, str(role), "4"]
        path.write_text(f"{';'.join([*heads, 'roles.01'])}\n{';'.join(row)}\n", "utf-8")
        reading = read_answers(path, engagement)
        assert list(reading.responses.people["perspective"]) == ["hr"]


def _plain(folder: Path) -> Engagement:
    engagement = engagements.load(folder)
    from hrkit.model import instrument_file as instruments
    from hrkit.model.terms import Terms

    return dataclasses.replace(
        engagement, terms=Terms(), instrument=instruments.load("partnership")
    )
