"""What answers use and the files do not have: named by ``check``, refused by every report in one list."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from hrkit import kit
from hrkit.assessment.assessment import assess
from hrkit.blocks import to_json
from hrkit.cli import main
from hrkit.commands.template import template

from .conftest import Run, files, fill_in_name, sheet, write_csv

Edit = Callable[[str], str]

PEOPLE = {"leader": 18, "hr": 12, "top": 6}
UNITS = """\
  - {id: "org", name: "Acme A/S"}
  - {id: "north", name: "Northern", parent: "org"}
  - {id: "south", name: "Southern", parent: "org"}
"""


def edit(folder: Path, *pairs: tuple[str, str], file: str = "engagement.yml") -> None:
    path = folder / file
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def lived_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement with an instrument of its own, two units, and answers from both."""
    home = tmp_path_factory.mktemp("lived") / "acme"
    hrkit("new", home, "--name", "Acme A/S", "--language", "en")
    fill_in_name(home)
    own = kit.templates() / "instruments" / "partnership.yml"
    (home / "own.yml").write_bytes(own.read_bytes())
    edit(home, ('  - {id: "org", name: "Acme A/S"}\n', UNITS),
         ('instrument: "partnership"', 'instrument: "own.yml"'))  # fmt: skip
    answer(home, seed=1)
    hrkit("check", home)
    return home


@pytest.fixture
def lived(lived_once: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(lived_once, tmp_path / "acme"))


