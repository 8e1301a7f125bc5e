"""A twelfth tool is one folder of data and one of code: made in a copy of the kit, and played from question to page.

The tests hold it as they hold the eleven, without a line of their own for it; README's table wants its name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hrkit import kit

ROOT = kit.templates().parents[1]

TOOL = """\
hrkit: 1
order: 12
title: {en: "Meetings", da: "Møder", nl: "Overleg"}
purpose: {en: "Shows which meetings help.", da: "Viser, hvilke møder der hjælper.", nl: "Laat zien welk overleg helpt."}
modes: [anonymous, record]
minutes: {leader: 1}
meeting: 20
"""
INSTRUMENT = """\
id: meetings
version: "1.0.0"
languages: [en, da, nl]
grid: false
title: {en: "Meetings", da: "Møder", nl: "Overleg"}
intro: {en: "Think of last week.", da: "Tænk på sidste uge.", nl: "Denk aan vorige week."}
perspectives: {asked: [leader]}
sources:
  field: {kind: practice, title: {en: "Field practice", da: "Praksis", nl: "Praktijk"}}
scales:
  agree:
    kind: rating
    values:
      - {value: 1, label: {en: "No", da: "Nej", nl: "Nee"}}
      - {value: 2, label: {en: "Partly", da: "Delvist", nl: "Deels"}}
      - {value: 3, label: {en: "Yes", da: "Ja", nl: "Ja"}}
facets:
  helps: {scale: agree, label: {en: "Does it help?", da: "Hjælper det?", nl: "Helpt het?"}}
sections:
  - id: weekly
    name: {en: "Weekly", da: "Ugentligt", nl: "Wekelijks"}
    about: {en: "Meetings of a week.", da: "Ugens møder.", nl: "Overleg van de week."}
    facets: [helps]
    score: false
    items:
      - id: weekly.01
        tags: [regular]
        source: {ref: field, idea: "meetings"}
        text: {any: {en: "Our weekly meeting helps.", da: "Vores ugemøde hjælper.", nl: "Ons weekoverleg helpt."}}
"""
TEXTS = """\
letters:
  about: {en: "which meetings help", da: "hvilke møder der hjælper", nl: "welk overleg helpt"}
  question: {en: "Which meetings help?", da: "Hvilke møder hjælper?", nl: "Welk overleg helpt?"}
meetings:
  title: {en: "Meetings: {mean}", da: "Møder: {mean}", nl: "Overleg: {mean}"}
  sheet: {en: "A sheet about meetings", da: "Et ark om møder", nl: "Een blad over overleg"}
  kept: {en: "What we keep", da: "Det beholder vi", nl: "Wat we houden"}
  help: {en: "One line.", da: "Én linje.", nl: "Eén regel."}
  step: {en: "Keep the weekly meeting.", da: "Behold ugemødet.", nl: "Houd het weekoverleg."}
  worksheet: {en: "Meetings", da: "Møder", nl: "Overleg"}
"""
CODE = '''\
"""Meetings."""

from hrkit.blocks import Heading, Paragraph, Table
from hrkit.blocks.worksheets import Worksheet
from hrkit.report.chapter import recipe
from hrkit.report.open_form import OpenField, OpenForm, OpenRow
from hrkit.report.tool_steps import ToolStep


def asked(ctx):
    """The statements, by what they are tagged: no id of an instrument stands in code."""
    return [item.id for item in ctx.instrument.items.values() if "regular" in item.tags]


def chapter(ctx):
    score = ctx.score(asked(ctx)[0], ctx.released.groups[0].id)
    mean = ctx.words.number(score.mean)
    return (
        Heading(ctx.words("meetings.title", mean=mean), new_page=True),
        Table((ctx.words("meetings.worksheet"),), ((mean,),)),
    )


def worksheet(ctx):
    title = ctx.words("meetings.worksheet")
    return Worksheet(title, title, (title,), tuple((id,) for id in asked(ctx)))


def sheet(ctx):
    return (Heading(ctx.words("meetings.sheet")), Paragraph(ctx.words("meetings.help")))


def form(engagement, words):
    row = OpenRow("keep", (words("meetings.kept"),))
    field = OpenField("kept", words("meetings.sheet"))
    return OpenForm("meetings", "kept", words("meetings.kept"), (words("meetings.help"),),
                    (words("meetings.title", mean=""),), (row,), (field,))


def steps(ctx):
    return (ToolStep("meetings:keep:all", "hr", ctx.words("meetings.step"), ctx.words("meetings.help")),)


CHAPTER = recipe(chapter, worksheet)
SHEETS = {"kept": sheet}
FORMS = {"kept": form}
STEPS = steps
'''
#: Run in the copy, so that no module of this process is of it.
PLAY = """\
import sys
from pathlib import Path

import hrkit
from hrkit.assessment.assessment import assess
from hrkit.blocks import Heading, plain, walk
from hrkit.model import engagement_file as engagements
from hrkit.model.tool import available
from hrkit.report.planned_work import tool_steps
from hrkit.tools import forms_of
from tests.tools.played import answer, engaged

assert Path(hrkit.__file__).parents[1] == Path(sys.argv[1]), hrkit.__file__
assert [one.id for one in available()][-1] == "meetings"
whole = engaged(Path(sys.argv[2]) / "nordby", "meetings")
part = whole / "meetings"
answer(part, {"leader": 12}, lambda question, perspective: 2.4)
answer(whole, {"leader": 12, "hr": 6}, lambda question, perspective: 3.4)
for language in ("da", "nl", "en"):
    report = assess(whole, language=language)
    shown = report.section("tools")
    heads = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    start = report.context.parts[0].words("meetings.title", mean="")
    assert any(one.startswith(start) for one in heads), heads
    assert [one.rows for one in shown.worksheets] == [(("weekly.01",),)], shown.worksheets
    assert [one.id for one in tool_steps(report.context)] == ["meetings:keep:all"]
assert {"kept", "card"} == set(forms_of(engagements.load(part)))
assert hrkit.fill(part, name="kept", language="nl").is_file()
assert hrkit.sheet(part, name="kept").is_file()
"""


def _files(folder: Path) -> set[Path]:
    return {p.relative_to(folder) for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"}


def test_a_twelfth_tool_is_one_folder_of_data_and_one_of_code(tmp_path: Path) -> None:
    copy = tmp_path / "kit"
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("hrkit", "data/templates", "notebooks", "tests/tools"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    for package in ("tests", "tests/tools"):
        there = ROOT / package / "__init__.py"
        if there.is_file():
            shutil.copy(there, copy / package / "__init__.py")
    before = _files(copy)
    made = {
        "data/templates/tools/meetings/tool.yml": TOOL,
        "data/templates/tools/meetings/meetings.yml": INSTRUMENT,
        "data/templates/tools/meetings/texts.yml": TEXTS,
        "hrkit/tools/meetings/__init__.py": '"""Meetings."""\n',
        "hrkit/tools/meetings/sections.py": CODE,
    }
    for name, text in made.items():
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text(text, "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PLAY, str(copy), str(tmp_path)],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    added = {path.as_posix() for path in _files(copy) - before}
    assert added == set(made)
