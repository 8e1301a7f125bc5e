"""Papers to write on: printed without any answer, one sheet each, in every language."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import hrkit
from hrkit import synthetic
from hrkit.blocks import Table, walk
from hrkit.cli import main
from hrkit.commands.codes import codes as codes_for
from hrkit.commands.print_papers import print_papers
from hrkit.errors import HrkitError
from hrkit.forms.pages import form
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file
from hrkit.model.digits import digits
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.model.papers import papers
from hrkit.report.action_files import library
from hrkit.report.handouts.form import form_pages
from tests.pages import pages_of
from tests.tools.played import engaged

TOOL = Path(__file__).parents[1] / "tools" / "verapdf" / "verapdf.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A client's folder without a single answer."""
    home = tmp_path_factory.mktemp("papers")
    synthetic.build(synthetic.client("municipality"), home)
    for store in home.glob("answers.sqlite*"):
        store.unlink()
    return home


@pytest.mark.parametrize("language", codes())
def test_every_paper_is_one_sheet_and_says_its_language(folder, tmp_path, language):
    made = print_papers(folder, language=language, output=tmp_path)
    known = papers(engagements.load(folder))
    assert {path.stem.removeprefix(f"fjordby-{language}-") for path in made} >= {
        *known,
        "grid",
        "pulse",
        "grid-trust",
        "agenda-90",
        "agenda-180",
        "script",
        "cards-vote",
        "questionnaire-leader",
        "questionnaire-employee",
    }
    for path in made:
        assert f"/Lang({language}".encode() in path.read_bytes()
        name = path.stem.removeprefix(f"fjordby-{language}-")
        if name.startswith("questionnaire-"):
            assert 2 <= len(pages_of(path)) <= 6, path.name
        elif name != "grid":
            assert len(pages_of(path)) == (2 if name == "script" else 1), path.name
    assert not list(folder.glob("answers.sqlite*"))


@pytest.mark.parametrize(
    "instrument",
    [
        "partnership",
        "service-check",
        "role-blueprint",
        "preparation",
        "services",
        "competencies",
        "mirror",
    ],
)
def test_what_is_printed_is_numbered_as_it_is_typed_in(folder, instrument):
    """The keying page numbers what the form shows; the paper what the instrument asks."""
    asked = replace(engagements.load(folder), instrument=instrument_file.load(instrument))
    for perspective in asked.instrument.perspectives:
        typed = [
            facet["key"]
            for page in form(asked, perspective, asked.root.id, "en")["pages"]
            for item in page["items"]
            for facet in item["facets"]
        ]
        printed = [q.key for q in asked.instrument.questions(perspective)]
        assert typed == printed
        rows = [
            row
            for block in walk(form_pages(asked, perspective, words("en")))
            if isinstance(block, Table) and block.row_headers
            for row in block.rows
        ]
        told = [
            q
            for q in asked.instrument.questions(perspective)
            if digits(q.facet.scale) and q.facet.scale.kind != "pick"
        ]
        # "5–6" is a statement that is answered in two ways, beside each other.
        ends = [str(row[0]).partition(".")[0].split("–") for row in rows]
        numbered = [range(int(one[0]), int(one[-1]) + 1) for one in ends]
        assert [i for some in numbered for i in some] == list(range(1, len(told) + 1))
        for row, some in zip(rows, numbered, strict=True):
            asked_here = [told[i - 1] for i in some]
            assert len({q.item.id for q in asked_here}) == 1
            keys = [key for q in asked_here for key in digits(q.facet.scale)]
            # Too many digits for a row are written into a box each way.
            assert [cell for cell in row[1:] if cell] == (keys if len(keys) <= 12 else [])
            assert len(keys) <= 12 or len(row) == 1 + len(asked_here)


@pytest.mark.parametrize(
    ("tool", "language", "most"),
    [("preparation", "da", 3), ("services", "nl", 4), ("competencies", "en", 3)],
)
def test_a_tools_form_on_paper_is_no_longer_than_its_minutes(tmp_path, tool, language, most):
    folder = engaged(tmp_path / "nordby", tool, language=language)
    done = hrkit.export(folder / tool, "paper", language=language, output=tmp_path)
    (path,) = [path for path in done.paths if "leader" in path.name]
    assert len(pages_of(path)) <= most


