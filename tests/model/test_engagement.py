"""An engagement's file becomes a frozen value, or a list of everything that is wrong with it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrkit.errors import EngagementError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement, Protection

from .reading import cases, changed


@pytest.fixture
def acme(folder: Path) -> Engagement:
    return engagements.load(folder)


def test_the_base_of_the_cases_is_without_fault(folder: Path) -> None:
    assert engagements.check(folder) == ()


@pytest.mark.parametrize(("replace", "with_", "says"), cases("engagement"))
def test_refused(
    folder: Path, engagement_text: str, replace: str, with_: str, says: list[str]
) -> None:
    path = folder / "engagement.yml"
    path.write_text(changed(engagement_text, replace, with_), "utf-8")
    expected = [f"case/engagement.yml {x}" if x.startswith("line ") else x for x in says]
    found = [str(problem) for problem in engagements.check(folder)]
    assert [one for one in found if "who will see the report" not in one] == expected
    with pytest.raises(EngagementError) as refused:
        engagements.load(folder)
    assert refused.value.summary == "The engagement case cannot be used."
    assert [str(problem) for problem in refused.value.problems] == expected


def test_everything_wrong_is_told_at_once(folder: Path, engagement_text: str) -> None:
    text = engagement_text
    for replace, with_ in (
        ("parent: north}", "parent: nord}"),
        ("opens: 2026-03-01", "opens: soon"),
        ("unit: south,", "unit: sud,"),
        ("trust: 3.5", "trst: 3.5"),
        ('da: "Ledelsen"', 'nl: "De directie"'),
        ("logo: logo.svg", "logo: logo.gif"),
    ):
        text = changed(text, replace, with_)
    (folder / "engagement.yml").write_text(text, "utf-8")
    assert [str(problem).split("line ")[1] for problem in engagements.check(folder)] == [
        "12, units[2].parent: the unit nord is not there; name a unit of this list",
        "17, waves[0].opens: soon is no date; write it as 2026-11-21",
        "22, invited[1].unit: the unit sud is not there; use one of acme, north, north-a, south",
        "24, targets.trst: trst is no dimension; use default, trust",
        "25, audience.nl: nl is not among languages; add it there or leave it out",
        "27, branding.logo: is neither SVG nor PNG; save it as one of them",
        "25, audience: who will see the report is not said in da; respondents are told before they "
        "answer: write it down now",
    ]


def test_a_fault_of_the_instrument_is_told_with_the_engagement(
    folder: Path, write: Callable[..., Path], instrument_text: str
) -> None:
    write(changed(instrument_text, "- id: trust.02", "- id: trust.01"), "case/small.yml")
    first, second = (str(problem) for problem in engagements.check(folder))
    assert (
        first
        == "case/engagement.yml line 8, instrument: The instrument small.yml cannot be used; see below"
    )
    assert second.startswith(
        "small.yml line 70, sections[0].items[1].id: the id trust.01 stands twice"
    )


@pytest.mark.parametrize(
    ("said", "where", "missing"),
    [
        ('audience: {en: "The board"}\n', "line 25, audience: ", "da"),
        ('audience: {en: "The board", da: ""}\n', "line 25, audience: ", "da"),
        ('audience: {en: " ", da: ""}\n', "line 25, audience: ", "da, en"),
        ("", "line 2: ", "da, en"),
    ],
)
def test_who_sees_the_report_is_undecided_until_it_is_said(
    folder: Path, engagement_text: str, said: str, where: str, missing: str
) -> None:
    text = changed(engagement_text, 'audience: {en: "The board", da: "Ledelsen"}\n', said)
    (folder / "engagement.yml").write_text(text, "utf-8")
    assert [str(problem) for problem in engagements.check(folder)] == [
        f"case/engagement.yml {where}who will see the report is not said in {missing}; "
        "respondents are told before they answer: write it down now"
    ]
    acme = engagements.load(folder)
    assert ", ".join(acme.undecided) == missing
    assert not set(acme.audience) & set(acme.undecided)


@pytest.mark.parametrize("scores", [5, 8, 50])
def test_thresholds_may_be_raised(folder: Path, engagement_text: str, scores: int) -> None:
    text = changed(engagement_text, "scores: 5", f"scores: {scores}")
    (folder / "engagement.yml").write_text(text, "utf-8")
    assert engagements.load(folder).protection == Protection(scores, 10)


def test_thresholds_left_out_are_five_and_ten(folder: Path, engagement_text: str) -> None:
    text = changed(engagement_text, "protection: {scores: 5, details: 10}\n", "")
    (folder / "engagement.yml").write_text(text, "utf-8")
    assert engagements.load(folder).protection == Protection(5, 10) == Protection()


@pytest.mark.parametrize("content", ["", "# nothing yet\n"])
def test_an_empty_file(folder: Path, content: str) -> None:
    (folder / "engagement.yml").write_text(content, "utf-8")
    assert [str(p) for p in engagements.check(folder)] == [
        "case/engagement.yml: is empty; see hrkit new"
    ]


def test_no_engagement_there(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere", tmp_path / "engagement.yml"):
        with pytest.raises(
            EngagementError, match=r"There is no engagement\.yml in .*hrkit new DIR"
        ):
            engagements.load(place)


def test_a_folder_and_its_file_are_the_same_engagement(folder: Path) -> None:
    assert engagements.load(folder) == engagements.load(folder / "engagement.yml")
    assert engagements.load(str(folder)) == engagements.load(folder)


# ------------------------------------------------------------------------- as it is built


def test_what_is_built(acme: Engagement, folder: Path) -> None:
    assert (acme.id, acme.client, acme.language) == ("acme", "Åkær & Søn", "da")
    assert acme.languages == ("da", "en")
    assert acme.instrument.id == "small"
    assert acme.consultant.signature == "Ann & Co"
    assert acme.waves[0].opens == dt.date(2026, 3, 1)
    assert acme.waves[1].opens is None
    assert acme.report.date == dt.date(2026, 4, 10)
    assert acme.branding.primary == "#0b5d7a"
    assert acme.comments[0].text == "More time"
    assert acme.synthetic is True
    assert acme.folder == folder.resolve()
    assert acme.store == ""


def test_what_may_be_left_out(folder: Path, engagement_text: str) -> None:
    text = engagement_text[: engagement_text.index("invited:")] + 'audience: {en: "A", da: "B"}\n'
    text = changed(
        text, "languages: [da, en]\n", "languages: [da, en]\nstore: sqlite:///b.sqlite\n"
    )
    text = changed(text, ', organisation: "Ann & Co"', "")
    (folder / "engagement.yml").write_text(text, "utf-8")
    acme = engagements.load(folder)
    assert acme.invited == acme.comments == ()
    assert acme.targets == {}
    assert acme.target("trust") is None
    assert acme.report.profile == "full"
    assert acme.report.date is None
    assert acme.branding.logo == ""
    assert acme.synthetic is False
    assert acme.store == "sqlite:///b.sqlite"
    assert acme.consultant.signature == "Ann"


def test_one_language_is_enough(folder: Path, engagement_text: str) -> None:
    text = changed(engagement_text, "languages: [da, en]\n", "")
    text = changed(text, 'audience: {en: "The board", ', "audience: {")
    (folder / "engagement.yml").write_text(text, "utf-8")
    assert engagements.load(folder).languages == ("da",)


def test_units_nest(acme: Engagement) -> None:
    assert acme.root.id == "acme"
    assert acme.within("acme") == ("acme", "north", "south", "north-a")
    assert acme.within("north") == ("north", "north-a")
    assert acme.within("north-a") == ("north-a",)
    assert acme.unit("south").name == "Syd"
    with pytest.raises(KeyError):
        acme.unit("east")


def test_invited_counts_the_units_below(acme: Engagement) -> None:
    assert acme.invited_to("w1", "acme", ("leader",)) == 14
    assert acme.invited_to("w1", "north", ("leader", "hr")) == 8
    assert acme.invited_to("w1", "north-a", ("leader",)) is None  # unknown is not nobody
    assert acme.invited_to("w1", "acme", ("hr",)) is None
    assert acme.invited_to("w2", "acme", ("leader",)) is None


def test_nobody_invited_is_a_number(folder: Path, engagement_text: str) -> None:
    (folder / "engagement.yml").write_text(changed(engagement_text, "n: 6", "n: 0"), "utf-8")
    assert engagements.load(folder).invited_to("w1", "south", ("leader",)) == 0


def test_waves(acme: Engagement) -> None:
    assert acme.wave().id == "w2"
    assert acme.wave("w1").name["en"] == "Spring"
    with pytest.raises(EngagementError, match=r"no wave 'w9'; engagement\.yml has w1, w2"):
        acme.wave("w9")


def test_targets(acme: Engagement) -> None:
    assert acme.target("trust") == 3.5
    assert acme.target("presence") == 4


def test_an_engagement_is_frozen_and_crosses_processes(acme: Engagement) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        acme.client = "other"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(acme)) == acme


@pytest.mark.parametrize("key", ["n", '"n"'])
def test_how_many_were_invited_needs_no_quotes(
    folder: Path, engagement_text: str, key: str
) -> None:
    (folder / "engagement.yml").write_text(changed(engagement_text, "n: 6", f"{key}: 6"), "utf-8")
    assert engagements.check(folder) == ()


@pytest.mark.parametrize("name", ["a logo outside the folder", "a link that leads outside"])
def test_a_logo_lies_inside(folder: Path, engagement_text: str, name: str, tmp_path: Path) -> None:
    outside: Any = tmp_path / "logo.svg"
    outside.write_text("<svg/>", "utf-8")
    logo = "../logo.svg"
    if "link" in name:
        try:
            (folder / "link.svg").symlink_to(outside)
        except OSError:
            pytest.skip("no links on this system")
        logo = "link.svg"
    text = changed(engagement_text, "logo: logo.svg", f"logo: {logo}")
    (folder / "engagement.yml").write_text(text, "utf-8")
    (problem,) = engagements.check(folder)
    assert problem.what == "lies outside the engagement folder"
