"""The papers are filled in from what the engagement says, and say that somebody has to check them."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import hrkit
from hrkit import kit
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.duty_papers import BLANK, Duty, StorePlace, duty_papers
from hrkit.model.engagement import DutyFacts, Engagement, Invited, protection_of
from hrkit.model.languages import codes
from hrkit.model.schema import schema_problems
from hrkit.model.yamlfile import read_yaml
from hrkit.report.handouts.duty import cnil, duty_blocks

DUTIES = DutyFacts(
    dt.date(2028, 1, 31), dt.date(2031, 1, 31), "Kim, dpo@acme.example", "public-task"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("papers") / "acme"
    hrkit.new(place, "Acme A/S", "en")
    path = place / "engagement.yml"
    path.write_text(path.read_text("utf-8").replace('name: ""', 'name: "Ann"', 1), "utf-8")
    return place


@pytest.fixture(scope="module")
def told(folder: Path) -> Engagement:
    """An engagement in which a consultant has decided what one decides."""
    found = engagements.load(folder)
    waves = tuple(replace(w, closes=dt.date(2026, 5, 1)) for w in found.waves)
    return replace(
        found,
        duties=DUTIES,
        waves=waves,
        invited=(Invited("w1", "org", "leader", 40),),
        audience=dict.fromkeys(codes(), "The board."),
        country="nl",
    )


def texts(paper: Duty) -> str:
    rows = (f"{row.label} {row.text}" for row in paper.rows)
    return "\n".join((paper.to, paper.title, paper.intro, *rows, paper.closing))


@pytest.mark.parametrize("language", ["en", "da", "nl"])
def test_each_is_filled_in_by_four_fifths(told: Engagement, language: str) -> None:
    papers = duty_papers(told, language)
    assert [one.id for one in papers] == [
        "assessment",
        "record",
        "notice",
        "retention",
        "representatives",
    ]
    for paper in papers:
        assert paper.filled >= 0.8, (paper.id, [r.label for r in paper.rows if r.open])
        assert not re.search(r"\{\w+\}", texts(paper))


def test_a_new_engagement_is_told_what_is_left_to_decide(folder: Path) -> None:
    for paper in duty_papers(engagements.load(folder), "en"):
        assert paper.filled >= 0.5
        assert {"basis", "officer"} & {name for row in paper.rows for name in row.open}
        assert BLANK in texts(paper)


@pytest.mark.parametrize("language", ["en", "da", "nl"])
def test_none_says_that_answers_are_anonymous(told: Engagement, language: str) -> None:
    for paper in duty_papers(told, language):
        for text in (*texts(paper).splitlines(),):
            if found := re.search(r"anonym|anoniem", text, re.IGNORECASE):
                before = text[max(0, found.start() - 60) : found.start()].casefold()
                assert re.search(r"\b(not|ikke|niet)\b", before), text


@pytest.mark.parametrize(
    ("language", "word"), [("en", "consent"), ("da", "samtykke"), ("nl", "toestemming")]
)
def test_a_notice_speaks_of_consent_where_the_processing_rests_on_it(
    told: Engagement, language: str, word: str
) -> None:
    by_consent = replace(told, duties=replace(DUTIES, basis="consent"))
    for engagement, said in ((told, False), (by_consent, True)):
        (notice,) = [one for one in duty_papers(engagement, language) if one.id == "notice"]
        rights = [row for row in notice.rows if word in row.label.casefold()]
        assert bool(rights) is said
        assert said or word not in texts(notice).casefold()


def test_what_holds_here_is_what_is_said(told: Engagement, folder: Path) -> None:
    dutch = {one.id: texts(one) for one in duty_papers(told, "nl")}
    assert "instemming van de ondernemingsraad" in dutch["representatives"]
    assert "Autoriteit Persoonsgegevens" in dutch["notice"]
    stricter = replace(told, protection=protection_of(7, 15, True))
    (first, *_) = duty_papers(stricter, "en", place=StorePlace(encrypted=True, program="Dropbox"))
    assert "Averages from 8 answers, comments and spread from 16" in texts(first)
    assert "readers who know one answer from every group" in texts(first)
    assert "The file is encrypted" in texts(first) and "sub-processor" in texts(first)
    assert "that Dropbox synchronises" in texts(first)


def test_they_are_written_for_word_and_print_and_marked(folder: Path, tmp_path: Path) -> None:
    done = hrkit.duties.papers(folder, ["notice"], output=tmp_path)
    assert [path.suffix for path in done.paths] == [".docx", ".pdf"]
    assert "write in" in done.messages[0]
    engagement = engagements.load(folder)
    for paper in duty_papers(engagement, "en"):
        blocks = str(duty_blocks(paper, engagement.words("en")))
        assert "completed and checked by your own adviser" in blocks
    with pytest.raises(HrkitError, match="There is no paper 'notise'"):
        hrkit.duties.papers(folder, ["notise"])


def test_the_assessment_is_one_for_the_cnil_tool(told: Engagement) -> None:
    (paper, second, *_) = duty_papers(told, "da")
    words, day = told.words("da"), dt.date(2026, 3, 1)
    found = cnil(paper, words, told, day)
    assert found is not None and cnil(second, words, told, day) is None
    data = json.loads(json.dumps(found))
    assert set(data) == {"pia", "answers", "measures", "evaluations", "comments"}
    asked = [111, 112, 113, 121, 122, 123, *range(211, 216), *range(221, 228)]
    asked += [n + i for n in (320, 330, 340) for i in range(1, 7)]
    assert sorted(a["reference_to"] for a in data["answers"]) == asked
    for answer in data["answers"]:
        assert set(answer["data"]) == {"text", "gauge", "list"}
        listed = answer["reference_to"] in {n + i for n in (320, 330, 340) for i in range(1, 5)}
        assert bool(answer["data"]["list"]) is listed
        risen = answer["reference_to"] in {n + i for n in (320, 330, 340) for i in (5, 6)}
        assert (answer["data"]["gauge"] in (1, 2, 3, 4)) is risen
    titles = [m["title"] for m in data["measures"]]
    assert len(titles) == len(set(titles)) >= 6
    chosen = next(a for a in data["answers"] if a["reference_to"] == 324)
    assert chosen["data"]["list"] == titles
    assert data["pia"]["status"] == 0 and "rådgiver" in data["pia"]["category"]


def test_one_more_paper_is_a_file(told: Engagement, tmp_path: Path) -> None:
    (tmp_path / "duties").mkdir()
    path = tmp_path / "duties" / "balance.yml"
    path.write_text(
        'id: balance\nto: {en: "The board"}\ntitle: {en: "Interests weighed"}\n'
        'parts:\n  - title: {en: "Points"}\n    rows:\n'
        '      - {label: {en: "Whose"}, text: {en: "{client}: {k}"}}\n',
        "utf-8",
    )
    own = replace(told, folder=tmp_path, languages=("en",))
    assert texts(duty_papers(own, "en")[-1]).endswith("Whose Acme A/S: 5\n")
    path.write_text(path.read_text("utf-8").replace("rows:", "row:"), "utf-8")
    with pytest.raises(HrkitError, match="Papers of this engagement cannot be used"):
        duty_papers(own, "en")


@pytest.mark.parametrize(
    "path", sorted((kit.templates() / "duties").glob("*.yml")), ids=lambda p: p.stem
)
def test_the_kits_own_are_of_the_right_shape(path: Path) -> None:
    source = read_yaml(path)
    assert source.data["id"] == path.stem
    assert schema_problems(source, "duty") == ()


@pytest.mark.parametrize("language", ["en", "da", "nl"])
def test_each_speaks_of_what_its_instrument_asks(told: Engagement, language: str) -> None:
    about = {}
    for id in ("partnership", "service-check", "role-blueprint", "mirror", "chain-dialogue"):
        other = replace(told, instrument=instruments.load(id))
        papers = {one.id: one for one in duty_papers(other, language)}
        words = other.words(language)("letters.about", instrument="X")
        assert "X" not in words
        for name in ("assessment", "record", "notice", "representatives"):
            assert words in texts(papers[name]), (id, name)
        about[id] = words
    assert len(set(about.values())) == len(about)
    others = "".join(texts(one) for one in duty_papers(other, language))
    assert about["partnership"] not in others


def test_a_client_s_own_instrument_borrows_no_words(told: Engagement) -> None:
    own = replace(told.instrument, id="ours", title={"en": "Our survey"}, speaks=())
    for paper in duty_papers(replace(told, instrument=own), "en"):
        assert "how leaders and HR work together" not in texts(paper)
        if paper.id not in ("retention", "record"):
            assert "how things stand with what “Our survey” is about" in texts(paper)


def test_tools_that_are_asked_besides_are_named(told: Engagement) -> None:
    asked = replace(told, tools=("mirror", "gains", "services"), asked={"services": ("w9",)})
    for paper in duty_papers(asked, "en"):
        named = "questionnaires of their own: Mirror of assumptions. Their" in texts(paper)
        assert named is (paper.id in ("assessment", "record", "notice"))
    assert not any("Asked besides" in texts(one) for one in duty_papers(told, "en"))