def test_every_form_that_an_action_names_is_printed(folder):
    engagement = engagements.load(folder)
    found = library(engagement)
    assert found is not None
    named = {action.form for action in found.actions} - {"", "mirror", *engagement_tools()}
    assert named <= set(papers(engagement))


def engagement_tools() -> set[str]:
    """Forms that are instruments of their own."""
    from hrkit.model import instrument_file

    return {path.stem for path in instrument_file.available()}


@pytest.mark.parametrize("edition", ["partnership", "partnership-1"])
def test_the_grid_has_every_cell(folder, tmp_path, edition):
    home = tmp_path / edition
    home.mkdir()
    text = (folder / "engagement.yml").read_text("utf-8")
    assert '"instrument": "partnership"' in text
    text = text.replace('"instrument": "partnership"', f'"instrument": "{edition}"')
    (home / "engagement.yml").write_text(text, "utf-8")
    folder, engagement = home, engagements.load(home)
    (path,) = print_papers(folder, ["grid"], language="en", output=tmp_path)
    text = " ".join(" ".join(pages_of(path)).replace("-\n", "").split())
    for section in engagement.instrument.dimensions:
        for level in section.grid:
            for cell in level.strands or (level.text,):
                first = " ".join(cell["en"].split()[:2])
                assert first in text, (section.id, level.level)
    stranded = any(section.strands for section in engagement.instrument.dimensions)
    assert (words("en")("papers.grid.rule") in text) == stranded


@pytest.mark.verapdf
def test_papers_are_accessible_and_fit_for_an_archive(folder, tmp_path):
    names = [
        "grid",
        "pulse",
        "grid-trust",
        "early-help-steps",
        "hand-over-card",
        "agenda-90",
        "cards-vote",
        "questionnaire-leader",
    ]
    made = [*print_papers(folder, names, language="nl", output=tmp_path)]
    drawn = codes_for(folder, perspective="leader", count=3, output=tmp_path)
    assert drawn.file is not None
    made.append(drawn.file)
    done = subprocess.run(
        [sys.executable, str(TOOL), "ua1,2a", *map(str, made)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode == 2 and "cannot run here" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASS") == 2 * len(made)


def test_a_paper_of_ones_own_wins_and_half_of_one_is_refused(folder, tmp_path):
    home = tmp_path / "own"
    synthetic.build(synthetic.client("municipality"), home)
    (home / "handouts").mkdir()
    text = {code: f"Own {code}" for code in codes()}
    own = {
        "id": "trial-frame", "size": "page", "minutes": 10, "who": ["leader"], "title": text, "use": text,
        "parts": [{"kind": "questions", "items": [{"text": text, "lines": 2}]}],
    }  # fmt: skip
    file = home / "handouts" / "trial-frame.yml"
    file.write_text(json.dumps(own), "utf-8")
    (path,) = print_papers(home, ["trial-frame"])
    assert "Own da" in pages_of(path)[0]
    own["title"] = {"da": "#let x = 1 <b>=HYPERLINK()"}
    file.write_text(json.dumps(own), "utf-8")
    with pytest.raises(HrkitError, match="Papers of this engagement cannot be used") as told:
        print_papers(home, ["trial-frame"], overwrite=True)
    assert "has no text in" in str(told.value)
    own["title"] = dict.fromkeys(codes(), "#let x = 1 <b>=HYPERLINK()")
    file.write_text(json.dumps(own), "utf-8")
    (path,) = print_papers(home, ["trial-frame"], overwrite=True)
    assert "#let x = 1 <b>=HYPERLINK()" in pages_of(path)[0]


def test_what_is_not_there_is_named_and_nothing_is_written(folder, tmp_path):
    with pytest.raises(HrkitError, match="There is no paper 'grit'; there are grid, pulse"):
        print_papers(folder, ["grid", "grit"], output=tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_command_says_where_they_are(folder, tmp_path):
    from click.testing import CliRunner

    done = CliRunner().invoke(main, ["print", str(folder), "pulse", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert done.output.strip() == str(tmp_path / "fjordby-da-pulse.pdf")
