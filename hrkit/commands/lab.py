"""Open the front page in JupyterLab, rooted at a folder of clients; and the file that does so on a double click."""

from __future__ import annotations

import importlib.util
import locale
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrkit.commands.new_names import notebook
from hrkit.ending import WITH
from hrkit.errors import HrkitError
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements
from hrkit.model.languages import codes

__all__ = ["START", "Lab", "lab", "starter_of"]

#: The notebook that is opened.
START = "0_start.ipynb"
#: Seconds in which JupyterLab ends its kernels and itself.
_ENDING = 15.0
#: What a double click runs; quotation marks and per cent signs are doubled where a shell would read them.
_RUN = "from hrkit.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Lab:
    """The folder at which JupyterLab is rooted, the notebook that was opened, and files that were written."""

    folder: Path
    notebook: Path
    written: tuple[Path, ...] = ()


def lab(
    folder: str | Path = ".",
    *,
    port: int = 0,
    no_browser: bool = False,
    starter: bool = False,
    run: Callable[[Sequence[str]], int] | None = None,
) -> Lab:
    """Open ``0_start.ipynb`` in JupyterLab, and stay until it is closed.

    The server is this machine's alone, sees nothing but the folder, and asks nobody for news.

    Parameters
    ----------
    folder
        An engagement's, or one in which engagements lie or are to be made.  The notebook is put into it
        if it is not there.
    port
        Jupyter's usual one, or the next that is free, if 0.
    no_browser
        Open no browser; Jupyter says the address.
    starter
        Write a file that does this on a double click (``.bat``, ``.command`` or ``.desktop``, as this platform
        has it) instead of doing it.  It names this machine's Python, so it is no file to pass on.
    run
        Runs the command; for tests.  JupyterLab ends with this process, however that ends.

    Returns
    -------
    Lab
        What was opened, and what was written.

    Raises
    ------
    HrkitError
        If there is no such folder, or JupyterLab is not installed.
    """
    place = Path(folder).resolve()
    if not place.is_dir():
        raise HrkitError(f"There is no folder {folder}.")
    if importlib.util.find_spec("jupyterlab") is None:
        raise HrkitError(
            "JupyterLab is not installed here; install it with: pip install jupyterlab"
        )
    page = place / START
    written: tuple[Path, ...] = ()
    if not page.is_file():
        write_all({page: notebook(START, _language(place)).encode("utf-8")})
        written = (page,)
    if starter:
        name, text = starter_of(sys.platform, sys.executable)
        write_all({place / name: text.encode("utf-8")})
        if sys.platform != "win32":
            (place / name).chmod(0o700)
        return Lab(place, page, (*written, place / name))
    order = [
        # Nothing that lies in the folder is taken for a module.
        sys.executable,
        "-P",
        "-m",
        "hrkit.workbook.served",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={place}",
        f"--LabApp.default_url=/lab/tree/{START}",
        "--LabApp.news_url=None",
        # Ctrl+C ends this process, and nobody is left who could be asked whether it was meant.
        "--ServerApp.answer_yes=True",
        *([f"--ServerApp.port={port}"] if port else []),
        *(["--no-browser"] if no_browser else []),
    ]
    try:
        code = (run or _attended)(order)
    except KeyboardInterrupt:
        code = 0
    if code:
        raise HrkitError(f"JupyterLab ended with an error (code {code}); it said above why.")
    return Lab(place, page, written)


def _attended(order: Sequence[str]) -> int:
    """Run JupyterLab until it ends, and end it with all its kernels when this process is told to end."""
    variables = {**os.environ, WITH: str(os.getpid())}
    process = subprocess.Popen(order, env=variables)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_ENDING)
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                process.kill()
                process.wait()


def _language(folder: Path) -> str:
    """The engagement's language, else this machine's, else the first of the kit's."""
    if (folder / engagements.FILE).is_file():
        try:
            return engagements.load(folder).language
        except HrkitError:
            pass
    # What the machine was told counts, also where it has no number formats of that language.
    told = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    found = (locale.getlocale()[0] or next(filter(None, told), "")).lower()
    said = {"danish": "da", "dutch": "nl"}.get(found.split("_")[0], found[:2])
    return said if said in codes() else codes()[0]


def starter_of(platform: str, python: str) -> tuple[str, str]:
    """Name and text of the file for a double click on a platform (``sys.platform``).

    It finds the folder by where it lies itself; only the way to Python is written in it.
    """
    if platform == "win32":
        # Code page 65001 is UTF-8: the way may hold any letter.  %~dp0 ends in a backslash, which
        # would take the quotation mark along: hence the dot.
        way = python.replace("%", "%%")
        lines = [
            "@echo off",
            # Where a machine expands !names! late, a way that holds one would be torn.
            "setlocal DisableDelayedExpansion",
            "chcp 65001 >nul",
            f'"{way}" -P -c "{_RUN}" lab "%~dp0."',
            "if errorlevel 1 pause",
        ]
        return "hrkit.bat", "\r\n".join(lines) + "\r\n"
    order = f"exec {shlex.quote(python)} -P -c {shlex.quote(_RUN)} lab ."
    if platform == "darwin":
        return "hrkit.command", f'#!/bin/sh\ncd "$(dirname "$0")" || exit 1\n{order}\n'
    # A desktop file has no folder of its own but the one that %k names: the shell goes there.
    script = f'cd "$(dirname "$1")" && {order}'
    quoted = "".join(f"\\{c}" if c in '"`$\\' else c for c in script).replace("\\", "\\\\")
    quoted = quoted.replace("%", "%%")
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=hrkit",
        f'Exec=/bin/sh -c "{quoted}" sh %k',
        "Terminal=true",
    ]
    return "hrkit.desktop", "\n".join(lines) + "\n"
