"""A meeting on paper, typed in later: the workbook of agreed levels goes out and comes back."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import hrkit
from hrkit import synthetic
from hrkit.answers.files.excel import PROPERTY
from hrkit.cli import main
from hrkit.errors import HrkitError
from hrkit.publish.fillable import render_fillable
from hrkit.records.store import open_records, records_of
from hrkit.records.values import VotesMoved
from hrkit.report.worksheets.agreed import AGREED_COLUMNS, agreed_form

AT = {name: x for x, name in enumerate(AGREED_COLUMNS)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("agreements") / "firm"
    synthetic.build(synthetic.client("municipality"), folder)
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    made = tmp_path / "home"
    shutil.copytree(built, made)
    return made


def filled(home: Path, path: Path, language: str, *changes: dict[str, str]) -> Path:
    report = hrkit.assess(home, language=language)
    form = agreed_form(report.context, (PROPERTY, report.engagement.id))
    rows = [list(row) for row in form.rows]
    for i, change in enumerate(changes):
        if "dimension" in change:
            rows.append([""] * len(AT))
            i = len(rows) - 1
        for name, text in change.items():
            rows[i][AT[name]] = text
    made = dataclasses.replace(form, rows=tuple(map(tuple, rows)))
    path.write_bytes(render_fillable(made, report.info))
    return path


@pytest.mark.parametrize(
    ("language", "table"), [("da", "Bord 3"), ("nl", "Tafel 3"), ("en", "Table 3")]
)
def test_what_is_typed_becomes_records_and_comes_back(
    home: Path, tmp_path: Path, language: str, table: str
) -> None:
    engagement = hrkit.load_engagement(home)
    name = engagement.instrument.dimensions[0].name[language]
    hr = engagement.instrument.people.one("hr").name("label", language)
    path = filled(
        home, tmp_path / "back.xlsx", language,
        {"first": "2-3", "second": "3", "level": "3", "evidence": "=1+1", "shift": "Nobody knew"},
        {"views": "Yes; no", "evidence": "Two weeks in May"},
        {"dimension": name, "scope": table, "level": "2", "evidence": "Not with us"},
        {"dimension": name, "scope": hr, "level": "4", "evidence": "Fridays"},
    )  # fmt: skip
    taken = CliRunner().invoke(main, ["agreements", str(home), "--take", str(path)])
    assert taken.exit_code == 0 and "5 kept, 0 as they were" in taken.output, taken.output
    records = records_of(engagement)
    first, parted, at_table, party = records.agreed
    assert (first.level, first.evidence, first.shift, first.locked) == (
        3,
        "=1+1",
        "Nobody knew",
        True,
    )
    assert parted.parted and parted.views == "Yes; no"
    assert (at_table.scope, at_table.level, party.scope) == ("table:3", 2, "party:hr")
    assert records.votes[0].shift == "higher" and records.votes[0].by_hand
    # Once more, in another language, nothing changes.
    again = filled(home, tmp_path / "again.xlsx", "en" if language != "en" else "da")
    assert str(hrkit.agreements(home, take=again)).endswith("0 kept, 5 as they were")


def test_every_wrong_cell_is_told_and_nothing_is_kept(home: Path, tmp_path: Path) -> None:
    path = filled(
        home, tmp_path / "bad.xlsx", "en",
        {"level": "7", "evidence": "x"}, {"level": "3"}, {"evidence": "without a level"},
        {"first": "high"}, {"level": "3", "evidence": "x" * 401},
        {"dimension": "Weather", "level": "3", "evidence": "x"},
        {"dimension": hrkit.load_engagement(home).instrument.dimensions[0].id, "scope": "Desk 4", "level": "3", "evidence": "x"},
    )  # fmt: skip
    with pytest.raises(HrkitError) as told:
        hrkit.agreements(home, take=path)
    said = str(told.value)
    for word in ("7 is no level", "what it rests on", "no level, though", "high is no level",
                 "400 characters", "Weather", "Desk 4"):  # fmt: skip
        assert word in said, word
    assert not records_of(hrkit.load_engagement(home))


def test_what_was_agreed_is_typed_over_only_with_a_reason(home: Path, tmp_path: Path) -> None:
    line = {"level": "3", "evidence": "Fridays"}
    hrkit.agreements(home, take=filled(home, tmp_path / "a.xlsx", "en", line))
    with pytest.raises(HrkitError, match="why what was agreed is changed"):
        hrkit.agreements(home, take=filled(home, tmp_path / "b.xlsx", "en", line | {"level": "4"}))
    change = line | {"level": "4", "reason": "HR was not heard"}
    hrkit.agreements(home, take=filled(home, tmp_path / "c.xlsx", "en", change))
    assert records_of(hrkit.load_engagement(home)).agreed[0].level == 4


def test_what_was_released_of_votes_is_not_typed_over(home: Path, tmp_path: Path) -> None:
    engagement = hrkit.load_engagement(home)
    dimension = engagement.instrument.dimensions[0].id
    released = VotesMoved(dimension, engagement.wave().id, "tenths 0,5,5,0,0", "few", "")
    with open_records(engagement) as keeper:
        keeper.put(released)
    change = {"first": "1", "second": "5", "level": "3", "evidence": "x"}
    hrkit.agreements(home, take=filled(home, tmp_path / "a.xlsx", "en", change))
    assert records_of(engagement).votes == (released,)


def test_it_is_written_beside_the_report(home: Path) -> None:
    made = hrkit.agreements(home, language="da")
    assert made.name.endswith("-w1-da-agreements.xlsx")
    with pytest.raises(HrkitError, match="no line with a level"):
        hrkit.agreements(home, take=made)


def test_what_was_filled_in_under_an_older_heading_is_not_lost(home: Path, tmp_path: Path) -> None:
    report = hrkit.assess(home, language="nl")
    form = agreed_form(report.context, (PROPERTY, report.engagement.id))
    row, columns = list(form.rows[0]), list(form.columns)
    row[AT["level"]], row[AT["evidence"]] = "3", "Vrijdag"
    columns[AT["evidence"]] = dataclasses.replace(columns[AT["evidence"]], name="Waarop het rust")
    older = dataclasses.replace(form, columns=tuple(columns), rows=(tuple(row),))
    path = tmp_path / "older.xlsx"
    path.write_bytes(render_fillable(older, report.info))
    hrkit.agreements(home, take=path)
    assert [one.evidence for one in records_of(hrkit.load_engagement(home)).agreed] == ["Vrijdag"]
