"""A side that is too small to be shown places itself openly: from the phones' yes to the printed page.

Four HR people and a dozen leaders.  Nothing of the four's answers is anywhere; what they say aloud, as
a group, stands beside the leaders' figures as what it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

import hrkit
from hrkit.answers.store import Slip, open_store
from hrkit.commands.agreements import agreements
from hrkit.model import engagement_file as engagements
from hrkit.records.store import records_of
from tests.forms.conftest import make_folder
from tests.quick import undrawn, without_kernel
from tests.room.test_hub import answer_all
from tests.room.test_meeting import Gathered

EVIDENCE = "Fredagsmødet med alle tre områder"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Gathered]:
    engagement = engagements.load(make_folder(tmp_path / "acme"))
    wave = engagement.wave().id
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        codes = [
            *store.hand_out(wave, Slip("care-north", "leader"), 12),
            *store.hand_out(wave, Slip("all", "hr"), 4),
        ]
        room.pages = [room.join(code) for code in codes]  # type: ignore[attr-defined]
        for i, page in enumerate(room.pages):  # type: ignore[attr-defined]
            answer_all(page, lambda n, i=i: str((n + i) % 4 + (1 if i < 12 else 2)))
        room.reveal()
        room.meet("begin")
        yield room


@pytest.mark.slow
def test_a_groups_word_goes_from_the_phones_to_the_page(room: Gathered, tmp_path: Path) -> None:
    w = room.engagement.words("da")
    hr = room.pages[12:]  # type: ignore[attr-defined]
    released = room.hub.meeting.released()
    root, topic = room.engagement.root.id, room.hub.meeting.talk.topics[0].dimension
    theirs = next(g for g in released.groups if g.perspectives == ("hr",))
    assert not any(
        released.score(s.id, theirs.id, root).shown for s in room.engagement.instrument.dimensions
    )
    room.meet("party", party="hr", what="ask")
    for page in hr:
        page.say("consent", party="hr", yes=1)
    room.meet("party", party="hr", what="see")
    room.meet("topic", topic=topic)
    room.meet("agree", scope="party:hr", level=2, evidence=EVIDENCE, what="draft")
    assert room.on_wall["kind"] != "placed"  # a draft is no public word
    state = room.meet("agree", scope="party:hr", level=2, evidence=EVIDENCE, what="lock")

    # Host and wall: the group's word, beside the one figure that is released.
    shown = room.on_wall["placed"]
    assert shown["placed"]["level"] == 2 and shown["placed"]["evidence"] == EVIDENCE
    (leaders,) = shown["measured"]
    mean = w.number(released.score(topic, leaders_of(released), root).mean)
    assert leaders == {"name": w("workshop.from_survey", name="Ledere"), "text": mean}
    kept = next(one for one in state["meeting"]["topic"]["records"] if one["scope"] == "party:hr")
    assert kept["locked"] and kept["level"] == 2
    # A phone reads the wall, and afterwards what was agreed.
    room.meet("actions")
    agreed = room.seen(hr[0])["agreed"]
    assert [one["whose"] for one in agreed] == [w("workshop.scope.party", name="HR-partnere")]
    # Nobody heard who said yes, and nothing in the room's book holds what was said.
    assert '"consent"' not in room.host.text + room.wall.text
    assert EVIDENCE not in room.book.path.read_text("utf-8")
    room.give("end")

    # The record, and the workbook in which records go out and come back.
    records = records_of(room.engagement)
    placed = records.level(topic, "party:hr")
    assert (placed.level, placed.beside) == (2, room.book.round.version)
    book = agreements(room.engagement.folder, language="da", output=tmp_path)
    taken = agreements(room.engagement.folder, take=book)
    assert (taken.kept, taken.same) == (0, 1)

    # The page: the group's word, the other side's figure, and no figure of the group.
    with without_kernel(), undrawn():
        path = hrkit.report(room.engagement.folder, language="da", profile="workshop").pdf
    text = " ".join(
        " ".join(page.get_textpage().get_text_range().split()) for page in PdfDocument(path)
    )
    page = text[text.rindex(w("workshop.report.title")) :]
    level = room.engagement.instrument.level_name(2, section_of(room, topic))["da"]
    for said in (
        w("workshop.level", level=2, name=level),
        w("workshop.scope.party", name="HR-partnere"),
        EVIDENCE,
    ):
        assert said in page, said
    assert re.search(rf"Ledere\s+{re.escape(mean)}", page)
    assert not re.search(r"HR-partnere\s+\d,\d", page)


def leaders_of(released: object) -> str:
    return next(g.id for g in released.groups if g.perspectives == ("leader",))  # type: ignore[attr-defined]


def section_of(room: Gathered, topic: str) -> object:
    return next(s for s in room.engagement.instrument.dimensions if s.id == topic)


def test_whoever_takes_a_yes_back_before_it_is_written_is_heard(room: Gathered) -> None:
    hr = room.pages[12:]  # type: ignore[attr-defined]
    room.meet("party", party="hr", what="ask")
    for page in hr:
        page.say("consent", party="hr", yes=1)
    hr[2].say("consent", party="hr", yes=0)
    room.meet("party", party="hr", what="see")
    assert room.hub.meeting.talk.parties["hr"] == "declined"
    # Also after all have said yes, as long as nothing is written down; and by nobody else.
    room.meet("party", party="hr", what="ask")
    for page in hr:
        page.say("consent", party="hr", yes=1)
    room.meet("party", party="hr", what="see")
    leader = room.pages[0]  # type: ignore[attr-defined]
    assert room.seen(hr[1])["consented"] == "hr" and "consented" not in room.seen(leader)
    assert leader.say("consent", party="hr", yes=0)["type"] == "missed"
    assert hr[0].say("consent", party="hr", yes=1)["type"] == "missed"
    told = len(hr[1].frames)
    hr[1].say("consent", party="hr", yes=0)
    assert hr[1].frames[-1]["type"] == "got" and len(hr[1].frames) > told
    assert room.hub.meeting.talk.parties["hr"] == "declined"
    assert room.host.frames[-1]["meeting"]["parties"][0]["state"] == "declined"
    topic = room.hub.meeting.talk.topics[0].dimension
    room.meet("topic", topic=topic)
    assert room.refused("agree", scope="party:hr", level=2, evidence=EVIDENCE, what="lock")
    assert not records_of(room.engagement).agreed
    assert "party:hr" not in json.dumps(room.wall.frames)
