"""Stores of every format that ever was: opened, released and printed by this hrkit.

``tests/fixtures/stores/v1`` was written by the first hrkit that kept releases (tables of version 1):
answers that nothing was released of; an open wave with a kept draft and late answers; a frozen wave
with comments; a frozen wave and an open one after it.  ``v2`` was written by the last one without a
language of answering, under an instrument with one way out: an open wave, a draft with late answers, a
frozen one.  ``v3`` was written by the last one whose core instrument was version 1: the same three.
``v4`` was first written by the hrkit that hands out codes: the same three, with three codes handed out.
``v5`` was first written by the hrkit that types in paper: the open wave, with two forms from paper.
``v6`` was first written by the hrkit that undoes imports: the open wave, with one import over another.
``shown.json`` says what it showed.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import nullcontext
from pathlib import Path

import pytest

from hrkit.answers import schema
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.assessment.explain import explain
from hrkit.blocks import Heading, plain, walk
from hrkit.commands.check import check
from hrkit.commands.comments import comments
from hrkit.disclosure.kept.snapshot import FORMAT, from_snapshot, to_snapshot
from hrkit.disclosure.release import issue, preview
from hrkit.errors import StoreError
from hrkit.model import engagement_file as engagements
from hrkit.storage.migrations import latest, upgrade
from tests.quick import undrawn

STORES = Path(__file__).parents[1] / "fixtures" / "stores"
FOLDERS = sorted(path.parent for path in STORES.glob("*/*/engagement.yml"))


@pytest.fixture(params=FOLDERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def old(request, tmp_path):
    """A folder as an earlier hrkit left it."""
    return Path(shutil.copytree(request.param, tmp_path / request.param.name))


def shown(folder):
    path = folder / "shown.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def version(folder):
    connection = sqlite3.connect(folder / "answers.sqlite")
    try:
        return connection.execute("SELECT schema_version FROM meta").fetchone()[0]
    finally:
        connection.close()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def look(folder):
    """Every command that only looks, as a store in memory (old, or not to be written) serves it."""
    found = check(folder)
    assert not found.problems, found.problems
    assert comments(folder) or not any(was["comments"] for was in shown(folder).values())
    for wave in engagements.load(folder).waves:
        assert explain(folder, "trust", wave=wave.id)


def test_every_format_has_its_stores():
    assert {int(path.name[1:]) for path in STORES.iterdir()} == set(range(1, schema.VERSION + 1))


def test_looking_changes_nothing(old):
    before = {path.name: path.read_bytes() for path in old.iterdir()}
    engagement = engagements.load(old)
    for wave in engagement.waves:
        assert preview(engagement, wave.id).scores
    look(old)
    assert {path.name: path.read_bytes() for path in old.iterdir()} == before


def test_it_is_opened_issued_and_kept_beside(old):
    was, was_version = (old / "answers.sqlite").read_bytes(), version(old)
    engagement = engagements.load(old)
    with open_store(engagement) as store:
        people = len(store.read())
    assert version(old) == schema.VERSION
    backups = [path.name for path in old.glob("answers.sqlite.backup-*")]
    older = was_version < schema.VERSION
    assert backups == ([f"answers.sqlite.backup-v{was_version}"] if older else [])
    for backup in map(old.joinpath, backups):
        assert os.name != "posix" or backup.stat().st_mode & 0o077 == 0
        copy = sqlite3.connect(backup)
        assert copy.execute("SELECT count(*) FROM respondents").fetchone()[0] == people
        assert copy.execute("SELECT schema_version FROM meta").fetchone()[0] == was_version
        copy.close()
    assert len(was)
    for wave in engagement.waves:
        first = issue(engagement, wave.id)
        with open_store(engagement) as store:
            count = len(store.releases())
        assert issue(engagement, wave.id) == first
        with open_store(engagement) as store:
            assert len(store.releases()) == count
    assert [path.name for path in old.glob("answers.sqlite.backup-*")] == backups


def test_a_frozen_wave_is_what_it_was(old):
    engagement = engagements.load(old)
    for wave, was in shown(old).items():
        if was["draft"]:
            continue
        found = issue(engagement, wave)
        assert found.state == "final" and not found.draft
        assert str(found.frozen) == was["frozen"]
        assert len(found.comments) == was["comments"]
        for measure, unit, group, why, *numbers in was["scores"]:
            score = found.score(measure, group, unit)
            assert [score.why.value, score.n, score.mean, score.low, score.high] == [why, *numbers]


def test_its_report_is_made(old):
    engagement = engagements.load(old)
    for wave in engagement.waves:
        found = issue(engagement, wave.id)
        for number, language in enumerate(engagement.languages):
            # Charts are drawn of what each format kept, in one language.
            with nullcontext() if found.state == "final" and not number else undrawn():
                blocks = assess(old, wave=wave.id, language=language, released=found).blocks()
            headings = [plain(block.text) for block in walk(blocks) if isinstance(block, Heading)]
            assert len(headings) > 10


def test_a_read_only_folder_is_looked_at_and_a_frozen_wave_printed(old):
    """On a mount that cannot be written (only root may make one; else the folder's rights do)."""
    if os.name != "posix":
        pytest.skip("needs rights of folders")
    engagement = engagements.load(old)
    before = names(old)
    if os.geteuid() == 0:
        bound = subprocess.run(["mount", "--bind", old, old], capture_output=True).returncode == 0
        if not bound:
            pytest.skip("root here may not mount, and no right binds root")
        subprocess.run(["mount", "-o", "remount,ro,bind", old], check=True)
    else:
        old.chmod(0o555)
    try:
        look(old)
        for wave in engagement.waves:
            found = preview(engagement, wave.id)
            if found.state == "final":
                assert issue(engagement, wave.id) == found
            else:
                with pytest.raises(
                    StoreError, match=r"answers.sqlite can only be read where it lies"
                ):
                    issue(engagement, wave.id)
        assert names(old) == before
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", old], check=True)
        else:
            old.chmod(0o755)


def test_the_steps_make_what_a_new_store_has(tmp_path):
    from sqlalchemy import URL, MetaData, insert

    from hrkit.storage.database import connect, reading, writing

    made = {}
    for name in ("new", "steps"):
        engine = connect(URL.create("sqlite", database=str(tmp_path / name)))
        with writing(engine, name) as connection:
            if name == "new":
                schema.prepare(connection, name)
            else:
                assert upgrade(connection, schema.STEPS, 0) == schema.VERSION
                row = {
                    "id": 1,
                    "schema_version": schema.VERSION,
                    "salt": "0",
                    "created": dt.date.today(),
                }
                connection.execute(insert(schema.meta).values(**row))
        with reading(engine, name) as connection:
            assert schema.examine(connection, name).version == schema.VERSION
            found = MetaData()
            found.reflect(connection)
            made[name] = {
                table.name: {
                    c.name: (str(c.type), c.nullable, c.primary_key) for c in table.columns
                }
                for table in found.tables.values()
            }
    assert made["new"] == made["steps"]
    assert latest(schema.STEPS) == schema.VERSION


def test_a_copy_goes_with_the_person_who_is_erased(tmp_path):
    folder = Path(shutil.copytree(STORES / "v1" / "frozen", tmp_path / "frozen"))
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        texts = store.comments()
        cleared = {c.id for c in engagement.comments}
        said = next(row for row in texts.itertuples() if row.id in cleared)
        assert any(c.text == said.text for c in preview(engagement, "w1").comments)
        connection = sqlite3.connect(folder / "answers.sqlite")
        (key,) = connection.execute(
            "SELECT respondent FROM answers WHERE id = ?", (said.id,)
        ).fetchone()
        connection.close()
        cut_off = folder / ".answers.sqlite.abc.part"  # a copy that a pulled plug left
        shutil.copy(folder / "answers.sqlite.backup-v1", cut_off)
        assert store.erase([key]) == 1
    assert not cut_off.exists()
    for file in folder.glob("answers.sqlite*"):
        assert said.text.encode() not in file.read_bytes()
        assert key.encode() not in file.read_bytes()
    assert not any(c.text == said.text for c in preview(engagement, "w1").comments)
    with open_store(engagement) as store:
        store.purge("w1")
        assert all("people" not in one.audit for one in store.releases())
    found = preview(engagement, "w1")
    assert found.scores and not found.comments


def test_a_snapshot_without_a_table_is_read_and_a_newer_one_refused(tmp_path):
    folder = Path(shutil.copytree(STORES / "v1" / "frozen", tmp_path / "frozen"))
    found = issue(engagements.load(folder), "w1")
    data = json.loads(json.dumps(to_snapshot(found)))
    assert from_snapshot(data) == found
    fewer = {
        name: value for name, value in data.items() if name not in ("changes", "gaps", "state")
    }
    assert from_snapshot(fewer).gaps == ()
    for more in ({"format": FORMAT + 1}, {"something": []}):
        with pytest.raises(StoreError, match="newer hrkit.*Update hrkit"):
            from_snapshot({**data, **more})
    data["scores"][0]["strange"] = 1
    with pytest.raises(StoreError, match="newer hrkit.*strange"):
        from_snapshot(data)
