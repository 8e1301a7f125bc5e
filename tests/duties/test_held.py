"""What is owed for an engagement is owed for its tools; and what lies about is known by its bytes, not its name."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import hrkit
from hrkit.answers.opening import NoAnswers
from hrkit.answers.slips import Slip
from hrkit.answers.store import open_store
from hrkit.commands.duties import secret
from hrkit.errors import EngagementError, HrkitError, StoreError
from hrkit.model import engagement_file as engagements
from hrkit.storage import cipher
from tests.cli.conftest import fill_in_name
from tests.cli.conftest import hrkit as run
from tests.duties.test_duties import found

WORDS = "Nobody asked the night shift about the rota, she said"
KEY = "seven green bicycles"
TOOLS = ("mirror", "services")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An engagement with two tools, and a code under which somebody answered in each of the three."""
    folder = tmp_path_factory.mktemp("held") / "acme"
    hrkit.new(folder, "Acme A/S", "en")
    fill_in_name(folder)
    hrkit.tools(folder, TOOLS)
    codes = {}
    for name in ("", *TOOLS):
        engagement = engagements.load(folder / name)
        questions = engagement.instrument.questions("leader")
        with open_store(engagement) as store:
            (codes[name],) = store.hand_out("w1", Slip("org", "leader"), 1)
            who = store.begin("w1", "org", "leader", code=codes[name])
            rated = next(one for one in questions if one.facet.scale.choices)
            store.save(who, rated.item.id, rated.facet.id, rated.facet.scale.choices[0].value)
            written = [one for one in questions if one.facet.scale.kind == "text"]
            for one in written[:1]:
                store.save(who, one.item.id, one.facet.id, WORDS)
            store.begin("w1", "org", "leader")
    return folder, codes


@pytest.fixture
def made(
    made_once: tuple[Path, dict[str, str]], tmp_path: Path
) -> Iterator[tuple[Path, dict[str, str]]]:
    folder, codes = made_once
    shutil.copytree(folder, tmp_path / "acme")
    before = dict(cipher._KEYS)
    yield tmp_path / "acme", codes
    cipher._KEYS.clear()
    cipher._KEYS.update(before)


def people(folder: Path) -> dict[str, int]:
    counts = {}
    for name in ("", *TOOLS):
        with open_store(engagements.load(folder / name), write=False) as store:
            counts[name] = len(store.read("w1").people)
    return counts


def test_a_purge_takes_the_tools_along(made: tuple[Path, dict[str, str]]) -> None:
    folder, _ = made
    rehearsed = hrkit.duties.purge(folder, wave="w1", rehearse=True)
    assert rehearsed.waves == ("w1", "mirror/w1", "services/w1")
    assert people(folder) == {"": 2, "mirror": 2, "services": 2}
    done = run("duties", "purge", folder, "--wave", "w1")
    assert "Erased: w1, mirror/w1, services/w1." in done.text
    assert people(folder) == dict.fromkeys(("", *TOOLS), 0)
    acts = [act.about for act in hrkit.duties.audit(folder) if act.what == "purge"]
    assert sorted(acts) == ["mirror: w1", "services: w1", "w1"]


def test_a_tool_that_is_taken_up_no_more_is_not_forgotten(
    made: tuple[Path, dict[str, str]],
) -> None:
    folder, _ = made
    path = folder / "engagement.yml"
    text = path.read_text("utf-8")
    assert "services" in text
    path.write_text(text.replace(", services", "").replace("  - services\n", ""), "utf-8")
    assert "services" not in path.read_text("utf-8").split("tools:")[1].splitlines()[0]
    assert "services/w1" in hrkit.duties.purge(folder, wave="w1").waves
    # One that cannot be read is no reason to erase only the others.
    (folder / "mirror" / "engagement.yml").write_text("part_of: '..'\n", "utf-8")
    with pytest.raises(EngagementError):
        hrkit.duties.purge(folder, wave="w1")


def test_nothing_goes_of_one_tool_while_another_cannot_be_answered_for(
    made: tuple[Path, dict[str, str]],
) -> None:
    """What lies in the folder around it is looked through afterwards: that has to be possible before."""
    folder, codes = made
    (folder / "services" / "engagement.yml").write_text("part_of: '..'\n", "utf-8")
    for deed in (
        lambda: hrkit.duties.erase(folder / "mirror", codes["mirror"]),
        lambda: hrkit.duties.purge(folder / "mirror", wave="w1"),
    ):
        with pytest.raises(EngagementError):
            deed()
        with open_store(engagements.load(folder / "mirror"), write=False) as store:
            assert len(store.read("w1").people) == 2


