"""What was agreed stands beside what was measured; the roadmap and the next round take it up."""

from __future__ import annotations

import dataclasses

import pytest

from hrkit.blocks import Table, plain, walk
from hrkit.model.followed import Followed
from hrkit.records.values import Agreed, GroupWords, Records, VotesMoved
from hrkit.report.handouts.agreement_form import agreements
from hrkit.report.sections.roadmap import roadmap


@pytest.fixture(scope="module")
def context(client):
    return client("municipality", "da").context


def with_records(ctx, **records):
    return dataclasses.replace(ctx, records=Records(**records))


def said(blocks) -> str:
    from hrkit.blocks import Heading, Paragraph

    found = []
    for block in walk(blocks):
        if isinstance(block, Table):
            found += [plain(cell) for row in block.rows for cell in row]
        elif isinstance(block, Heading | Paragraph):
            found.append(plain(block.text))
    return "\n".join(found)


AGREED = Agreed(
    "presence", "w1", level=3, evidence="HR-dag siden april", shift="Ingen kendte den", locked=True
)
VOTES = VotesMoved("presence", "w1", "tenths 0,5,5,0,0", "middle 3", "higher")
ACTION = Followed(
    "Fast HR-dag ude",
    "presence",
    "open",
    "w1",
    "",
    "HR-partnerne",
    "",
    "2027-01-15",
    "now",
    "Dagen bliver brugt",
)


def test_a_level_that_was_agreed_stands_beside_both_averages(context) -> None:
    ctx = with_records(
        context,
        agreed=(AGREED,),
        votes=(VOTES,),
        actions=(ACTION,),
        words=(GroupWords("Vi prøver", "w1"),),
    )
    text = said(agreements(ctx))
    section = next(s for s in ctx.instrument.dimensions if s.id == "presence")
    for side in ctx.sides:
        assert f"{side.label} {ctx.mean(ctx.score(section, side.group))}" in text
    for word in ("Niveau 3: Med faste aftaler", "HR-dag siden april", "Ingen kendte den", "omkring niveau 2–3 → omkring niveau 3",
                 "Fast HR-dag ude", "HR-partnerne", "15. januar 2027", "Dagen bliver brugt", "Vi prøver", "Alle i rummet"):  # fmt: skip
        assert word in text, word


def test_a_draft_is_not_printed_and_the_form_stays(context) -> None:
    ctx = with_records(context, agreed=(dataclasses.replace(AGREED, locked=False),), votes=(VOTES,))
    assert said(agreements(ctx)) == said(agreements(context))


def test_tables_and_parties_say_whose_word_it_is(context) -> None:
    table = dataclasses.replace(AGREED, scope="table:3", level=None, views="Ja; nej")
    party = dataclasses.replace(AGREED, scope="party:top", level=4)
    text = said(agreements(with_records(context, agreed=(table, party))))
    assert "Bord 3" in text and "Ja; nej" in text and "sagt åbent" in text


def test_what_was_agreed_takes_its_place_on_the_roadmap(context) -> None:
    before, after = said(roadmap(context)), said(roadmap(with_records(context, actions=(ACTION,))))
    assert "Fast HR-dag ude" not in before
    assert "Aftalt: Fast HR-dag ude" in after and "Aftalt på mødet: ét skridt." in after
    dropped = dataclasses.replace(ACTION, status="dropped")
    assert said(roadmap(with_records(context, actions=(dropped,)))) == before


def test_without_records_the_report_is_what_it_was(context) -> None:
    assert said(roadmap(with_records(context))) == said(roadmap(context))
