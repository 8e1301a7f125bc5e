"""The notebooks under another program than JupyterLab: Notebook 7, where it is installed."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from hrkit import kit
from hrkit.answers.store import open_store
from hrkit.model import engagement_file as engagements
from tests.forms import lab
from tests.forms.conftest import make_folder

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
    pytest.mark.skipif(
        importlib.util.find_spec("notebook") is None, reason="Notebook 7 is not installed"
    ),
]


def test_the_questionnaire_runs_in_notebook_7_as_it_stands(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "acme")
    shutil.copy(kit.notebooks() / "1_collect.ipynb", folder)
    with (
        lab.jupyterlab(folder, tmp_path / "state", program="notebook") as (base, token),
        lab.browser(PROGRAM, viewport={"width": 1200, "height": 900}) as page,
    ):
        page.set_default_timeout(90_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{base}/notebooks/1_collect.ipynb?token={token}")
        page.get_by_text("Python 3 (ipykernel)").first.wait_for()
        form = lab.run_all(page)
        form.get_by_role("radio").first.check()
        form.get_by_label("Hvor arbejder du?").select_option("care-north")
        form.get_by_role("button", name="Begynd").click()
        form.get_by_role("button", name="Jeg har skrevet den ned").click()
        form.locator("fieldset.hk-question").first.locator("label").nth(2).click()
        form.get_by_text("Gemt").first.wait_for()
        # Nothing is loaded from elsewhere.
        assert all(url.startswith((base, "data:", "blob:")) for url in asked if "://" in url)
    with open_store(engagements.load(folder)) as store:
        assert len(store.read("w2").answers) == 1
