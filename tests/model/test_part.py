"""A part of an engagement: what it takes from the whole, whose it is, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from hrkit.answers.store import open_store
from hrkit.assessment.load import minutes
from hrkit.assessment.parts import parts_of, without_part
from hrkit.commands.check import check
from hrkit.commands.tools import tools
from hrkit.errors import HrkitError, StoreError
from hrkit.model import engagement_file as engagements
from hrkit.model import tool as kit_tools
from hrkit.model.languages import codes
from tests.tools.played import answer, engaged


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return engaged(tmp_path / "nordby", "mirror")


def changed(folder: Path, old: str, new: str) -> None:
    path = folder / engagements.FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_part_reads_from_its_whole_what_it_does_not_say(whole: Path) -> None:
    changed(whole, "protection: {scores: 5, details: 10}", "protection: {scores: 7, details: 12}")
    changed(
        whole,
        "invited: []",
        'invited:\n  - {wave: "w1", unit: "org", perspective: "leader", n: 40}\n  - {wave: "w1", unit: "org", perspective: "top", n: 4}',
    )
    one, part = engagements.load(whole), engagements.load(whole / "mirror")
    assert part.id == f"{one.id}.mirror"
    assert part.instrument.id == "mirror"
    for name in ("client", "consultant", "language", "units", "waves", "audience", "protection"):
        assert getattr(part, name) == getattr(one, name)
    # Nobody is invited to a part whom it does not ask.
    assert [row.perspective for row in part.invited] == ["leader"]


def test_a_part_may_raise_a_threshold_and_never_lower_it(whole: Path) -> None:
    changed(whole, "protection: {scores: 5, details: 10}", "protection: {scores: 7, details: 12}")
    path = whole / "mirror" / engagements.FILE
    path.write_text(path.read_text("utf-8") + "protection: {scores: 5, details: 20}\n", "utf-8")
    protection = engagements.load(whole / "mirror").protection
    assert (protection.scores, protection.details) == (7, 20)


def test_the_look_is_that_of_the_whole(whole: Path) -> None:
    (whole / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    path = whole / engagements.FILE
    path.write_text(
        path.read_text("utf-8") + '\nbranding: {logo: "logo.svg", logo_alt: "Nordby"}\n', "utf-8"
    )
    part = engagements.load(whole / "mirror")
    assert (part.folder / part.branding.logo).resolve() == (whole / "logo.svg").resolve()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('part_of: ".."', 'part_of: "../.."', "is not .."),
        ('instrument: "mirror"', 'instrument: "nothing"', "nothing.yml"),
        (
            'instrument: "mirror"',
            'instrument: "mirror"\nclient: "Another"',
            "client is not known here",
        ),
        ('instrument: "mirror"', 'instrument: "mirror"\nunits: []', "units is not known here"),
    ],
)
def test_what_a_part_may_not_say(whole: Path, old: str, new: str, said: str) -> None:
    changed(whole / "mirror", old, new)
    with pytest.raises(HrkitError, match="cannot be used") as error:
        engagements.load(whole / "mirror")
    assert said in str(error.value)


def test_a_fault_of_the_whole_is_named_as_the_wholes(whole: Path) -> None:
    changed(whole, 'language: "da" ', 'language: "xx" ')
    with pytest.raises(HrkitError) as error:
        engagements.load(whole / "mirror")
    assert "nordby/engagement.yml line" in str(error.value)


def test_a_part_without_its_whole_is_told_so(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole / "mirror", tmp_path / "alone" / "mirror")
    with pytest.raises(HrkitError, match="in the folder above"):
        engagements.load(tmp_path / "alone" / "mirror")


def test_answers_of_a_part_are_nobody_elses(whole: Path, tmp_path: Path) -> None:
    """Neither the whole opens a part's store, nor a part the whole's, nor one client's part another's."""
    answer(whole / "mirror", {"leader": 6}, lambda q, p: 3)
    shutil.copy(whole / "mirror" / "answers.sqlite", whole / "answers.sqlite")
    with pytest.raises(StoreError, match="another engagement"), open_store(engagements.load(whole)):
        pass
    other = engaged(tmp_path / "sydby", "mirror", name="Sydby Kommune")
    shutil.copy(whole / "mirror" / "answers.sqlite", other / "mirror" / "answers.sqlite")
    with pytest.raises(StoreError, match="another engagement"):
        open_store(engagements.load(other / "mirror"))


def test_no_id_of_a_whole_is_that_of_a_part(whole: Path) -> None:
    changed(whole, 'id: "nordby-kommune"', 'id: "nordby.mirror"')
    with pytest.raises(HrkitError, match="cannot be used"):
        engagements.load(whole)


def test_a_code_is_scrambled_otherwise_in_a_part(whole: Path) -> None:
    """Nobody can lay what one person said in one tool beside what they said in another."""
    with (
        open_store(engagements.load(whole)) as one,
        open_store(engagements.load(whole / "mirror")) as other,
    ):
        assert one._salt != other._salt


def test_a_folder_in_the_way_is_left_alone(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby")
    (folder / "mirror").mkdir()
    (folder / "mirror" / "notes.txt").write_text("mine")
    before = (folder / engagements.FILE).read_bytes()
    with pytest.raises(HrkitError, match="move it away"):
        tools(folder, ["mirror"])
    assert (folder / engagements.FILE).read_bytes() == before
    assert [one.name for one in (folder / "mirror").iterdir()] == ["notes.txt"]


def test_tools_are_taken_up_once_and_their_folders_remade(whole: Path) -> None:
    assert engagements.load(whole).tools == ("mirror",)
    assert not tools(whole, ["mirror"]).written
    shutil.rmtree(whole / "mirror")
    assert without_part(engagements.load(whole)) == ("mirror",)
    assert tools(whole).written
    assert list(parts_of(engagements.load(whole))) == ["mirror"]


def test_check_says_what_the_forms_take_and_when_they_take_too_much(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = check(whole)
    assert any("leader 15 min in 2 sittings" in note for note in done.notes), done.notes
    assert not done.problems
    monkeypatch.setattr("hrkit.model.tool.SITTING", 6)
    monkeypatch.setattr("hrkit.assessment.load.SITTING", 6)
    (problem,) = check(whole).problems
    assert "in w1 the forms take more than 2 sittings of 6 minutes" in problem.what


def test_a_tool_may_be_asked_in_another_round_than_the_rest(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrkit.model.tool.SITTING", 6)
    monkeypatch.setattr("hrkit.assessment.load.SITTING", 6)
    path = whole / engagements.FILE
    before = path.read_text("utf-8")
    data = yaml.safe_load(before)
    first = data["waves"][0]
    data["waves"] = [first, first | {"id": "w2", "opens": "2030-03-01", "closes": "2030-03-20"}]
    more = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    path.write_text(more + "\nasked: {mirror: [w2], partnership: [w1]}\n", "utf-8")
    engagement = engagements.load(whole)
    assert not check(whole).problems
    first, second = (minutes(engagement, wave)["leader"] for wave in ("w1", "w2"))
    assert second == 5 and first == pytest.approx(15 - 5, abs=1)
    path.write_text(more + "\nasked: {services: [w2], mirror: [w3]}\n", "utf-8")
    said = " ".join(problem.what for problem in check(whole).problems)
    assert "services is not asked here" in said and "no wave w3" in said


def test_tools_of_the_kit_are_complete() -> None:
    for one in kit_tools.available():
        for texts in (one.title, one.purpose):
            assert set(texts) == set(codes())
        assert one.modes
