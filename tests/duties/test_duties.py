"""What is kept of somebody is shown, erased to the last byte, and written down as done."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import hrkit
from hrkit.answers.slips import Slip
from hrkit.answers.store import open_store
from hrkit.cli import main
from hrkit.cli.base import answerable
from hrkit.commands.duties.purge import since_when
from hrkit.commands.duties.reminder import overdue
from hrkit.disclosure.release import freeze, issue
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from tests.cli.conftest import hrkit as run

WORDS = "Nobody asked the night shift about the rota, she said"


@pytest.fixture(scope="module")
def answered_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An engagement with twelve leaders, one of whom has a code and wrote a comment."""
    folder = tmp_path_factory.mktemp("duties") / "acme"
    hrkit.new(folder, "Acme A/S", "en")
    path = folder / "engagement.yml"
    text = path.read_text("utf-8").replace('name: ""', 'name: "Ann"', 1)
    path.write_text(text.replace('en: ""', 'en: "The board."', 1), "utf-8")
    engagement = engagements.load(folder)
    instrument = engagement.instrument
    comment = next(q for q in instrument.questions("leader") if q.facet.scale.kind == "text")
    rated = [q for q in instrument.questions("leader") if q.facet.scale.kind == "rating"][:12]
    with open_store(engagement) as store:
        (code,) = store.hand_out("w1", Slip("org", "leader"), 1)
        for n in range(12):
            who = store.begin("w1", "org", "leader", code=code if n == 0 else None)
            with store._write() as connection:  # many answers at once, for the test's sake
                from hrkit.answers.schema import answers

                connection.execute(
                    answers.insert(),
                    [
                        {"respondent": who, "item": q.item.id, "facet": q.facet.id, "value": v}
                        for q, v in zip(rated, "345234512345"[n:] + "4" * n, strict=True)
                    ],
                )
            if n == 0:
                store.save(who, comment.item.id, comment.facet.id, WORDS)
        (id,) = store.comments("w1")["id"]
    text = path.read_text("utf-8") + f'\ncomments:\n  - {{id: "{id}", text: "{WORDS}."}}\n'
    path.write_text(text, "utf-8")
    return folder, code


@pytest.fixture
def answered(answered_once: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[Path, str]]:
    folder, code = answered_once
    there = tmp_path / "acme"
    shutil.copytree(folder, there)
    before = tempfile.tempdir
    tempfile.tempdir = str(tmp_path / "temporary")
    Path(tempfile.tempdir).mkdir()
    yield there, code
    tempfile.tempdir = before


def everything(*places: Path) -> Iterator[tuple[Path, bytes]]:
    """Every byte of every file, packed ones unpacked."""
    for place in places:
        for path in sorted(place.rglob("*")):
            if not path.is_file():
                continue
            yield path, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    yield from ((path, packed.read(name)) for name in packed.namelist())


def found(words: list[str], *places: Path) -> list[str]:
    forms = [f for w in words for f in (w.encode(), w.encode("utf-16-le"))]
    return [path.name for path, data in everything(*places) if any(f in data for f in forms)]


