"""A real JupyterLab on loopback and a headless Chromium, for tests that touch the form."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Without a sandbox (containers have none), and without talking to anybody.
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTINGS = {
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


def chromium() -> str | None:
    """The browser's program, from HRKIT_CHROMIUM or the path; None if there is none."""
    named = os.environ.get("HRKIT_CHROMIUM")
    names = (named,) if named else ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def lightly(program: str) -> list[str]:
    """How a program of Jupyter's is started without what checks formats that nobody asks for (a second)."""
    code = (
        "from hrkit.model.schema import light_jsonschema; light_jsonschema(); import runpy; "
        f"runpy.run_module({program!r}, run_name='__main__', alter_sys=True)"
    )
    return [sys.executable, "-c", code]


@contextlib.contextmanager
def jupyterlab(
    folder: Path, state: Path, theme: str = "", program: str = "hrkit.workbook.served"
) -> Iterator[tuple[str, str]]:
    """Serve a folder as ``hrkit lab`` does, with settings of its own; base address and token come out.

    ``program`` may be another that serves notebooks the same way: ``notebook``.

    The setting "save widget state automatically" is on: what it would write, it writes.
    """
    settings = dict(SETTINGS)
    if theme:
        settings["@jupyterlab/apputils-extension/themes"] = {"theme": theme}
    for name, content in settings.items():
        path = state / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
    # Whether somebody would build it anew it would ask Node with every page.
    page = state / "config" / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(json.dumps({"buildCheck": False}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(state / "config"),
        "JUPYTER_RUNTIME_DIR": str(state / "runtime"),
        "JUPYTER_TOKEN": token,
        "JUPYTERLAB_SETTINGS_DIR": str(state / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(state / "workspaces"),
        "IPYTHONDIR": str(state / "ipython"),
    }
    log = (state / "lab.log").open("wb")
    server = subprocess.Popen(
        [
            *lightly(program),
            "--no-browser",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            "--ServerApp.allow_root=True",
            f"--ServerApp.root_dir={folder}",
            "--LabApp.news_url=None",
        ],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 120
        while True:
            try:
                with urllib.request.urlopen(f"{base}/api?token={token}", timeout=2):
                    break
            except (urllib.error.URLError, OSError):
                if server.poll() is not None or time.monotonic() > until:
                    said = (state / "lab.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"JupyterLab did not start:\n{said}") from None
                time.sleep(0.1)
        yield base, token
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


@contextlib.contextmanager
def voila(notebook: Path, state: Path, templates: Path) -> Iterator[str]:
    """Serve one notebook by Voilà with the kit's own page, as an installed kit has it; its address comes out."""
    place = state / "share" / "voila" / "templates"
    place.mkdir(parents=True)
    shutil.copytree(templates, place / "hrkit")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(state / "config"),
        "JUPYTER_RUNTIME_DIR": str(state / "runtime"),
        "JUPYTER_PATH": str(state / "share"),
        "IPYTHONDIR": str(state / "ipython"),
    }
    asked = ("--no-browser", "--template=hrkit", "--Voila.ip=127.0.0.1", f"--port={port}")
    log = (state / "voila.log").open("wb")
    server = subprocess.Popen(
        [*lightly("voila"), str(notebook), *asked],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        until = time.monotonic() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 2).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > until:
                    said = (state / "voila.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"Voilà did not start:\n{said}") from None
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


@contextlib.contextmanager
def browser(program: str, **context: Any) -> Iterator[Any]:
    """A Playwright page in the headless browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield running.new_context(**context).new_page()
        finally:
            running.close()


def open_notebook(page: Any, base: str, token: str, name: str) -> None:
    """Show a notebook alone, and wait until its kernel is there."""
    page.goto(f"{base}/doc/tree/{name}?token={token}")
    page.locator("#jp-bottom-panel, .jp-StatusBar-Widget").get_by_text("| Idle").first.wait_for(
        timeout=60_000
    )


def run_all(page: Any) -> Any:
    """Run all cells; the form comes out once it stands there."""
    page.get_by_role("menubar").get_by_text("Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).first.click()
    form = page.locator(".hrkit-form")
    form.get_by_role("button").first.wait_for(timeout=60_000)
    return form
