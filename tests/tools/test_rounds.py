"""Tools spread over rounds: a later report says where an earlier result stands, and a sample what it does at once."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import yaml

import hrkit
from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.parts import nobody, unanswered
from hrkit.blocks import Bullets, Heading, Note, Table, plain, walk
from hrkit.errors import StoreError
from hrkit.model import engagement_file as engagements
from hrkit.records.store import open_records
from hrkit.records.values import OpenLine
from hrkit.tools import glance
from tests import pages, quick
from tests.tools.played import answer, engaged

LATER = {"id": "w2", "name": {"da": "Anden måling", "nl": "Tweede meting", "en": "Second round"}}


def spread(folder: Path, **asked: list[str]) -> None:
    """Two rounds, and in which of them each tool is asked."""
    path = folder / engagements.FILE
    data = yaml.safe_load(path.read_text("utf-8"))
    data["waves"] = [data["waves"][0] | {"name": dict.fromkeys(data["languages"], "Første")}]
    data["waves"].append(LATER | {"name": {k: LATER["name"][k] for k in data["languages"]}})
    data["asked"] = {id.replace("_", "-"): rounds for id, rounds in asked.items()}
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = engaged(tmp_path_factory.mktemp("rounds") / "nordby", "mirror", "preparation")
    answer(made, {"leader": 14, "hr": 8}, lambda *_: 3.2)
    answer(made / "mirror", {"leader": 14, "hr": 8}, lambda *_: 3.2)
    spread(made, mirror=["w1"], preparation=["w2"], partnership=["w1", "w2"])
    answer(made, {"leader": 12, "hr": 7}, lambda *_: 3.4, seed=2, wave="w2")
    return made


def told(found: Assessment) -> tuple[list[str], list[str]]:
    """The headings and the bulleted lines of the tools' pages."""
    with quick.undrawn():
        blocks = list(walk(found.section("tools").blocks))
    heads = [plain(b.text) for b in blocks if isinstance(b, Heading)]
    return heads, [plain(i) for b in blocks if isinstance(b, Bullets) for i in b.items]


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_a_later_report_says_where_an_earlier_result_stands(folder: Path, language: str) -> None:
    found = assess(folder, wave="w2", language="da")
    words = found.engagement.words(language)
    wave = dict.fromkeys(("da", "nl", "en"), "Første")
    engagement = dataclasses.replace(
        found.engagement,
        waves=tuple(dataclasses.replace(one, name=wave) for one in found.engagement.waves),
    )
    context = dataclasses.replace(found.context, words=words, engagement=engagement)
    heads, lines = told(dataclasses.replace(found, context=context))
    # Nobody answered a tool in this round: the page is this line alone.
    assert heads == [words("general.tools.title"), words("general.tools.earlier")]
    (line,) = lines
    assert "Første" in line and "{" not in line


def test_the_report_of_that_round_has_the_chapter_and_no_such_line(folder: Path) -> None:
    found = assess(folder, wave="w1")
    heads, lines = told(found)
    assert found.context.words("general.tools.earlier") not in heads
    assert len(heads) > 2 and not any("Første" in line for line in lines)


def test_a_chapter_that_has_nothing_to_show_is_no_page_of_its_own(tmp_path: Path) -> None:
    made = engaged(tmp_path / "nordby", "direction", "gains", "mirror")
    answer(made / "mirror", {"leader": 4, "hr": 4}, lambda *_: 3.2)
    with quick.undrawn():
        blocks = (
            assess(made, language="da", released=nobody(engagements.load(made), "w1"))
            .section("tools")
            .blocks
        )
    heads = [b for b in walk(blocks) if isinstance(b, Heading)]
    words = engagements.load(made).words("da")
    (first, *rest) = heads
    assert plain(first.text) == words("general.tools.title") and first.new_page
    for key in ("direction.title.nothing", "gains.title.nothing"):
        (one,) = [b for b in rest if plain(b.text) == words(key)]
        assert (one.level, one.new_page) == (2, False)
    # Its own report has it as a page, as before.
    own = assess(made / "mirror", language="da").section("tools").blocks
    assert next(b for b in walk(own) if isinstance(b, Heading)).level == 1


