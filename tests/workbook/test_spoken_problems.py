"""What check and an import say stands on the front page in its language."""

from __future__ import annotations

import ast
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

import hrkit
from hrkit.errors import Problem
from hrkit.workbook.front.spoken import (
    _FIELD,
    _GROUPS,
    filled,
    messages,
    spoken_problem,
    translated,
)
from tests.cli.conftest import sheet, write_csv
from tests.workbook.test_front import Page, again, ready, started_once

__all__ = ["started_once"]
KIT = Path(hrkit.__file__).parent


def sources() -> list[re.Pattern[str]]:
    """Every text of the code as a pattern: what is filled in may be anything."""
    found = set()
    for path in KIT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".*"
                    for one in node.values
                ]
                # A text of fields alone would be anything.
                if len("".join(one for one in parts if one != ".*")) >= 4:
                    found.add("".join(parts))
    return [re.compile(one, re.DOTALL) for one in found]


def listed() -> dict[str, Any]:
    return {f"{group}.{key}": one for group in _GROUPS for key, one in messages()[group].items()}


def test_every_english_message_is_one_that_the_code_says() -> None:
    known = sources()
    lost = [
        (key, one["en"])
        for key, one in listed().items()
        if not any(pattern.fullmatch(one["en"]) for pattern in known)
    ]
    assert lost == []


def test_every_language_fills_in_what_the_english_found() -> None:
    assert len(listed()) > 100
    for key, one in listed().items():
        fields = {name: f"<{name}>" for name in _FIELD.findall(one["en"])}
        said = filled(one["en"], fields, "en")
        for language in ("da", "nl"):
            assert set(_FIELD.findall(one[language])) == set(fields), key
            # A more general message may have the same words: what is told is the same.
            other = translated(said, language)
            assert other != said, (key, said)
            assert all(field in other for field in fields.values()), (key, other)
        assert translated(said, "en") == said


def test_lines_and_rows_are_named_in_the_language_too() -> None:
    one = spoken_problem(
        Problem("svar.csv row 4, column B (wave)", "the wave is blank", "use w1"), "da"
    )
    assert one == Problem("svar.csv række 4, kolonne B (wave)", "målingen er tom", "brug w1")
    assert translated("something nobody has listed", "da") == "something nobody has listed"
    said = "who will see the report is not said in da, nl"
    assert translated(said, "nl") == "in het Deens, het Nederlands staat niet wie het rapport te zien krijgt"  # fmt: skip
    # What stood in the file stays as it is, whatever it holds.
    assert translated("{n} is no date", "nl") == "{n} is geen datum"


@pytest.mark.parametrize("language", ["da", "nl"])
def test_what_is_wrong_in_the_settings_is_said_in_the_pages_language(
    started_once: Path, tmp_path: Path, language: str
) -> None:
    folder = Path(shutil.copytree(started_once, tmp_path / started_once.name))
    path = folder / "engagement.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["waves"][0] |= {"opens": "2027-05-01", "closes": "2027-04-01"}
    data["units"][1]["parent"] = "nowhere"
    data["units"].append({"id": "nord", "name": "Nord igen", "parent": "org"})
    data["invited"] = [{"wave": "w9", "unit": "org", "perspective": "leader", "n": 3}]
    data["branding"] = {"logo": "missing.png"}
    data["protection"] = {"scores": 2, "details": 10}
    data["sector"] = "ngo"
    data["nonsense"] = 1
    for gone in ((), ("protection", "sector", "nonsense")):
        for key in gone:
            data.pop(key)
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        page = Page(tmp_path, language)
        page.do("clients:open", folder=folder.name)
        page.tell({"type": "speak", "language": language})
        page.go("setup")
        rows = next(p for p in page.parts() if p["kind"] == "table")["rows"]
        english = {(one.what, one.fix) for one in hrkit.check(folder).problems}
        assert len(rows) >= 3
        for where, what, fix in rows:
            assert not any(what == a or fix == b for a, b in english), (where, what, fix)
            assert "line " not in where


@pytest.mark.parametrize("language", ["da", "nl"])
def test_what_is_wrong_in_a_file_of_answers_is_said_in_the_pages_language(
    started_once: Path, tmp_path: Path, language: str
) -> None:
    page, folder = again(started_once, tmp_path)
    ready(page)
    page.tell({"type": "speak", "language": language})
    rows = sheet(folder, {"leader": 7, "hr": 4}, codes=True)
    rating = rows[0].index(next(one for one in rows[0] if "trust" in one or ".0" in one))
    rows[1][1] = "w9"
    rows[2][1] = ""
    rows[3][3] = "chef for det hele"
    rows[4][2] = "Vest"
    rows[5][rating] = "kryds"
    rows[6][rating] = "9"
    rows[7][rating] = "2,5"
    rows[8][0] = rows[9][0]
    rows[10] = [*rows[10][:5], *[""] * (len(rows[10]) - 5)]
    rows[11] = [*rows[11], "for meget"]
    data = write_csv(tmp_path / "fil.csv", rows).read_bytes()
    page.go("answers")
    page.drop("fil.csv", data, 5000)
    said = page.do("answers:check", file=["fil.csv"])
    english = hrkit.check(tmp_path / "fil.csv", folder).problems
    texts = {text for one in english for text in (one.what, one.fix)}
    assert len(said["rows"]) >= 8
    left = [text for row in said["rows"] for text in row[1:] if text in texts and text]
    assert left == [], left
    assert " row " not in json.dumps([row[0] for row in said["rows"]])
    headings = [[*rows[0][:-1], "Noget helt andet"], *rows[1:]]
    data = write_csv(tmp_path / "to.csv", headings).read_bytes()
    page.drop("to.csv", data, 5000)
    said = page.do("answers:take", file=["to.csv"])
    assert not said["good"] and "was not taken" not in said["text"]
    assert "not known" not in json.dumps(said["rows"])


def test_what_is_only_worth_knowing_is_said_in_the_pages_language(
    started_once: Path, tmp_path: Path
) -> None:
    home = tmp_path / "OneDrive - Firma"
    folder = Path(shutil.copytree(started_once, home / started_once.name))
    path = folder / "engagement.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["units"].append({"id": "vest2", "name": "Vest\u200b igen", "parent": "org"})
    data["tools"] = ["mirror"]
    data["process"] = {"workshop": "2027-01-04"}
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    rows = sheet(folder, {"leader": 7, "hr": 4}, codes=True)
    file = write_csv(
        tmp_path / "fil.csv", [rows[0], *rows[1:4], [""] * len(rows[0]), *rows[4:], rows[-1]]
    )
    notes = [*hrkit.check(folder).notes, *hrkit.check(file, folder).notes]
    assert len(notes) >= 4, notes
    for language in ("da", "nl"):
        left = [one for one in notes if translated(one, language) == one]
        # How long the forms take is figures by group.
        assert [one for one in left if not one.startswith("the forms take")] == [], left