def hrkit(*arguments: object) -> str:
    """What a command says; it must succeed."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def answer(folder: Path, seed: int, units: tuple[str, ...] = ("north", "south", "org")) -> None:
    """Answers of everybody in the latest wave, from these units in turn."""
    rows = sheet(folder, PEOPLE, seed=seed)
    for i, row in enumerate(rows[1:]):
        row[2] = units[i % len(units)]
    hrkit("import", write_csv(folder / f"{seed}.csv", rows), "--into", folder)


def item_gone(text: str) -> str:
    """The instrument without the statement trust.06."""
    start = text.index("- id: trust.06")
    begin = text.rindex("\n", 0, start) + 1
    indent = text[begin:start]
    end = text.index(f"\n{indent}- id: trust.07") + 1
    return text[:begin] + text[end:]


def perspective_gone(text: str) -> str:
    """The instrument without asking top management anything."""
    data = yaml.safe_load(text)
    who = data["perspectives"]
    who["asked"].remove("top")
    who.pop("head", None)
    who["fallback"] = {k: v for k, v in who["fallback"].items() if "top" not in (k, v)}
    for section in data["sections"]:
        for item in section["items"]:
            item["text"].pop("top", None)
            item["ask"] = [one for one in item.get("ask", who["asked"]) if one != "top"]
        section["items"] = [item for item in section["items"] if item["ask"]]
    return json.dumps(data)


REFUSED: dict[str, tuple[str, Edit, str]] = {
    "a unit taken out": (
        "engagement.yml",
        lambda t: t.replace('  - {id: "south", name: "Southern", parent: "org"}\n', ""),
        "use the unit south, which engagement.yml does not have",
    ),
    "a unit under another id": (
        "engagement.yml",
        lambda t: t.replace('id: "south"', 'id: "sydney"'),
        "use the unit south, which engagement.yml does not have",
    ),
    "another whole organisation": (
        "engagement.yml",
        lambda t: t.replace('id: "org"', 'id: "group"').replace('parent: "org"', 'parent: "group"'),
        "use the unit org, which engagement.yml does not have",
    ),
    "a unit that came later": (
        "engagement.yml",
        lambda t: t.replace(
            '  - {id: "w1", name: {en: "First round"}}',
            '  - {id: "w1", name: {en: "First round"}}\n  - {id: "w2", name: {en: "Second"}}',
        ).replace('name: "Southern", parent', 'name: "Southern", from: "w2", parent'),
        "use the unit south, which is there from w2 on; correct from:",
    ),
    "a unit merged into one that came later": (
        "engagement.yml",
        lambda t: (
            t.replace(
                '  - {id: "w1", name: {en: "First round"}}',
                '  - {id: "w1", name: {en: "First round"}}\n  - {id: "w2", name: {en: "Second"}}',
            )
            .replace('name: "Southern", parent', 'name: "Southern", merged_into: "new", parent')
            .replace(
                '  - {id: "south"',
                '  - {id: "new", name: "New", parent: "org", from: "w2"}\n  - {id: "south"',
            )
        ),
        "use the unit south, whose people belong to new, which was not there; say until which wave",
    ),
    "a perspective taken out": ("own.yml", perspective_gone, "use the perspective top"),
    "an item taken out": ("own.yml", item_gone, "use the item trust.06"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_agree_is_named_and_refused_everywhere(
    run: Run, lived: Path, case: str
) -> None:
    file, change, says = REFUSED[case]
    path = lived / file
    before = path.read_text("utf-8")
    path.write_text(change(before), "utf-8")
    assert path.read_text("utf-8") != before
    kept = files(lived)
    checked = run("check", lived)
    assert checked.code == 1 and f"answers of w1: {says}" in checked.text, checked.text
    assert files(lived) == kept  # check changes nothing
    assert not re.search(r"\b(12|10|30) (answers|people)", checked.text)
    for command in (
        ("report", lived, "--wave", "w1"),
        ("explain", lived, "roles", "--wave", "w1"),
        ("sheet", lived, "--unit", "north", "--wave", "w1"),
        ("release", lived, "--wave", "w1"),
    ):
        refused = run(*command)
        assert refused.code == 1 and says in refused.text, (command, refused.text)
    assert not list(lived.glob("*.pdf"))


MENDED: dict[str, tuple[tuple[str, str], ...]] = {
    "merged": (('name: "Southern", parent', 'name: "Southern", merged_into: "north", parent'),),
    "closed after this wave": (('name: "Southern", parent', 'name: "Southern", until: "w1", parent'),),
    "renamed": (('{id: "south", name', '{id: "sydney", was: "south", name'),),
    "gone into a sibling": (
        ('  - {id: "south", name: "Southern", parent: "org"}\n', ""),
        ('{id: "north", name: "Northern"', '{id: "north", name: "All areas", was: ["south"]'),
    ),
    "another whole organisation": (
        ('{id: "org", ', '{id: "group", was: ["org"], '),
        ('parent: "org"', 'parent: "group"'),
    ),
    "a wave under another id": (('{id: "w1", name', '{id: "2026", was: ["w1"], name'),),
}  # fmt: skip


@pytest.mark.parametrize("case", MENDED)
def test_what_became_of_it_is_enough(run: Run, lived: Path, case: str) -> None:
    before = run("explain", lived, "roles").text.splitlines()[2]  # a preview: recorded nowhere
    assert before.startswith("Score ")
    edit(lived, *MENDED[case])
    checked = run("check", lived)
    assert checked.code == 0, checked.text
    told = run("explain", lived, "roles")
    assert told.code == 0, told.text
    # The same people stand in the whole organisation, whatever its parts are called.
    assert before in told.text.splitlines()


def test_a_wave_without_answers_says_where_the_answers_are(run: Run, lived: Path) -> None:
    edit(lived, ('  - {id: "w1", name: {en: "First round"}}',
                 '  - {id: "w1", name: {en: "First round"}}\n  - {id: "w2", name: {en: "Second"}}'))  # fmt: skip
    assert run("check", lived).code == 0
    for command in ("report", "explain", "sheet"):
        more = {"explain": ["roles"], "sheet": ["--unit", "north"]}
        told = run(command, lived, *more.get(command, []))
        assert told.code == 1
        assert told.text == "The wave w2 has no answers yet; there are answers of w1 (--wave w1).\n"


def test_a_renamed_wave_is_named(run: Run, lived: Path) -> None:
    edit(lived, ('{id: "w1", name', '{id: "spring", name'))
    assert "are of a wave w1, which engagement.yml does not have" in run("check", lived).text
    told = run("explain", lived, "roles")
    assert told.code == 1
    assert told.text == (
        "The wave spring has no answers yet; the store has answers of w1, which engagement.yml "
        'does not have: if it is the same wave under another id, write was: ["w1"] there.\n'
    )


def test_a_cleared_comment_that_is_not_there_is_named(run: Run, lived: Path) -> None:
    text = (lived / "engagement.yml").read_text("utf-8")
    (lived / "engagement.yml").write_text(f'{text}\ncomments:\n  - {{id: "abc"}}\n', "utf-8")
    told = run("check", lived)
    assert told.code == 1 and "comments[0]: abc is no open answer in the store" in told.text


def test_answers_are_taken_under_an_old_id_and_refused_for_a_closed_unit(
    run: Run, lived: Path
) -> None:
    edit(
        lived,
        ('  - {id: "w1", name: {en: "First round"}}',
         '  - {id: "w1", name: {en: "First round"}}\n  - {id: "w2", name: {en: "Second"}}'),
        ('name: "Southern", parent', 'name: "Southern", until: "w1", parent'),
        ('{id: "north", name', '{id: "arctic", was: ["north"], name'),
    )  # fmt: skip
    rows = sheet(lived, {"leader": 6}, seed=2)
    for row in rows[1:]:
        row[2] = "north"
    taken = run("import", write_csv(lived / "w2.csv", rows), "--into", lived)
    assert taken.code == 0, taken.text
    rows[1][2] = "south"
    rows[1][0] = "new"
    refused = run("import", write_csv(lived / "w2b.csv", rows), "--into", lived)
    assert refused.code == 1
    assert "the unit south was not there in w2; use org, arctic" in refused.text
    assert run("check", lived).code == 0


# ------------------------------------------------------------------------------ frozen waves


#: Sections that print names, the tree, figures and who sees them.
PRINTED = ("cover", "reading", "units", "change", "method")


def said(folder: Path, wave: str) -> str:
    """What a report says of a wave in sections that rest on everything that is kept."""
    report = assess(folder, wave=wave, language="en")
    parts = [to_json((report.info, *report.section(name).blocks)) for name in PRINTED]
    return json.dumps(parts, ensure_ascii=False)


@pytest.fixture(scope="module")
def frozen_once(lived_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The first wave is frozen; a second one is in the file, and answered; what the first says."""
    home = Path(shutil.copytree(lived_once, tmp_path_factory.mktemp("frozen") / "acme"))
    hrkit("release", home, "--wave", "w1")
    edit(home, ('  - {id: "w1", name: {en: "First round"}}',
                '  - {id: "w1", name: {en: "First round"}}\n  - {id: "w2", name: {en: "Second"}}'))  # fmt: skip
    answer(home, seed=7)
    template(home)
    assert hrkit("check", home) == "acme: a good engagement.\n"
    return home, said(home, "w1")


