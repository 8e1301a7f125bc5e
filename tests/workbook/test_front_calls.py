"""Every button of the front page says the same in Python, and what it says can be called; no browser, no process."""

from __future__ import annotations

import ast
import inspect
import json
from operator import attrgetter
from pathlib import Path
from typing import Any

import nbformat
import pytest

import hrkit
from hrkit import kit
from hrkit.model import engagement_file as engagements
from hrkit.model.language import words
from hrkit.workbook.front.pages import PAGES
from hrkit.workbook.front.work import JOBS
from tests.workbook.test_front import Page, again, ready, started_once

__all__ = ["started_once"]

#: Deeds that do nothing that could be said in Python: they look, ask back, or lead to another page.
SILENT = {"ask:look", "answers:check", "finish:ask", "finish:no", "duties:leave", "duties:erase_look", "duties:purge_look"}  # fmt: skip
#: Deeds that need answers, a room or a key: what they say is held where they are done.
ELSEWHERE = {
    "ask:begin", "ask:lead", "ask:wall", "ask:stop",
    "answers:take", "answers:undo", "answers:remind", "remarks:save", "advice:look", "advice:save",
    "finish:freeze", "duties:subject", "duties:erase", "duties:purge", "duties:deliver",
    "duties:encrypt", "duties:decrypt",
}  # fmt: skip


def said_in_python(call: str) -> tuple[str, list[Any], dict[str, Any]]:
    """The function that a line calls, and what it is given, if it can be called so."""
    line = ast.parse(call, mode="eval").body
    assert isinstance(line, ast.Call), call
    name = ast.unparse(line.func).removeprefix("hrkit.")
    args = [ast.literal_eval(one) for one in line.args]
    how = {str(one.arg): ast.literal_eval(one.value) for one in line.keywords}
    inspect.signature(attrgetter(name)(hrkit)).bind(*args, **how)
    return name, args, how


@pytest.fixture
def page(started_once: Path, tmp_path: Path) -> Page:
    page, _ = again(started_once, tmp_path)
    ready(page)
    return page


def presses(page: Page) -> dict[str, dict[str, Any]]:
    """What is put in beside each button."""
    root = engagements.load(page.desk.state.place()).root.id
    return {
        "clients:new": {"name": "Beta", "language": "nl", "instrument": "partnership"},
        "setup:save": {"client": "Acme", "languages": ["da"], "language": "da"},
        "setup:units": {"units": page.field("units")["value"], "paste": "Vest"},
        "setup:invited": {"invited": {root: {"leader": "12", "hr": "8"}}, "wave": "w1"},
        "setup:plan": {},
        "setup:look": {"branding/primary": "#114477"},
        "setup:words": {},
        "tools:take": {"tools": ["roadmap"]},
        "ask:codes": {},
        "ask:paper": {"language": "da"},
        "ask:letters": {"language": "da"},
        "ask:files": {},
        "ask:templates": {},
        "printing:report": {"language": "da", "profile": "summary", "also": ["pptx"], "overwrite": True},
        "printing:sheet": {"unit": "nord"},
        "printing:papers": {},
        "printing:calendar": {"workshop": "2027-11-08"},
        "printing:starter": {},
        "finish:next": {"name.da": "Anden", "opens": "2027-05-01"},
        "duties:save": {"duties/officer": "Kim"},
        "duties:papers": {"names": ["notice"], "language": "da"},
        "many:start": {"languages": ["da"], "also": ["docx"], "sheets": True, "zip": True},
        "many:failed": {},
        "many:benchmark": {"languages": ["da"]},
    }  # fmt: skip


def test_every_button_says_the_same_in_python(page: Page) -> None:
    given = presses(page)
    every = {f"{one.id}:{deed}" for one in PAGES for deed in one.deeds}
    assert every == {*given, *SILENT, *ELSEWHERE}
    jobs = set()
    last = {"clients:new": 1}  # which opens another client
    for deed in sorted(given, key=lambda one: last.get(one, 0)):
        page.go(deed.partition(":")[0])
        said = page.do(deed, **given[deed])
        assert said["good"], (deed, said)
        name, args, how = said_in_python(said["call"])
        if page.asked:
            # The process is asked for what the page says, and what it is asked for can be done there.
            (asked,) = page.asked
            page.asked.clear()
            assert asked["job"] == name and name in JOBS, deed
            assert json.loads(json.dumps(asked["how"])) == how and len(asked["args"]) == len(args)
            page.hear({"done": {}, "files": []})
            jobs.add(name)
    # No job may be asked for that no page has: a reminder is asked for where somebody has answered.
    assert jobs | {"respondents"} == set(JOBS)


def test_languages_and_tools_are_written(page: Page) -> None:
    folder = page.desk.state.place()
    before = (folder / "engagement.yml").read_text("utf-8")
    assert page.do("setup:save", languages=["nl", "da", "xx"])["good"]
    # What has to be said in the language that came in has its fields, and what is missing stands there.
    assert page.field("audience/nl")["value"] == "" == page.field("waves/0/name/nl")["value"]
    assert any("nederlandsk" in str(part.get("text")) for part in page.parts())
    named = {"audience/nl": "De directie.", "waves/0/name/nl": "Eerste meting"}
    assert page.do("setup:save", **named)["good"]
    assert engagements.load(folder).languages == ("da", "nl")
    assert next(part["look"] for part in page.parts() if part["kind"] == "text") == "good"
    page.go("tools")
    said = page.do("tools:take", tools=["roadmap", "mirror"])
    assert said["good"] and said["call"] == f'hrkit.tools("{folder.name}", ["roadmap", "mirror"])'
    assert engagements.load(folder).tools == ("roadmap", "mirror")
    assert any("mirror" in note for note in said["notes"])
    offered = {one[0] for one in page.field("tools")["options"]}
    assert offered and not offered & {"roadmap", "mirror"}
    after = (folder / "engagement.yml").read_text("utf-8")
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert comments == [line for line in after.splitlines() if line.startswith("#")]


def test_the_calendar_wants_its_day(page: Page) -> None:
    page.go("printing")
    said = page.do("printing:calendar", workshop="")
    assert not said["good"] and said["text"] == words("da")("front.printing.no_day")
    assert not page.asked
    folder = page.desk.state.place()
    made = hrkit.plan_process(folder, workshop="2027-11-08")
    assert {path.suffix for path in made} == {".pdf", ".docx", ".xlsx", ".ics"}
    with pytest.raises(hrkit.errors.HrkitError, match="8 November is no date"):
        hrkit.plan_process(folder, workshop="8 November")


def test_its_notebook_shows_no_code() -> None:
    notebook = nbformat.read(kit.notebooks() / "0_start.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code and all(cell.metadata["jupyter"]["source_hidden"] for cell in code)
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