def littered(folder: Path, words: str) -> None:
    """What people and programs leave beside a store."""
    notebook = {
        "cells": [
            {
                "cell_type": "code",
                "metadata": {},
                "source": "report",
                "execution_count": 3,
                "outputs": [{"output_type": "stream", "name": "stdout", "text": [words]}],
            }
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / ".ipynb_checkpoints").mkdir()
    for name in ("kept.ipynb", ".ipynb_checkpoints/kept-checkpoint.ipynb"):
        (folder / name).write_text(json.dumps(notebook), "utf-8")
    shutil.copy2(folder / "answers.sqlite", folder / "answers.sqlite.backup-v4")
    shutil.copy2(folder / "answers.sqlite", folder / "answers (Laptop's conflicted copy).sqlite")
    with zipfile.ZipFile(folder / "report.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:t>{words}</w:t>")
    left = Path(tempfile.gettempdir()) / "hrkit-report-old"
    left.mkdir()
    (left / "document.json").write_text(words, "utf-8")
    os.utime(left, (0, 0))


def test_after_an_erasure_no_byte_of_the_person_is_left(answered: tuple[Path, str]) -> None:
    folder, code = answered
    engagement = engagements.load(folder)
    issue(engagement, "w1")
    with open_store(engagement, write=False) as store:
        (key,) = store.find(code)
    littered(folder, WORDS)
    temporary = Path(tempfile.gettempdir())
    assert {"answers.sqlite", "engagement.yml", "kept.ipynb", "report.docx"} <= set(
        found([key, WORDS], folder, temporary)
    )
    rehearsed = hrkit.duties.erase(folder, code, rehearse=True)
    assert rehearsed.waves == ("w1",) and not any(one.gone for one in rehearsed.left)
    assert found([key], folder)

    done = hrkit.duties.erase(folder, code.lower(), files=True)
    assert done.waves == ("w1",) and not done.rehearsed
    assert {one.path.name for one in done.left if one.gone} == {
        "report.docx",
        "answers (Laptop's conflicted copy).sqlite",
    }
    assert found([key, code, WORDS, "night shift about the rota"], folder, temporary) == []
    after = engagements.load(folder)
    assert not after.comments and not hrkit.check(folder).problems
    with open_store(after, write=False) as store:
        assert len(store.read("w1").people) == 11
    with pytest.raises(HrkitError, match="Nothing is kept under this code"):
        hrkit.duties.erase(folder, code)


def test_files_that_are_somebodys_work_are_named_first(answered: tuple[Path, str]) -> None:
    folder, code = answered
    littered(folder, WORDS)
    done = run("duties", "erase", folder, code)
    assert done.code == 0, done.text
    assert "report.docx: holds words" in done.text and "--files deletes them" in done.text
    assert (folder / "report.docx").is_file()
    assert not (folder / "answers.sqlite.backup-v4").exists()
    assert "Answers that were given without this code" in done.text


def test_what_remains_of_a_release_is_said_and_why(answered: tuple[Path, str]) -> None:
    folder, code = answered
    freeze(engagements.load(folder), "w1", dt.date(2026, 5, 1))
    done = hrkit.duties.erase(folder, code)
    assert "w1 was released on 2026-05-01: its figures stay" in done.remains[0]


def test_a_code_that_was_handed_out_and_not_used_goes_too(answered: tuple[Path, str]) -> None:
    folder, _ = answered
    with open_store(engagements.load(folder)) as store:
        (code,) = store.hand_out("w1", Slip("org", "hr"), 1)
    assert hrkit.duties.erase(folder, code).waves == ()
    with open_store(engagements.load(folder), write=False) as store:
        assert store.handed(code, "w1") is None


def test_somebody_gets_what_is_kept_and_what_nobody_can_say(answered: tuple[Path, str]) -> None:
    folder, code = answered
    done = hrkit.duties.export_subject(folder, code, language="da")
    pdf, data = done.paths
    assert pdf.read_bytes().startswith(b"%PDF")
    told = json.loads(data.read_text("utf-8"))
    (wave,) = told["kept"]
    assert wave["perspective"] and len(wave["answers"]) == 13
    assert WORDS in {row["answer"] for row in wave["answers"]}
    assert all(row["question"] != row["item"] for row in wave["answers"])
    assert len(told["cannot_be_known"]) == 4
    assert code not in data.read_text("utf-8") and code not in data.name
    assert stat.S_IMODE(data.stat().st_mode) == 0o600
    with pytest.raises(HrkitError, match="Nothing is kept"):
        hrkit.duties.export_subject(folder, "K7MQ-4XRT-9B")
    # Whose it was it does not say: it is named with every erasure.
    left = hrkit.duties.erase(folder, code, files=True).left
    assert {pdf.name, data.name} <= {one.path.name for one in left if one.gone}


def test_a_purge_takes_waves_that_lie_back_far_enough(answered: tuple[Path, str]) -> None:
    folder, code = answered
    engagement = engagements.load(folder)
    freeze(engagement, "w1", dt.date(2024, 5, 1))
    with open_store(engagement, write=False) as store:
        keys = list(store.read("w1").people["respondent"])
    littered(folder, WORDS)
    (stays,) = hrkit.duties.purge(folder, older_than="2020-01-01").kept
    assert str(stays) == "w1: it ended on 2024-05-01"
    done = hrkit.duties.purge(folder, older_than="12 months", files=True)
    assert done.waves == ("w1",)
    assert found([*keys, WORDS, code], folder, Path(tempfile.gettempdir())) == []
    with open_store(engagement, write=False) as store:
        assert not store.waves() and store.releases("w1")
    with pytest.raises(HrkitError, match="no day and no age"):
        hrkit.duties.purge(folder, older_than="soon")


@pytest.mark.parametrize(
    ("said", "day"),
    [("730d", (2025, 3, 31)), ("13 months", (2026, 2, 28)), ("1Y", (2026, 3, 31))],
)
def test_an_age_is_a_day(said: str, day: tuple[int, int, int]) -> None:
    assert since_when(said, dt.date(2027, 3, 31)) == dt.date(*day)


def test_every_command_reminds_of_the_day_that_was_promised(answered: tuple[Path, str]) -> None:
    folder, _ = answered
    settings = folder / "engagement.yml"
    engagement = engagements.load(folder)
    assert engagement.duties.answers_until and engagement.duties.reports_until
    assert "were to be kept until" not in run("check", folder).text
    until = engagement.duties.answers_until.isoformat()
    settings.write_text(settings.read_text("utf-8").replace(until, "2024-01-31"), "utf-8")
    for command in (("check", folder), ("comments", folder), ("duties", "audit", folder)):
        assert "were to be kept until 2024-01-31" in run(*command).text
    # However it ends, from wherever it is called, and of whatever it is told.
    said = "Answers in acme were to be kept until 2024-01-31"
    failed = run("sheet", folder, "--unit", "nowhere")
    assert failed.code == 1 and said in failed.text
    for given in ((folder.parent,), (settings,), (folder, folder.parent)):
        assert run("check", *given[:1]).text.count(said) == 1
    with contextlib.chdir(folder):
        assert said in run("check", ".").text
    for n in range(3):
        shutil.copytree(folder, folder.parent / f"copy-{n}")
    text = run("check", folder.parent).text
    assert "Answers in 4 folders of" in text and "copy-2 (2024-01-31)" in text
    assert hrkit.duties.purge(folder).waves == ("w1",)
    assert "were to be kept" not in run("check", folder).text


@pytest.mark.parametrize(
    ("written", "passed"),
    [
        ('answers_until: "2024-01-31"', True),
        ("'answers_until' : 2024-01-31", True),
        ("answers_until: &day 2024-01-31", True),
        ("answers_until: 2099-01-31", False),
        ("# answers_until: 2024-01-31", False),
    ],
)
def test_a_day_is_read_however_it_is_written(
    answered: tuple[Path, str], written: str, passed: bool
) -> None:
    settings = answered[0] / "engagement.yml"
    text = re.sub(r"answers_until: *\S+?(?=[,}\s])", written, settings.read_text("utf-8"), count=1)
    assert written in text
    settings.write_text(text, "utf-8")
    assert (overdue(answered[0]) is not None) is passed


def test_every_command_reminds() -> None:
    """Each goes through what says it; so that no new one is left out."""

    def leaves(group: click.Group) -> Iterator[click.Command]:
        for one in group.commands.values():
            yield from leaves(one) if isinstance(one, click.Group) else (one,)

    def around(function: Any) -> Iterator[Any]:
        while function is not None:
            yield function.__code__
            function = getattr(function, "__wrapped__", None)

    reminding = answerable(lambda: None).__code__
    assert [one.name for one in leaves(main) if reminding not in around(one.callback)] == []


def test_it_is_written_down_who_did_what_when(answered: tuple[Path, str]) -> None:
    folder, code = answered
    issue(engagements.load(folder), "w1")
    hrkit.duties.export_subject(folder, code)
    hrkit.duties.erase(folder, code)
    done = hrkit.duties.audit(folder)
    assert [one.what for one in done] == ["made", "codes", "issue", "export", "erase"]
    assert {one.day for one in done} == {dt.date.today()}
    assert any(one.who for one in done)
    text = run("duties", "audit", folder).text
    assert "erase" in text and code not in text and WORDS not in text


def test_what_the_kit_writes_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        folder = tmp_path / "beta"
        assert run("new", folder, "--name", "Beta", "--language", "nl").code == 0
        hrkit.new(tmp_path / "gamma", "Gamma", "da")
        settings = folder / "engagement.yml"
        settings.write_text(settings.read_text("utf-8").replace('name: ""', 'name: "Ann"'), "utf-8")
        assert run("template", folder, "-o", folder / "form.xlsx").code == 0
    finally:
        assert os.umask(before) == 0o022
    for place in (folder, tmp_path / "gamma"):
        for path in (place, *place.rglob("*")):
            assert not path.stat().st_mode & 0o077, path


def test_a_pdf_is_read_page_by_page(answered: tuple[Path, str]) -> None:
    pytest.importorskip("pypdfium2", reason="needs hrkit[pdf]")
    from hrkit.blocks import Paragraph
    from hrkit.commands.duties.needles import needles_of
    from hrkit.commands.duties.residue import cleared
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.running import paper_info

    folder, code = answered
    engagement = engagements.load(folder)
    info = paper_info(engagement, engagement.words("en"), "A paper", dt.date(2026, 1, 1))
    filler = "Something else stands here in between, and says nothing of it. "

    def printed(name: str, text: str) -> None:
        (folder / name).write_bytes(render_pdf((info, Paragraph(text))))

    printed("with.pdf", WORDS)
    printed("code.pdf", f"Keep it: {code}")
    printed("without.pdf", filler * 20)
    # A comment runs over the end of a page: one half of it stands whole.
    printed("over.pdf", f"{filler * 81}{WORDS}. {filler * 5}")
    import pypdfium2

    pages = [
        one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(folder / "over.pdf")
    ]
    assert len(pages) == 2 and not any("about the rota, she said" in one for one in pages)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    needles = needles_of({code}, {WORDS}, True)
    found = cleared(folder, needles, lambda path: path.suffix != ".pdf", files=False, rehearse=True)
    kinds = {one.path.name: one.kind for one in found}
    assert kinds.pop("code.pdf") == "names"
    assert kinds.pop("broken.pdf") == "printed"
    assert kinds == {"with.pdf": "words", "over.pdf": "words"}
