"""The notebooks under other programs than JupyterLab: Notebook 7 and Voilà, where they are installed."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import Any

import pytest

from hrkit import kit
from hrkit.answers.store import open_store
from hrkit.model import engagement_file as engagements
from tests.forms import lab
from tests.forms.conftest import make_folder

PROGRAM = lab.chromium()
TEMPLATE = Path(__file__).parents[2] / "data" / "voila"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]


def installed(name: str) -> pytest.MarkDecorator:
    missing = importlib.util.find_spec(name) is None
    return pytest.mark.skipif(missing, reason=f"{name} is not installed; .ci/run installs it")


def prepared(place: Path) -> Path:
    folder = make_folder(place / "acme")
    shutil.copy(kit.notebooks() / "1_collect.ipynb", folder)
    return folder


def answered(form: Any) -> None:
    """One person begins, and gives one answer."""
    form.get_by_role("radio").first.check()
    form.get_by_label("Hvor arbejder du?").select_option("care-north")
    form.get_by_role("button", name="Begynd").click()
    form.get_by_role("button", name="Jeg har skrevet den ned").click()
    form.locator("fieldset.hk-question").first.locator("label").nth(2).click()
    form.get_by_text("Gemt").first.wait_for()


def kept(folder: Path, asked: list[str], base: str) -> None:
    """The answer is in the store, and nothing was loaded from elsewhere."""
    far = [u for u in asked if "://" in u and not u.startswith((base, "data:", "blob:"))]
    assert not far, far
    with open_store(engagements.load(folder)) as store:
        assert len(store.read("w2").answers) == 1


@installed("notebook")
def test_the_questionnaire_runs_in_notebook_7_as_it_stands(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    with (
        lab.jupyterlab(folder, tmp_path / "state", program="notebook") as (base, token),
        lab.browser(PROGRAM, viewport={"width": 1200, "height": 900}) as page,
    ):
        page.set_default_timeout(90_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{base}/notebooks/1_collect.ipynb?token={token}")
        page.get_by_text("Python 3 (ipykernel)").first.wait_for()
        answered(lab.run_all(page))
        kept(folder, asked, base)


@installed("voila")
def test_the_questionnaire_runs_in_voila_without_internet(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    with (
        lab.voila(folder / "1_collect.ipynb", tmp_path / "state", TEMPLATE) as base,
        lab.browser(PROGRAM, viewport={"width": 1200, "height": 900}) as page,
    ):
        page.set_default_timeout(150_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(base, wait_until="commit")
        form = page.locator(".hrkit-form")
        form.get_by_role("button").first.wait_for()
        # Who answers sees no code, and no word of what runs it.
        assert page.locator(".highlight:visible").count() == 0
        answered(form)
        kept(folder, asked, base)