@pytest.fixture
def frozen(frozen_once: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(frozen_once[0], tmp_path / "acme"))


LATER: dict[str, Edit] = {
    "a unit renamed": lambda t: t.replace('name: "Northern"', 'name: "Arctic"'),
    "a unit taken out": lambda t: t.replace(
        '  - {id: "south", name: "Southern", parent: "org"}\n', ""
    ),
    "a unit moved": lambda t: t.replace(
        'name: "Southern", parent: "org"', 'name: "Southern", parent: "north"'
    ),
    "the whole under another id": lambda t: t.replace('id: "org"', 'id: "all", was: "org"').replace(
        'parent: "org"', 'parent: "all"'
    ),
    "the wave renamed": lambda t: t.replace('en: "First round"', 'en: "Before"'),
    "the wave taken out": lambda t: t.replace('  - {id: "w1", name: {en: "First round"}}\n', ""),
    "other targets": lambda t: t.replace("targets: {default: 4}", "targets: {default: 2}"),
    "another audience": lambda t: t.replace('en: "The board"', 'en: "Everybody"'),
}


@pytest.mark.parametrize("case", LATER)
def test_a_frozen_wave_prints_as_it_was_whatever_is_edited_later(
    run: Run, frozen: Path, frozen_once: tuple[Path, str], case: str
) -> None:
    before = frozen_once[1]
    path = frozen / "engagement.yml"
    text = path.read_text("utf-8")
    path.write_text(LATER[case](text), "utf-8")
    assert path.read_text("utf-8") != text
    if case == "the wave taken out":
        assert "answers are of a wave w1" in run("check", frozen).text.replace(": ", " ")
        return
    assert said(frozen, "w1") == before
    told = run("check", frozen).text
    assert "w1 is frozen and prints as it was released; engagement.yml says otherwise now" in told


