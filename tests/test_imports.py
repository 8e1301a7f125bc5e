"""Importing hrkit, or asking the command line for help, loads nothing heavy."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import click
import pytest

import hrkit
from hrkit.commands.outputs import report_place
from hrkit.errors import HrkitError
from tests.forms.conftest import make_folder

HEAVY = {
    "IPython", "babel", "ipykernel", "ipywidgets", "jsonschema", "jupyter_client", "matplotlib",
    "nbclient", "nbconvert", "nbformat", "numpy", "pandas", "papermill", "scipy", "sqlalchemy",
    "typst", "xlsxwriter", "yaml",
}  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """Top-level packages in memory after running some code in a fresh process."""
    report = "; import sys; print('loaded', *{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code + report], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_import_hrkit_is_light() -> None:
    assert not loaded_by("import hrkit") & (HEAVY | {"click"})


@pytest.mark.parametrize("module", ["hrkit.errors", "hrkit.kit", "hrkit.model.yamlfile"])
def test_the_base_is_light(module: str) -> None:
    assert not loaded_by(f"import {module}") & HEAVY


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["report", "--help"], ["import", "-h"], ["nothing"]]
)
def test_help_is_light(arguments: list[str]) -> None:
    run = (
        "import contextlib\nfrom hrkit.cli import main\n"
        f"with contextlib.suppress(SystemExit): main({arguments!r}, prog_name='hrkit')\n0"
    )
    assert not loaded_by(run) & HEAVY


def test_loading_an_engagements_words_needs_no_tables() -> None:
    tables = {"numpy", "pandas", "scipy", "matplotlib", "sqlalchemy", "IPython"}
    assert not loaded_by("import hrkit; hrkit.load_instrument('partnership')") & tables


def test_a_room_is_ready_without_what_measures_and_without_what_checks_no_format(
    tmp_path: Path,
) -> None:
    """Its first page needs none of it: a fifth of the memory, a tenth of the time."""
    folder = make_folder(tmp_path / "acme")
    run = (
        "import contextlib\nfrom hrkit.commands.serve import serve\n"
        "def ready(links): raise KeyboardInterrupt\n"
        f"with contextlib.suppress(KeyboardInterrupt): serve({str(folder)!r}, port=0, ready=ready)\n0"
    )
    heavy = {"numpy", "pandas", "scipy", "matplotlib", "IPython", "arrow", "isoduration", "idna"}
    loaded = loaded_by(run)
    assert not loaded & heavy
    assert {"tornado", "sqlalchemy", "jsonschema"} <= loaded  # it was ready


def test_jupyterlab_is_served_without_what_checks_no_format() -> None:
    run = (
        "import contextlib, sys\nfrom hrkit.workbook.served import main\n"
        "sys.argv[1:] = ['--version']\n"
        "with contextlib.suppress(SystemExit): main()\n0"
    )
    loaded = loaded_by(run)
    assert {"jupyterlab", "jsonschema"} <= loaded
    assert not loaded & {"lark", "rfc3987_syntax", "isoduration"}


#: A group of commands is a module, whose functions have the words of the commands.
GROUPS = [name for name, (_, attribute) in hrkit._WHERE.items() if not attribute]
JOBS = [name for name in hrkit.__all__ if name not in GROUPS]
JOBS += [f"{group}.{name}" for group in GROUPS for name in getattr(hrkit, group).__all__]


def job(name: str) -> Callable[..., Any]:
    """A job by its name, in a group or not."""
    found: Any = hrkit
    for part in name.split("."):
        found = getattr(found, part)
    return cast("Callable[..., Any]", found)


@pytest.mark.parametrize("name", hrkit.__all__)
def test_a_public_name_is_found_when_asked_for(name: str) -> None:
    found = getattr(hrkit, name)
    module, attribute = hrkit._WHERE[name]
    there = importlib.import_module(module)
    assert found is (getattr(there, attribute) if attribute else there)
    assert callable(found) or name in GROUPS
    assert found.__doc__


def test_every_module_can_be_imported() -> None:
    for found in pkgutil.walk_packages(hrkit.__path__, "hrkit."):
        importlib.import_module(found.name)


def test_all_names_what_can_be_asked_for() -> None:
    assert sorted(hrkit._WHERE) == sorted(hrkit.__all__)


@pytest.mark.parametrize("name", ["asses", "nothing", "_private"])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"module 'hrkit' has no attribute '{name}'"):
        getattr(hrkit, name)


def test_the_version_is_the_packages() -> None:
    from importlib.metadata import version

    assert hrkit.__version__ == version("hrkit")


#: Names of the command line that are taken in Python.
CALLED = {
    "import": "import_answers",
    "map": "map_columns",
    "print": "print_papers",
    "plan-process": "plan_process",
    "run-job": "run_job",
}


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command by the words it is called with, those of groups too."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def called(words: str) -> str:
    """What a command is called in Python: ``duties.export_subject``."""
    return ".".join(CALLED.get(word, word.replace("-", "_")) for word in words.split())


def test_a_command_is_a_function_of_the_same_name() -> None:
    """In Python and in a notebook the jobs have the command line's names, and give values back."""
    from hrkit.cli import main

    jobs = {called(name) for name, _ in commands(main)}
    assert jobs <= set(JOBS)
    assert {name for name in JOBS if "." in name} <= jobs
    for name in sorted(jobs):
        function = job(name)
        assert callable(function) and function.__name__ == name.rpartition(".")[2]
        assert "Iterator" not in str(function.__annotations__["return"])
        assert function.__annotations__["return"] != "None"


def test_an_option_of_a_command_is_a_parameter_of_the_same_name() -> None:
    from hrkit.cli import main

    for name, command in commands(main):
        taken = inspect.signature(job(called(name)))
        for option in command.params:
            words = [word.lstrip("-").replace("-", "_") for word in option.opts]
            assert set(words) & set(taken.parameters), (name, words)


@pytest.mark.parametrize("name", JOBS)
def test_a_path_may_be_given_as_text(name: str) -> None:
    for taken in inspect.signature(job(name)).parameters.values():
        kinds = str(taken.annotation).split(" | ")
        assert "Path" not in kinds or "str" in kinds, taken


def test_what_is_given_as_text_is_taken(tmp_path: Path) -> None:
    folder = str(tmp_path / "acme")
    hrkit.new(folder, "Acme", "en")
    settings = tmp_path / "acme" / "engagement.yml"
    settings.write_text(settings.read_text("utf-8").replace('name: ""', 'name: "Ann"'), "utf-8")
    (written,) = hrkit.template(folder, output=str(tmp_path / "form.xlsx"))
    assert written == tmp_path / "form.xlsx"
    with pytest.raises(HrkitError, match=r"report\.docx is no name for a PDF"):
        report_place("report.docx", tmp_path, "r.pdf")


def test_a_wing_does_not_take_the_place_of_the_job_of_its_name() -> None:
    code = "import hrkit, hrkit.report.context; assert hrkit.report.__module__ == 'hrkit.commands.report'"
    subprocess.run([sys.executable, "-c", code], check=True)
