"""The gallery shows everything that is printed, and the site's pages lead somewhere; nothing is printed here."""

from __future__ import annotations

import importlib
import inspect
import json
import re
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import hrkit
from hrkit import kit
from hrkit.publish.formats import BESIDE
from hrkit.tools import FORMS, SHEETS
from tests.test_docs import COMMANDS
from tests.website.test_examples import PATHS, ROOT

#: Jobs that write files and have no place in the gallery, and why.
NOT_SHOWN = {
    "batch": "a report and sheets for each, as one engagement has them",
    "benchmark": "printed of made-up organisations: there are no others",
    "comments": "open answers that nobody has passed yet",
    "deliver": "a zip of what is shown here",
    "demo": "the folder all of this is made in",
    "duties.export_subject": "what is kept of one person",
    "map_columns": "a file for the analyst: what another program's columns may mean",
    "respondents": "reminders, which are among the letters",
    "run_job": "one report of a batch",
}


@pytest.fixture(scope="module")
def site() -> Any:
    """The modules of the site, which lie beside the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "website"))
        yield {name: importlib.import_module(name) for name in ("gallery", "build")}


@pytest.fixture(scope="module")
def pieces(site: dict[str, ModuleType]) -> tuple[Any, ...]:
    return tuple(site["gallery"].pieces())


def writing() -> set[str]:
    """Every job that writes files where it is told to."""
    found = set()
    for name in hrkit.__all__:
        thing = getattr(hrkit, name)
        names = [f"{name}.{one}" for one in thing.__all__] if inspect.ismodule(thing) else [name]
        found |= {
            one
            for one in names
            if callable(job := attrgetter(one)(hrkit))
            and "output" in inspect.signature(job).parameters
        }
    return found


def test_everything_that_is_printed_is_shown(pieces: tuple[Any, ...]) -> None:
    jobs = writing()
    assert set(NOT_SHOWN) <= jobs
    assert jobs - set(NOT_SHOWN) == {one.job for one in pieces} - {"compared"}
    shown = {one.how["profile"] for one in pieces if one.job == "report"}
    assert shown == {path.stem for path in (kit.templates() / "profiles").glob("*.yml")}
    assert set(BESIDE) == {kind for one in pieces for kind in one.how.get("also", ())}
    for job, by in (("sheet", SHEETS), ("fill", FORMS)):
        made = {(one.tool, one.how["name"]) for one in pieces if one.job == job and one.tool}
        assert made == {(tool, name) for tool, names in by.items() for name in names}
    ways = {"unit", "talk", "own", "name"}
    assert ways <= {key for one in pieces if one.job == "sheet" for key in one.how}


def test_every_piece_is_a_call_that_can_be_made(pieces: tuple[Any, ...]) -> None:
    names = [one.name for one in pieces]
    assert len(names) == len(set(names))
    for one in pieces:
        given = {"output": "x"} if one.job != "compared" else {}
        inspect.signature(attrgetter(one.job)(hrkit)).bind("x", *one.args, **one.how, **given)


@pytest.mark.parametrize("path", PATHS)
def test_each_path_has_pictures_that_the_gallery_makes(pieces: tuple[Any, ...], path: str) -> None:
    text = (ROOT / "website/pages" / f"{path}.md").read_text("utf-8")
    pictures = re.findall(r"^!\[[^\]]{10,}\]\(gallery/([a-z0-9-]+)[.]png\)$", text, re.M)
    assert pictures and set(pictures) <= {one.name for one in pieces}


def test_what_was_made_stands_on_the_page_in_order(site: Any, tmp_path: Path) -> None:
    order = [one.name for one in site["gallery"].pieces()]
    for name in (order[-1], order[0]):
        (tmp_path / name).mkdir()
        (tmp_path / name / "about.txt").write_text(f"About {name}", "utf-8")
        (tmp_path / name / "a (1).pdf").write_bytes(b"%PDF-")
    (tmp_path / f"{order[0]}.png").write_bytes(b"picture")
    page = site["gallery"].page(tmp_path)
    assert page.index(f"## About {order[0]}") < page.index(f"## About {order[-1]}")
    assert page.count("![") == 1 and f"(<gallery/{order[0]}/a (1).pdf>)" in page


def test_every_link_of_the_site_leads_somewhere(site: Any, tmp_path: Path) -> None:
    """As `make site` finds out with Sphinx, in a second: pages, and what is written from the code."""
    source = tmp_path / "source"
    site["build"].assemble(source, tmp_path / "no-gallery")
    broken = []
    for page in source.rglob("*.md"):
        for target, _ in site["build"].LINK.findall(page.read_text("utf-8")):
            if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                broken.append((page.relative_to(source).as_posix(), target))
    assert broken == []
    # A picture that was not made is not asked for.
    assert "gallery/" not in (source / "analyst.md").read_text("utf-8")
    told = (source / "reference/commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"## hrkit {name}\n" not in told] == []
    python = (source / "reference/python.md").read_text("utf-8")
    assert [name for name in hrkit.__all__ if f"## hrkit.{name}\n" not in python] == []
    schemas = {
        path.name.partition(".")[0] for path in (kit.templates() / "schemas").glob("*.schema.json")
    }
    files = {path.stem.removeprefix("file-") for path in (source / "reference").glob("file-*.md")}
    assert files == schemas, json.dumps(sorted(schemas ^ files))