def test_the_day_is_reminded_of_until_the_last_answer_is_gone(
    made: tuple[Path, dict[str, str]],
) -> None:
    folder, _ = made
    path = folder / "engagement.yml"
    text = path.read_text("utf-8")
    lines = [
        'duties: {answers_until: "2026-01-01"}' if one.startswith("duties:") else one
        for one in text.splitlines()
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert "were to be kept until 2026-01-01" in run("imports", folder).text
    with open_store(engagements.load(folder)) as store:
        store.purge("w1")
    assert "were to be kept until 2026-01-01" in run("imports", folder).text
    assert hrkit.duties.purge(folder).waves == ("mirror/w1", "services/w1")
    assert "were to be kept" not in run("imports", folder).text


def test_a_code_is_looked_for_in_every_store(made: tuple[Path, dict[str, str]]) -> None:
    folder, codes = made
    written = hrkit.duties.export_subject(folder, codes["mirror"])
    assert written.waves == ("mirror/w1",)
    (kept,) = json.loads(written.paths[1].read_text("utf-8"))["kept"]
    assert kept["questionnaire"] == engagements.load(folder / "mirror").instrument.title["en"]
    # What is printed of a tool lies in the folder around it.
    (folder / "notes.txt").write_text(f"of {codes['mirror']}", "utf-8")
    with pytest.raises(HrkitError, match="Nothing is kept"):
        hrkit.duties.erase(folder / "services", codes["mirror"])
    done = hrkit.duties.erase(folder / "mirror", codes["mirror"], files=True)
    assert done.waves == ("mirror/w1",)
    assert "notes.txt" in {one.path.name for one in done.left if one.gone}
    assert people(folder) == {"": 2, "mirror": 1, "services": 2}
    assert hrkit.duties.erase(folder, codes["services"]).waves == ("services/w1",)
    assert hrkit.duties.erase(folder, codes[""], files=True).waves == ("w1",)
    assert people(folder) == {"": 1, "mirror": 1, "services": 1}
    assert found([*codes.values(), WORDS], folder) == []


def test_an_engagement_is_encrypted_with_its_tools(made: tuple[Path, dict[str, str]]) -> None:
    pytest.importorskip("sqlcipher3")
    folder, codes = made
    stores = [folder / name / "answers.sqlite" for name in ("", *TOOLS)]
    # One of them is first encrypted alone: the others get its key.
    assert hrkit.duties.encrypt(folder / "services", key=KEY) == (stores[2],)
    with pytest.raises(StoreError, match="cannot be opened with this key"):
        hrkit.duties.encrypt(folder, key="another key of mine")
    assert set(hrkit.duties.encrypt(folder, key=KEY)) == set(stores[:2])
    assert all(map(cipher.is_encrypted, stores))
    assert hrkit.duties.encrypt(folder, key=KEY) == ()
    cipher._KEYS.clear()  # another process
    assert secret.locked(folder)
    with pytest.raises(StoreError):
        secret.unlock(folder, "another key of mine")
    secret.unlock(folder, KEY)
    assert not secret.locked(folder) and people(folder) == {"": 2, "mirror": 2, "services": 2}
    # A second store that a program has left is named, though nothing can be read in it.
    shutil.copy2(stores[1], folder / "mirror" / "answers (conflicted copy).sqlite")
    left = hrkit.duties.erase(folder, codes["mirror"], files=True).left
    assert [(one.path.name, one.kind, one.gone) for one in left] == [
        ("answers (conflicted copy).sqlite", "packed", False)
    ]
    assert set(hrkit.duties.decrypt(folder)) == set(stores)


def test_nobody_has_answered_anywhere(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    hrkit.new(folder, "Acme A/S", "en")
    fill_in_name(folder)
    hrkit.tools(folder, ["mirror"])
    for asked in (
        lambda: hrkit.duties.purge(folder, wave="w1"),
        lambda: hrkit.duties.erase(folder, "K7MQ-4XRT-9B"),
        lambda: hrkit.duties.audit(folder),
    ):
        with pytest.raises(NoAnswers):
            asked()


def test_a_file_is_known_by_what_it_holds(made: tuple[Path, dict[str, str]]) -> None:
    folder, codes = made
    code = codes[""]
    with zipfile.ZipFile(folder / "answers.xlsx.old", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", code)
    (folder / "answers.csv.gz").write_bytes(gzip.compress(code.encode()))
    # As Windows packs what is large: a way that Python does not know.
    with zipfile.ZipFile(folder / "large.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("answers.csv", code * 100)
    data = bytearray((folder / "large.zip").read_bytes())
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + at] = 9
    (folder / "large.zip").write_bytes(data)
    with zipfile.ZipFile(folder / "torn.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", code * 100)
    torn = bytearray((folder / "torn.docx").read_bytes())
    torn[45:55] = b"\xff" * 10
    (folder / "torn.docx").write_bytes(torn)
    done = hrkit.duties.erase(folder, code, files=True)
    assert {one.path.name: (one.kind, one.gone) for one in done.left} == {
        "answers.xlsx.old": ("names", True),
        "answers.csv.gz": ("packed", False),
        "large.zip": ("packed", False),
        "torn.docx": ("packed", False),
    }


def test_check_reads_the_stores_of_the_tools_too(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    folder, _ = made
    assert not hrkit.check(folder).problems
    other = tmp_path / "beta"
    hrkit.new(other, "Beta", "en")
    fill_in_name(other)
    hrkit.tools(other, ["mirror"])
    shutil.copy2(folder / "mirror" / "answers.sqlite", other / "mirror")
    (problem,) = hrkit.check(other).problems
    assert problem.where.startswith("mirror, ") and "acme-a-s.mirror" in problem.what
