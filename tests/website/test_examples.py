"""The examples of the documentation are run: the three paths from beginning to end, the rest as far as can be.

On a path every command runs in this process, but for those that wait for somebody or print whole
reports, whose words and options are taken apart as the command line does, and nothing else.
"""

from __future__ import annotations

import ast
import copy
import itertools
import json
import re
import shlex
import shutil
from pathlib import Path

import click
import jsonschema
import pytest
import yaml

from hrkit import kit
from hrkit.cli import main
from tests.cli.conftest import hrkit, sheet, write_csv

ROOT = Path(__file__).resolve().parents[2]
PATHS = ("consultant", "facilitator", "analyst")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")),
         *(ROOT / "website/pages" / f"{name}.md" for name in PATHS)]  # fmt: skip
BLOCK = re.compile(r"(?:<!-- file: (\S+) -->\n)?^ *```(\w+)\n(.*?)^ *```", re.M | re.S)
#: They wait for somebody, or take as long as a report does; what they make has tests of its own.
TOO_LONG = {"serve", "lab", "key", "report", "release", "batch", "benchmark", "demo", "run-job"}


def blocks(page: Path) -> list[tuple[str, str, str]]:
    """File, language and text of each block of code."""
    return [(one[1] or "", one[2], one[3]) for one in BLOCK.finditer(page.read_text("utf-8"))]


def commands(text: str) -> list[list[str]]:
    """The words of every `hrkit` command in lines of a shell."""
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    found = [
        shlex.split(line, comments=True) for line in lines if line.strip().startswith("hrkit ")
    ]
    piped = {"|", ">", "&&"}
    return [list(itertools.takewhile(lambda word: word not in piped, one[1:])) for one in found]


def taken_apart(words: list[str]) -> None:
    """A command line that `click` takes: no unknown option, no word too many or too few."""
    command: click.Command = main
    name, rest = "hrkit", list(words)
    while isinstance(command, click.Group):
        name, rest = rest[0], rest[1:]
        command = command.commands[name]
    # The files of the example need not be there.
    loose = copy.copy(command)
    loose.params = [copy.copy(one) for one in command.params]
    for parameter in loose.params:
        if isinstance(parameter.type, click.Path):
            parameter.type = click.Path()
    loose.make_context(name, rest)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_line_in_the_docs_is_one(page: Path) -> None:
    for words in (one for _, kind, text in blocks(page) if kind == "sh" for one in commands(text)):
        try:
            taken_apart(words)
        except click.ClickException as error:
            pytest.fail(f"hrkit {' '.join(words)}: {error.format_message()}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_piece_of_python_in_the_docs_can_be_read(page: Path) -> None:
    for _, kind, text in blocks(page):
        if kind == "python":
            ast.parse("\n".join(line.removeprefix("   ") for line in text.splitlines()))


#: Kinds of file that the kit reads, by the schema that says what may stand in one.
KINDS = ("engagement", "mapping", "member", "instrument", "extension", "actions")
YAML = [
    (page.name, number, text)
    for page in PAGES
    for number, text in enumerate(text for _, kind, text in blocks(page) if kind == "yaml")
]


@pytest.mark.parametrize(("page", "number", "text"), YAML, ids=lambda one: str(one)[:20])
def test_every_setting_in_the_docs_is_one_that_is_read(page: str, number: int, text: str) -> None:
    """What the page shows of a file has known keys with values of the right shape; a file may lack the rest."""
    data = yaml.safe_load(text)
    if "apiVersion" in data:
        return  # Kubernetes' own
    wrong = {}
    for kind in KINDS:
        schema = json.loads(
            (kit.templates() / "schemas" / f"{kind}.schema.json").read_text("utf-8")
        )
        schema.pop("required", None)
        found = list(jsonschema.Draft202012Validator(schema).iter_errors(data))
        wrong[kind] = [error.message for error in found]
    assert [] in wrong.values(), (page, number, {k: v[:2] for k, v in wrong.items()})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(
    page: str, home: Path, given, without: frozenset[str] | set[str] = frozenset()
) -> list[str]:
    """Do what a path says, in its order; the commands that ran come back."""
    ran: list[str] = []
    names: dict[str, object] = {}
    for file, kind, text in blocks(ROOT / "website/pages" / f"{page}.md"):
        if file:
            (home / file).parent.mkdir(parents=True, exist_ok=True)
            (home / file).write_text(text, "utf-8")
        elif kind == "python":
            exec(compile(text, f"{page}.md", "exec"), names)
        for words in commands(text) if kind == "sh" else []:
            given(words)
            if words[0] in TOO_LONG | without:
                continue
            done = hrkit(*words)
            assert done.code == 0, f"hrkit {' '.join(words)}\n{done.text}"
            ran.append(words[0])
    return ran


def test_the_consultants_path(home: Path) -> None:
    def given(words: list[str]) -> None:
        if "answers.csv" in words and not (home / "answers.csv").exists():
            rows = sheet(home / "clients/acme", {"leader": 7, "hr": 6})
            write_csv(home / "answers.csv", rows)

    ran = run("consultant", home, given)
    assert ran == ["new", "check", "plan", "template", "letters", "check", "import", "respondents", "comments", "explain"]  # fmt: skip


def test_the_facilitators_path(home: Path, client_folder) -> None:
    shutil.copytree(client_folder("municipality"), home / "demo/municipality")
    ran = run("facilitator", home, lambda words: None)
    assert ran == ["codes", "print", "agreements", "actions"]
    (slips,) = (home / "slips").glob("*.pdf")
    assert slips.read_bytes().startswith(b"%PDF")


def test_the_analysts_path(home: Path, client_folder) -> None:
    shutil.copytree(client_folder("municipality"), home / "demo/municipality")

    # Another program's export has to be there for these two: tests/answers reads real ones.
    ran = run("analyst", home, lambda words: None, without={"map", "import"})
    assert ran == ["new", "instruments"]