def test_only_a_tool_that_is_asked_in_a_round_is_missed_in_it(folder: Path) -> None:
    engagement = engagements.load(folder)
    assert unanswered(engagement, "w1", {"mirror"}) == ()
    assert unanswered(engagement, "w1", ()) == ("mirror",)
    assert unanswered(engagement, "w2", ()) == ("preparation",)


def test_what_is_asked_in_every_round_or_later_has_no_such_line(folder: Path) -> None:
    before = (folder / engagements.FILE).read_text("utf-8")
    try:
        spread(folder, mirror=["w1", "w2"], preparation=["w1"])
        _, lines = told(assess(folder, wave="w2"))
        assert len(lines) == 1
        spread(folder, mirror=["w2"])
        assert told(assess(folder, wave="w2"))[1] == []
    finally:
        (folder / engagements.FILE).write_text(before, "utf-8")


def test_a_sample_that_asks_for_too_much_at_once_says_so_on_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = engaged(tmp_path / "nordby", "mirror")
    answer(folder, {"leader": 14, "hr": 8}, lambda *_: 3.2)
    answer(folder / "mirror", {"leader": 14, "hr": 8}, lambda *_: 3.2)
    found = assess(folder)

    def said(synthetic: bool) -> bool:
        engagement = dataclasses.replace(found.engagement, synthetic=synthetic)
        context = dataclasses.replace(found.context, engagement=engagement)
        with quick.undrawn():
            shown = dataclasses.replace(found, context=context).section("tools")
        notes = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Note)]
        return any(note.startswith("Eksemplet viser alt i én måling") for note in notes)

    assert not said(True), "fourteen minutes are no two sittings of twelve"
    monkeypatch.setattr(glance, "SITTING", 6)
    assert said(True) and not said(False)


def test_a_round_of_tools_alone_points_to_their_report_and_prints_it(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "mirror")
    answer(folder / "mirror", {"leader": 14, "hr": 8}, lambda *_: 3.2)
    for how in (assess, hrkit.report):
        with pytest.raises(StoreError, match="--profile tools; hrkit report nordby/mirror"):
            how(folder)
    with quick.undrawn():
        shown = assess(folder, profile="tools").section("tools")
    assert len([b for b in walk(shown.blocks) if isinstance(b, Heading)]) > 2


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_what_was_said_openly_alone_has_a_report_and_a_workbook_of_actions(
    tmp_path: Path, language: str
) -> None:
    folder = engaged(tmp_path / "nordby", "partner-pairs", "roadmap", language=language)
    engagement = engagements.load(folder)
    with pytest.raises(StoreError, match="no answers"):
        assess(folder, profile="tools")
    with open_records(engagement) as keeper:
        said = (("hr", "HR"),)
        keeper.put(OpenLine("partner-pairs", "setup", "", "pair-1.area", said=said))
    found = assess(folder, profile="tools")
    with quick.undrawn():
        blocks = list(walk(found.section("roadmap").blocks))
    heads = [plain(b.text) for b in blocks if isinstance(b, Heading)]
    # No subject has figures, so none is counted in the title; what the pairs ask for stands there.
    assert heads[0] == found.context.words("report.roadmap.title")
    assert not any(isinstance(b, Table) and not b.rows for b in blocks) and len(heads) > 1
    assert hrkit.actions(folder, output=tmp_path / "plan.xlsx").is_file()


def test_the_tools_report_prints_without_an_answer(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "partner-pairs")
    with open_records(engagements.load(folder)) as keeper:
        said = (("hr", "HR"),)
        keeper.put(OpenLine("partner-pairs", "setup", "", "pair-1.area", said=said))
    done = hrkit.report(folder, profile="tools", output=tmp_path / "r.pdf")
    assert 3 <= len(pages.pages_of(done.pdf)) <= 6
