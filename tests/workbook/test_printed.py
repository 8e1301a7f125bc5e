"""A notebook that is printed issues what it shows; one whose ground has changed is not printed."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from hrkit import synthetic
from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.disclosure.release import freeze, preview
from hrkit.errors import PublishError
from hrkit.model.engagement import Engagement
from hrkit.workbook.exporter import HrkitPdfExporter
from tests.pages import pages_of

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    return synthetic.build(synthetic.client("firm"), tmp_path / "firm")


def run(folder: Path, parameter: str = "", **how: Any) -> Any:
    """The notebook as JupyterLab saves it after its cells were run by hand."""
    report = assess(folder, **{"language": "en", "profile": "summary", **how})
    cells = [
        new_code_cell(
            f"engagement = {parameter!r}", execution_count=1, metadata={"tags": ["parameters"]}
        )
    ]
    for count, name in enumerate(report.context.profile["parts"], 2):
        bundle, about = report.part(name)._repr_mimebundle_()  # type: ignore[misc]
        output = new_output("execute_result", bundle, metadata=about, execution_count=count)
        cells.append(
            new_code_cell(f"report.part({name!r})", execution_count=count, outputs=[output])
        )
    return new_notebook(cells=cells)


def text_of(notebook: Any, folder: Path | None) -> str:
    about = {"metadata": {"name": "mine", **({"path": str(folder)} if folder else {})}}
    data, _ = HrkitPdfExporter().from_notebook_node(notebook, about)
    return re.sub(r"\s+", " ", " ".join(pages_of(data)))


def versions(engagement: Engagement) -> int:
    with open_store(engagement, write=False) as store:
        return len(store.releases())


def late(engagement: Engagement) -> None:
    questions = engagement.instrument.questions("leader")
    given = [("n", q.item.id, q.facet.id, "1") for q in questions if q.facet.scale.kind == "rating"]
    with open_store(engagement) as store:
        store.add(tables([("n", "w1", "montage", "leader", None, None)], given))


def test_on_the_screen_it_is_a_preview_and_printed_a_draft_that_was_issued(
    engagement: Engagement,
) -> None:
    notebook = run(engagement.folder)
    for cell in notebook.cells[1:]:
        assert "PREVIEW – not to be handed on" in cell.outputs[0].data["text/html"]
    assert versions(engagement) == 0
    said = text_of(notebook, engagement.folder)
    assert "DRAFT" in said and "PREVIEW" not in said
    assert versions(engagement) == 1
    assert text_of(notebook, engagement.folder) == said
    assert versions(engagement) == 1


@pytest.mark.parametrize(
    ("language", "mark"),
    [("da", "FORHÅNDSVISNING – må ikke gives videre"), ("nl", "VOORVERTONING – niet doorgeven")],
)
def test_the_mark_is_said_in_the_report_s_language(
    engagement: Engagement, language: str, mark: str
) -> None:
    if language not in engagement.instrument.languages:
        pytest.skip("not a language of the instrument")
    report = assess(engagement.folder, language=language)
    assert mark in report.info.mark
    assert mark in report.part("picture")._repr_mimebundle_()[0]["text/html"]  # type: ignore[index]


def test_answers_that_came_in_since_are_told(engagement: Engagement) -> None:
    notebook = run(engagement.folder)
    late(engagement)
    with pytest.raises(PublishError, match="answers came in.*Restart Kernel and Run All"):
        text_of(notebook, engagement.folder)
    assert versions(engagement) == 0


def test_settings_that_were_changed_since_are_told(engagement: Engagement) -> None:
    notebook = run(engagement.folder)
    path = engagement.folder / "engagement.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("De Vries Techniek", "De Vries Holding"), "utf-8")
    with pytest.raises(PublishError, match="engagement.yml was changed"):
        text_of(notebook, engagement.folder)
    assert versions(engagement) == 0


def test_a_notebook_far_from_its_engagement_is_refused_unless_the_wave_is_frozen(
    engagement: Engagement, tmp_path: Path
) -> None:
    far = tmp_path / "far"
    far.mkdir()
    with pytest.raises(PublishError, match="de-vries was not found.*hrkit report DIR"):
        text_of(run(engagement.folder), far)
    assert "DRAFT" in text_of(run(engagement.folder, parameter="../firm"), far)
    freeze(engagement, "w1", dt.date(2026, 11, 21))
    said = text_of(run(engagement.folder), far)
    assert "DRAFT" not in said and "PREVIEW" not in said


def test_another_client_s_notebook_in_this_folder_is_not_this_client_s(
    engagement: Engagement, tmp_path: Path
) -> None:
    other = synthetic.build(synthetic.client("two-missing"), tmp_path / "harbour")
    notebook = run(engagement.folder)
    with pytest.raises(PublishError, match="de-vries was not found"):
        text_of(notebook, other.folder)
    assert versions(other) == versions(engagement) == 0


def test_half_of_one_client_and_half_of_another_is_refused(
    engagement: Engagement, tmp_path: Path
) -> None:
    other = synthetic.build(synthetic.client("two-missing"), tmp_path / "harbour")
    first, second = run(engagement.folder), run(other.folder)
    first.cells[2:] = second.cells[2:]
    with pytest.raises(PublishError, match=r"two engagements \(de-vries and harbour\)"):
        text_of(first, engagement.folder)


def test_a_copied_folder_does_not_print(engagement: Engagement, tmp_path: Path) -> None:
    notebook = run(engagement.folder)
    copy = Path(shutil.copytree(engagement.folder, tmp_path / "copy"))
    path = copy / "engagement.yml"
    path.write_text(path.read_text("utf-8").replace("De Vries Techniek", "Beta"), "utf-8")
    with pytest.raises(Exception, match="hrkit new DIR --like OTHER"):
        text_of(notebook, copy)


def test_a_notebook_from_before_stamps_is_refused(engagement: Engagement) -> None:
    notebook = run(engagement.folder)
    for cell in notebook.cells[1:]:
        cell.outputs[0].metadata = {}
    with pytest.raises(PublishError, match="run by an older hrkit"):
        text_of(notebook, engagement.folder)


def test_previews_agree_with_what_is_issued(engagement: Engagement) -> None:
    looked = preview(engagement, "w1")
    assert assess(engagement.folder).released == looked