@pytest.mark.parametrize("asked", ["2026", "w1"])
def test_a_frozen_wave_under_another_id_is_printed(
    run: Run, frozen: Path, without_kernel: None, undrawn: None, asked: str
) -> None:
    edit(frozen, ('{id: "w1", name', '{id: "2026", was: ["w1"], name'))
    done = run("report", frozen, "--wave", asked, "--profile", "summary")
    assert done.code == 0, done.text
    assert (frozen / "acme-a-s-2026-en-summary.pdf").is_file()
    done = run("sheet", frozen, "--unit", "org", "--wave", asked)
    assert done.code == 0, done.text
    assert (frozen / "acme-a-s-2026-en-sheet-org.pdf").is_file()


@pytest.mark.parametrize(
    "change",
    [
        item_gone,
        perspective_gone,
        lambda t: t.replace("Relationship & trust", "Confidence"),
        lambda t: t.replace('version: "2.', 'version: "3.'),
    ],
    ids=["item", "perspective", "name", "version"],
)
def test_a_frozen_wave_keeps_its_instrument(
    frozen: Path, frozen_once: tuple[Path, str], change: Edit
) -> None:
    before = frozen_once[1]
    path = frozen / "own.yml"
    text = path.read_text("utf-8")
    path.write_text(change(text), "utf-8")
    assert path.read_text("utf-8") != text
    assert said(frozen, "w1") == before


def test_a_later_wave_compares_what_it_can_and_says_what_it_cannot(run: Run, frozen: Path) -> None:
    text = said(frozen, "w2")
    assert "Not compared" not in text and "What has changed" in text
    path = frozen / "own.yml"
    path.write_text(path.read_text("utf-8").replace("trust.06", "trust.20"), "utf-8")
    edit(frozen, ('{id: "w2", name: {en: "Second"}}',
                  '{id: "w2", name: {en: "Second"}}\n  - {id: "w3", name: {en: "Third"}}'),
         ('name: "Southern", parent', 'name: "Southern", until: "w1", parent'))  # fmt: skip
    assert run("template", frozen).code == 0  # its headings are those of the new statement
    answer(frozen, seed=9, units=("north",))
    report = assess(frozen, wave="w3", language="en")
    found = {(one.since, one.kind, one.id) for one in report.released.uncompared}
    assert found == {("w1", "dimension", "trust"), ("w1", "unit", "south")}
    compared = {change.measure for change in report.released.changes}
    assert "trust" not in compared and "roles" in compared
    text = said(frozen, "w3")
    assert "Not compared, since their statements or scale have changed: " in text
    assert "Not the same in both rounds: " in text and "Southern" in text


def test_a_wave_that_was_frozen_before_settings_were_kept_is_still_printed(
    run: Run, frozen: Path
) -> None:
    import sqlite3

    with sqlite3.connect(frozen / "answers.sqlite") as connection:
        connection.execute("UPDATE waves SET settings = NULL")
    connection.close()
    before = said(frozen, "w1")
    assert "Southern" in before
    edit(frozen, ('  - {id: "south", name: "Southern", parent: "org"}\n', ""))
    text = said(frozen, "w1")
    assert "south" in text and "Southern" not in text
    edit(frozen, ('id: "org"', 'id: "all"'), ('parent: "org"', 'parent: "all"'))
    assert said(frozen, "w1") == text
