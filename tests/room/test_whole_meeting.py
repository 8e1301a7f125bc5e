"""A whole meeting in Danish: from slips to the agreements that are printed, every frame kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

import hrkit
from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from hrkit.records.store import records_of
from tests.forms.conftest import make_folder
from tests.quick import undrawn, without_kernel
from tests.room.test_hub import answer_all
from tests.room.test_meeting import Gathered, Page

SECRET = "kun for mig"


def test_from_slips_to_printed_agreements(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "acme")
    engagement = engagements.load(folder)
    wave = engagement.wave().id
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        codes = [
            *store.hand_out(wave, Slip("care-north", "leader"), 14),
            *store.hand_out(wave, Slip("all", "hr"), 10),
        ]
        pages = [room.join(code) for code in codes]
        for i, page in enumerate(pages):
            answer_all(page, lambda n, i=i: str((n + i * 2) % 4 + (1 if i < 14 else 2)))
            page.say("answer", key="open.01", value=f"{SECRET} {i}", was=[None], stamp=999)
        before = {id(page): len(page.frames) for page in (room.wall, room.host)}
        room.reveal()
        assert room.wall.frames[-1]["profile"]["rows"]
        state = room.meet("begin")
        assert state["meeting"]["topics"]
        dimension = room.hub.meeting.talk.topics[0].dimension
        room.meet("topic", topic=dimension)
        room.meet("open")
        first = [2] * 12 + [3] * 12
        room.ballot(pages, "first", first)
        told = [json.dumps(p.frames) for p in (room.wall, room.host)]
        assert not any('"tenths"' in one or '"votes": {' in one for one in told)
        room.meet("close")
        room.hub.closed()
        room.meet("clock", what="start")
        room.meet("question", question=1)
        room.meet("open")
        second = [3] * 12 + [4] * 12
        room.ballot(pages, "second", second)
        room.meet("close")
        room.hub.closed()
        room.meet("reveal")
        assert room.on_wall["votes"]["title"] == "Midten er rykket op"
        room.meet("agree", level=3, evidence="HR-dag i Nord siden april", what="draft")
        assert (
            room.on_wall["agreed"]["rows"][0]["draft"] is True if "agreed" in room.on_wall else True
        )
        shift = "Lederne vidste ikke, at HR-dagen fandtes"
        room.meet("agree", level=3, evidence="HR-dag i Nord siden april", shift=shift, what="lock")
        room.meet("agree", scope="table:2", level=2, evidence="Ikke hos os", what="lock")
        room.meet("action", topic=dimension, what="Fast HR-dag hver anden uge", owner="HR-partnerne",
                  due="2027-01-15", horizon="now", sign="Dagen bliver brugt")  # fmt: skip
        room.meet("actions")
        phone = room.seen(pages[3])
        assert phone["kind"] == "records" and phone["actions"][0]["due"] == "15. januar 2027"
        read = Page(room.hub, "phone")
        room.hub.phone(read.line, {"type": "wall", "language": "da"})
        shown = dict(room.wall.frames[-1])
        assert read.frames[-1]["show"] == {k: v for k, v in shown.items() if k != "type"}
        room.give("end")

        # Nobody got what is another's: no words, and no level but one's own.
        for i, page in enumerate(pages):
            for j in range(len(pages)):
                assert (f'{SECRET} {j}"' in page.text) is (i == j and f'{SECRET} {i}"' in page.text)
            own = {first[i], second[i], None}
            for frame in page.frames:
                meeting = frame.get("meeting") or {}
                assert {meeting.get("mine"), meeting.get("first")} <= own
        for page in (room.wall, room.host):
            assert SECRET not in page.text and before[id(page)] < len(page.frames)
            assert not any(code in page.text for code in codes)
        journal = room.book.path.read_text("utf-8")
        assert SECRET not in journal and "care-north" not in journal
        # What was done, with totals: of how many a vote was, and of how many it is.
        noted = [{k: v for k, v in row.items() if k != "at"} for row in room.book.journal]
        votes = [(row["voted"], row["of"]) for row in noted if "of" in row]
        assert votes == [(0, 24), (24, 24), (0, 24), (24, 24)]
        (shut,) = [row for row in noted if row["what"] == "closed"]
        assert (shut["joined"], shut["begun"], shut["done"]) == (24, 24, 24)

    records = records_of(engagement)
    assert records.level(dimension).level == 3 and records.actions[0].owner == "HR-partnerne"
    assert records.moved(dimension).shift == "higher"
    with without_kernel(), undrawn():
        path = hrkit.report(folder, language="da", profile="workshop").pdf
    text = " ".join(
        " ".join(page.get_textpage().get_text_range().split()) for page in PdfDocument(path)
    )
    for said in ("Det aftalte vi", "Niveau 3", "HR-dag i Nord siden april", "Bord 2",
                 "Fast HR-dag hver anden uge", "15. januar 2027", "Dagen bliver brugt"):  # fmt: skip
        assert said in text, said


pytestmark = pytest.mark.slow
