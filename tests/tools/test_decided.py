"""What a tool's meeting decided comes back: workbook, records, chapter, roadmap; in every language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

import hrkit
from hrkit.assessment.assessment import assess
from hrkit.assessment.parts import nobody
from hrkit.blocks import Heading, Table, plain, walk
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.report.context import Context
from hrkit.tools import forms_of, steps_of
from hrkit.tools.services.findings import services
from tests import pages
from tests.tools.played import engaged, typed

Fields = Mapping[str, str]
CARRIED = {"who": "HR-chefen", "by": "2027-03-01"}
#: Tool and sheet: what is written, by line; and the steps that follow from it.
DECIDED: Mapping[tuple[str, str], tuple[Mapping[str, Fields], list[str]]] = {
    ("mirror", "try"): (
        {"time": {"what": "Lederne beder HR om hjælp, før fristen", **CARRIED}},
        ["mirror:try:time"],
    ),
    ("services", "decide"): (
        {
            "hiring.leader": {"decision": "improve", "what": "Én at spørge i hundrede dage", **CARRIED},
            "pay.hours": {"decision": "keep"},
            "access.visits": {"decision": "stop", **CARRIED},
            "start-1": {"what": "En fast dag i hvert område", **CARRIED},
            "leaders": {"what": "Vi siger til i god tid", **CARRIED},
        },
        [
            "services:decide:hiring.leader",
            "services:decide:access.visits",
            "services:decide:start-1",
            "services:decide:leaders",
        ],
    ),
    ("chain-dialogue", "agreed"): (
        {
            "leading": {"what": "Den første mandag i måneden", **CARRIED},
            "room.peers": {"what": "Et kvarter efter ledermødet", **CARRIED},
        },
        ["chain-dialogue:agreed:leading", "chain-dialogue:agreed:room.peers"],
    ),
}  # fmt: skip


def label(folder: Path, name: str, said: Mapping[str, Fields]) -> dict[str, dict[str, str]]:
    """The same as a reader sees it: what is chosen from a list by its label."""
    engagement = engagements.load(folder)
    form = forms_of(engagement)[name](engagement, engagement.words("da"))
    known = {one.id: one for one in form.fields}
    return {
        id: {field: form.label(known[field], text) for field, text in fields.items()}
        for id, fields in said.items()
    }


def context(folder: Path, language: str) -> Context:
    engagement = engagements.load(folder)
    return assess(folder, language=language, released=nobody(engagement, "w1")).context


@pytest.mark.parametrize(("tool", "name"), DECIDED)
def test_what_was_decided_stands_in_chapter_and_roadmap(
    tmp_path: Path, tool: str, name: str
) -> None:
    folder = engaged(tmp_path / "nordby", tool) / tool
    said, asked = DECIDED[tool, name]
    hrkit.fill(
        folder, take=typed(folder, name, "da", label(folder, name, said), tmp_path / "a.xlsx")
    )
    for language in ("da", "nl", "en"):
        ctx = context(folder, language)
        words, found = (
            ctx.words,
            assess(folder, language=language, released=nobody(ctx.engagement, "w1")).section(
                "tools"
            ),
        )
        title = forms_of(ctx.engagement)[name](ctx.engagement, words).title
        assert title in [plain(b.text) for b in walk(found.blocks) if isinstance(b, Heading)]
        (table,) = [b for b in walk(found.blocks) if isinstance(b, Table) and b.summary == title]
        assert len(table.rows) == len(said)
        rows = " ".join(plain(cell) for row in table.rows for cell in row)
        assert "HR-chefen" in rows and words.date(dt.date(2027, 3, 1)) in rows
    steps = steps_of(context(folder, "da"))
    assert [step.id for step in steps] == asked
    assert all(step.agreed for step in steps)


@pytest.mark.parametrize(("tool", "name"), DECIDED)
def test_who_does_it_and_by_when_belong_to_it(tmp_path: Path, tool: str, name: str) -> None:
    folder = engaged(tmp_path / "nordby", tool) / tool
    row = {"mirror": "goals", "services": "start-2", "chain-dialogue": "down"}[tool]
    book = typed(folder, name, "da", {row: {"what": "Noget"}}, tmp_path / "a.xlsx")
    with pytest.raises(HrkitError) as refused:
        hrkit.fill(folder, take=book)
    assert len(refused.value.problems) == 2
    assert {one.fix for one in refused.value.problems} == {"say who does it, and by when"}


@pytest.mark.parametrize("tool", ["mirror", "chain-dialogue"])
def test_who_and_when_alone_decide_nothing(tmp_path: Path, tool: str) -> None:
    """Such a line would take the place of what the findings ask for, and ask for nothing itself."""
    folder = engaged(tmp_path / "nordby", tool) / tool
    name, row = {"mirror": ("try", "goals"), "chain-dialogue": ("agreed", "down")}[tool]
    book = typed(folder, name, "da", {row: CARRIED}, tmp_path / "a.xlsx")
    with pytest.raises(HrkitError) as refused:
        hrkit.fill(folder, take=book)
    (problem,) = refused.value.problems
    assert problem.what == "is empty" and problem.fix == "write what is done, or clear the line"


@pytest.mark.parametrize(
    ("row", "fields", "what"),
    [
        ("wellbeing.absence", {"decision": "stop", **CARRIED}, "stops what the law asks for"),
        ("access.visits", {"what": "Oftere"}, "is empty"),
        ("start-1", {"decision": "keep", "what": "Noget", **CARRIED}, "is for a service that there is"),
        ("start-1", {**CARRIED}, "is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused(
    tmp_path: Path, row: str, fields: Fields, what: str
) -> None:
    folder = engaged(tmp_path / "nordby", "services") / "services"
    book = typed(
        folder, "decide", "da", label(folder, "decide", {row: fields}), tmp_path / "a.xlsx"
    )
    with pytest.raises(HrkitError, match=what):
        hrkit.fill(folder, take=book)


def test_a_day_before_the_round_is_told(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "mirror")
    path = folder / engagements.FILE
    text = path.read_text("utf-8")
    path.write_text(text.replace('id: "w1", ', 'id: "w1", opens: "2026-10-01", ', 1), "utf-8")
    said = {"time": {"what": "Noget", "who": "HR-chefen", "by": "2024-03-01"}}
    book = typed(folder / "mirror", "try", "da", said, tmp_path / "a.xlsx")
    with pytest.raises(HrkitError, match="lies before the round opened"):
        hrkit.fill(folder / "mirror", take=book)


def test_the_catalogue_is_written_once_and_printed_for_leaders(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "services") / "services"
    everything = {
        one.item.id: {
            "gets": "Hjælp til opslag, samtaler og valg, så du er klar til samtalen",
            "who": "HR-partneren i dit område",
            "how": "Ring; svar samme dag",
        }
        for one in services(engagements.load(folder).instrument)
    }
    hrkit.fill(folder, take=typed(folder, "catalogue", "da", everything, tmp_path / "a.xlsx"))
    for language in ("da", "nl", "en"):
        made = hrkit.sheet(folder, name="catalogue", language=language)
        assert len(pages.pages_of(made)) <= 2
        assert "svar samme dag" in " ".join(pages.text_of(made).split())
    # Of what HR does not offer nothing stands on the page.
    one = engaged(tmp_path / "other", "services") / "services"
    few = dict(list(everything.items())[:3])
    hrkit.fill(one, take=typed(one, "catalogue", "da", few, tmp_path / "b.xlsx"))
    (table,) = [
        b for b in walk(assess(one, language="da", released=nobody(engagements.load(one), "w1"))
                        .tool_sheet("catalogue").blocks) if isinstance(b, Table)
    ]  # fmt: skip
    assert len(table.rows) == 3
