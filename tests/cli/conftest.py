"""The command line as a user meets it: a command in, exit code and text out."""

from __future__ import annotations

import csv
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner

from hrkit.answers.ballots import columns_of
from hrkit.cli import main
from hrkit.model import engagement_file as engagements
from tests.quick import at_home


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    text: str


Run = Callable[..., Done]


def hrkit(*arguments: object) -> Done:
    """Run a command; an exception other than the end of the program fails the test."""
    result = CliRunner().invoke(main, [str(each) for each in arguments], prog_name="hrkit")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return Done(result.exit_code, result.output)


@pytest.fixture
def run() -> Run:
    """Runs a command."""
    return hrkit


@pytest.fixture(scope="session")
def ready_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new engagement in which the consultant's name is filled in; to be copied."""
    folder = tmp_path_factory.mktemp("ready") / "acme"
    assert hrkit("new", folder, "--name", "Acme A/S", "--language", "en").code == 0
    fill_in_name(folder)
    return folder


@pytest.fixture(scope="session")
def answered_once(ready_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With answers of seven leaders and six HR partners; to be copied."""
    folder = copied(ready_once, tmp_path_factory.mktemp("answered") / "acme")
    file = write_csv(folder.parent / "filled.csv", sheet(folder, {"leader": 7, "hr": 6}))
    assert hrkit("import", file, "--into", folder).code == 0
    return folder


@pytest.fixture
def ready(ready_once: Path, tmp_path: Path) -> Path:
    """A new engagement in which the consultant's name is filled in."""
    return copied(ready_once, tmp_path / "acme")


@pytest.fixture
def answered(answered_once: Path, tmp_path: Path) -> Path:
    """An engagement with answers of seven leaders and six HR partners, and the file they came in."""
    shutil.copy2(answered_once.parent / "filled.csv", tmp_path)
    folder = copied(answered_once, tmp_path / "acme")
    at_home(folder)
    return folder


def copied(folder: Path, place: Path) -> Path:
    """The same engagement in another place."""
    return Path(shutil.copytree(folder, place))


def fill_in_name(folder: Path) -> None:
    path = folder / "engagement.yml"
    text = path.read_text("utf-8")
    assert text.count('name: ""') == 1
    text = text.replace('name: ""', 'name: "Ann Lee"')
    path.write_text(re.sub(r'(?m)^(  (?:da|en|nl): )""', r'\1"The board"', text), "utf-8")


def sheet(
    folder: Path, people: Mapping[str, int], *, codes: bool = False, seed: int = 1
) -> list[list[str]]:
    """A filled-in template: the headings of ``answers.csv`` and a row for each person."""
    engagement = engagements.load(folder)
    with (folder / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        (headings,) = csv.reader(file, delimiter="," if engagement.language == "en" else ";")
    rng = random.Random(seed)
    instrument = engagement.instrument
    asked = [len(columns_of(instrument, one)) for one in instrument.keys.values()]
    first = len(headings) - sum(asked)
    rows = [headings]
    for perspective, count in people.items():
        for _ in range(count):
            code = f"K{len(rows):03d}" if codes else ""
            person = [code, engagement.waves[-1].id, engagement.root.id, perspective, "", "", ""]
            row = person[:first]
            for question in engagement.instrument.keys.values():
                scale = question.facet.scale
                if perspective not in question.item.ask:
                    row += [""] * len(columns_of(instrument, question))
                elif scale.kind == "pick":
                    count = len(columns_of(instrument, question))
                    chosen = rng.sample(range(count), scale.exactly)
                    row += ["1" if i in chosen else "0" for i in range(count)]
                elif scale.kind == "text":
                    row.append(f"Remark {len(rows)}" if question.key == "open.01" else "")
                else:
                    row.append(rng.choice(scale.choices).value)
            rows.append(row)
    return rows


def write_csv(path: Path, rows: Iterable[Iterable[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Answers")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            page.write_string(r, c, cell) if cell else None
    book.close()
    return path


def store_rows(folder: Path) -> dict[str, list[Any]]:
    """Everything in a store, table by table; nothing where there is no store."""
    path = folder / "answers.sqlite"
    if not path.exists():
        return {}
    with sqlite3.connect(path) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        found = {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in tables
        }
    connection.close()
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
