"""`questionnaire`: what a cell shows, and what it never keeps in the widget's state."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from anywidget import AnyWidget

from hrkit import kit
from hrkit.answers.store import open_store
from hrkit.forms.questionnaire import questionnaire
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement


def talk(form: Any, *messages: dict[str, Any]) -> list[Any]:
    """Send messages as a browser would; what the widget sends back."""
    sent: list[Any] = []
    (widget,) = form.children
    widget.send = sent.append
    for message in messages:
        widget._handle_custom_msg({"view": "v", **message}, [])
    return sent


def test_answers_and_codes_are_messages_never_state(engagement: Engagement) -> None:
    form = questionnaire(engagement, language="en")
    opened, saved = talk(
        form,
        {"type": "begin", "perspective": "leader", "unit": "care"},
        {"type": "answer", "key": "open.01", "value": "QUITE-UNIQUE", "stamp": 1},
    )
    assert saved["type"] == "saved"
    (widget,) = form.children
    assert set(widget.keys) - set(AnyWidget().keys) == {"opening", "_css"}
    state = json.dumps(widget.get_state(), default=str) + repr(form)
    assert "QUITE-UNIQUE" not in state
    assert opened["code"] not in state


def test_the_typeface_is_handed_to_a_page_that_asks_and_is_in_no_notebook(
    engagement: Engagement,
) -> None:
    form = questionnaire(engagement, language="en")
    (widget,) = form.children
    sent: list[Any] = []
    widget.send = lambda message, buffers=None: sent.append((message, buffers))
    widget._handle_custom_msg({"type": "faces", "view": "v"}, [])
    ((told, faces),) = sent
    assert told == {"type": "faces", "view": "v", "weights": ["400", "700"]}
    assert [face[:4] for face in faces] == [b"\0\1\0\0"] * 2
    # 145 kB of every saved notebook, if they were state.
    assert len(json.dumps(widget.get_state(), default=str)) < 80_000 < sum(map(len, faces))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"language": "sv"}, "sv"), ({"perspective": "king"}, "king"),
        ({"unit": "moon"}, "moon"), ({"wave": "w9"}, "w9"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_told_in_the_cell(
    engagement: Engagement, wrong: dict[str, str], said: str
) -> None:
    html = questionnaire(engagement, **wrong)._repr_mimebundle_()["text/html"]
    assert said in html
    assert "parameters" in html


def test_an_engagement_that_cannot_be_used_is_told_in_the_cell(tmp_path: Path) -> None:
    html = questionnaire(tmp_path, language="nl")._repr_mimebundle_()["text/html"]
    assert "De vragenlijst kan niet worden getoond" in html
    assert "hrkit new" in html


def test_a_store_that_cannot_be_opened_is_told_in_the_cell(folder: Path) -> None:
    (folder / "answers.sqlite").write_text("no database at all, but some words instead of it")
    html = questionnaire(folder)._repr_mimebundle_()["text/html"]
    assert "SQLite" in html


def test_a_hostile_name_stays_text(folder: Path) -> None:
    path = folder / "engagement.yml"
    text = path.read_text(encoding="utf-8").replace(
        "Sundhed og ældre", "<img src=x onerror=alert(1)>"
    )
    path.write_text(text, encoding="utf-8")
    (reply,) = talk(questionnaire(folder), {"type": "hello"})
    assert "<img src=x onerror=alert(1)>" in [u["name"] for u in reply["pages"]["da"]["units"]]


def test_the_page_never_makes_html_of_text() -> None:
    """What keeps the name above harmless: the script has no way from text to HTML."""
    import hrkit.forms

    script = Path(hrkit.forms.__file__).with_name("questionnaire.js").read_text(encoding="utf-8")
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
    ):
        assert way not in script


def test_importing_the_wing_is_light() -> None:
    import subprocess

    heavy = "{'ipywidgets', 'anywidget', 'pandas', 'matplotlib', 'IPython'}"
    code = f"import sys, hrkit.forms.questionnaire; print({heavy} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_the_notebook_is_thin() -> None:
    notebook = nbformat.read(kit.notebooks() / "1_collect.ipynb", as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert [cell.metadata.get("tags") for cell in code] == [["parameters"], None]
    assert not any(word in cell.source for cell in code for word in ("def ", "class "))
    assert "widgets" not in notebook.metadata
    # Whoever answers sees no code; whoever leads opens a cell by its dots.
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.metadata["jupyter"]["source_hidden"] for cell in code)


def test_an_engagement_with_one_unit_asks_for_none(folder: Path) -> None:
    path = folder / "engagement.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "parent:" not in line]
    path.write_text("\n".join(kept), encoding="utf-8")
    assert len(engagements.load(folder).units) == 1
    hello, opened = talk(
        questionnaire(folder), {"type": "hello"}, {"type": "begin", "perspective": "hr", "unit": ""}
    )
    assert len(hello["pages"]["da"]["units"]) <= 1
    assert opened["type"] == "opened"


@pytest.mark.parametrize("aloud", [False, True])
def test_a_demonstration_keeps_answers_only_when_told_so_aloud(folder: Path, aloud: bool) -> None:
    path = folder / "engagement.yml"
    path.write_text(path.read_text(encoding="utf-8") + "synthetic: true\n", encoding="utf-8")
    welcome, opened, saved, again = talk(
        questionnaire(folder, language="en", demo=aloud),
        {"type": "hello"},
        {"type": "begin", "perspective": "leader", "unit": "care"},
        {"type": "answer", "key": "open.01", "value": "tried", "stamp": 1},
        {"type": "hello"},
    )
    assert saved["type"] == "saved"
    kept = (folder / "answers.sqlite").exists()
    assert kept is aloud
    told = welcome["pages"]["en"]["demo"]
    assert ("nothing is kept" in told) is not aloud
    assert again["pages"]["da"]["demo"]
    # Within the sitting the code works as it always does.
    assert opened["code"]


def test_a_form_keeps_one_connection_and_gives_it_up_in_a_fork(engagement: Engagement) -> None:
    from sqlalchemy import event

    opened: list[int] = []
    rated = [q for q in engagement.instrument.questions("leader") if q.facet.scale.kind == "rating"]
    first, second, third = ((q.item.id, q.facet.id) for q in rated[:3])
    with open_store(engagement, held=True) as store:
        event.listen(store._engine, "connect", lambda *_: opened.append(1))
        key = store.begin("w1", "care", "leader")
        for value in "12345":
            store.save(key, *first, value)
        assert len(opened) <= 1
        if not hasattr(os, "fork"):
            return
        child = os.fork()
        if child == 0:
            try:
                store.save(key, *second, "4")
            except BaseException:
                os._exit(1)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        store.save(key, *third, "4")
        given = store.read("w1").answers
        assert dict(zip(given["item"], given["value"], strict=True)) == {
            first[0]: "5",
            second[0]: "4",
            third[0]: "4",
        }
