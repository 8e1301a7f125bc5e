"""Profiles, texts and actions in an engagement's folder win over the kit's; what is wrong there is said."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import yaml

from hrkit import synthetic
from hrkit.assessment import ready
from hrkit.assessment.profile import check_profiles, load_profile, profiles
from hrkit.commands.check import check as check_file
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.wording import check_words, instrument_texts
from hrkit.report.action_files import check_actions, library


@pytest.fixture
def client(tmp_path: Path) -> Engagement:
    return synthetic.build(synthetic.client("two-missing"), tmp_path / "x")


def put(client: Engagement, name: str, data: Any) -> None:
    path = client.folder / name
    path.parent.mkdir(exist_ok=True)
    text = data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True)
    path.write_text(text, "utf-8")


def in_all(client: Engagement, text: str) -> dict[str, str]:
    return {language: f"{text} {language}" for language in client.languages}


# ------------------------------------------------------------------------------- profiles


def test_a_profile_of_the_folder_wins(client: Engagement) -> None:
    put(client, "profiles/mine.yml", {"id": "mine", "parts": {"front": ["cover", "roadmap"]}})
    put(client, "profiles/full.yml", {"id": "full", "parts": {"back": ["method"]}})
    assert {"mine", "full", "workshop"} <= set(profiles(client.folder))
    mine = load_profile("mine", client.folder)
    assert mine["parts"] == {
        "front": ["cover", "roadmap"],
        "picture": [],
        "dimensions": [],
        "forward": [],
        "back": [],
    }
    assert load_profile("full", client.folder)["parts"]["back"] == ["method"]
    assert load_profile("full")["parts"]["front"][0] == "cover"
    assert check_profiles(client) == ()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"id": "mine", "parts": {"front": ["covr"]}}, "there is no section covr"),
        ({"id": "mine", "parts": {"middle": ["cover"]}}, "middle is not known here"),
        ({"id": "other", "parts": {"front": ["cover"]}}, "is not what the file is called"),
        ({"id": "mine"}, "parts is missing"),
        ("- a list", "holds no keys"),
        ("id: [", "is not YAML"),
    ],
)
def test_a_profile_that_cannot_be_used_is_said(client: Engagement, data: Any, says: str) -> None:
    put(client, "profiles/mine.yml", data)
    assert [p for p in check_profiles(client) if says in p.what]
    with pytest.raises(HrkitError):
        load_profile("mine", client.folder)


# ---------------------------------------------------------------------------------- texts


def test_texts_of_the_folder_win_over_the_kits(client: Engagement) -> None:
    language = client.language
    kits = client.words(language)("report.summary.title")
    put(client, "texts/own.yml", {"report": {"summary": {"title": in_all(client, "Ours")}}})
    assert check_words(client) == ()
    assert client.words(language)("report.summary.title") == f"Ours {language}" != kits
    put(client, "texts/own.yml", {"report": {"summary": {"title": in_all(client, "Changed!")}}})
    assert client.words(language)("report.summary.title") == f"Changed! {language}"


def test_a_file_called_as_the_kits_has_its_form(client: Engagement) -> None:
    put(client, "texts/sheets.yml", {"unit": {"keep": in_all(client, "Kept")}})
    assert check_words(client) == ()
    assert client.words(client.language)("sheets.unit.keep").startswith("Kept")


def test_a_list_takes_the_place_of_a_list(client: Engagement) -> None:
    one = {"talk": {"dimensions": {"trust": {"questions": [in_all(client, "Only?")]}}}}
    put(client, "texts/own.yml", one)
    words = client.words(client.language)
    assert words("talk.dimensions.trust.questions.1").startswith("Only?")
    assert "talk.dimensions.trust.questions.2" not in words


def test_texts_may_use_the_clients_terms(client: Engagement) -> None:
    put(
        client,
        "texts/own.yml",
        {"report": {"summary": {"title": dict.fromkeys(client.languages, "{Term.unit.many}")}}},
    )
    said = client.words(client.language)("report.summary.title")
    assert said == client.terms.form("unit", "many", client.language).capitalize()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"report": {"sumary": {"title": {"da": "x", "nl": "x", "en": "x"}}}}, "there is no text"),
        ({"report": {"summary": {"title": {"da": "kun dansk"}}}}, "has no text in en"),
        ({"report": {"summary": {"of": dict.fromkeys(("da", "nl", "en"), "{m}")}}},
         "{m} is filled in nowhere"),
        ({"report": {"summary": {"title": dict.fromkeys(("da", "nl", "en"), "{term.x.one}")}}},
         "no term"),
        ({"talk": {"dimensions": {"nope": {"strength": dict.fromkeys(("da", "nl", "en"), "x")}}}},
         "there is no text"),
    ],
)  # fmt: skip
def test_a_text_that_would_not_be_printed_is_said(client: Engagement, data: Any, says: str) -> None:
    put(client, "texts/own.yml", data)
    found = check_words(client)
    assert [p for p in found if says in p.what], found
    assert all("texts/own.yml line " in p.where for p in found)
    with pytest.raises(HrkitError):
        client.words(client.language)


# -------------------------------------------------------------------------------- actions


def test_actions_are_struck_edited_added_and_chosen(client: Engagement) -> None:
    put(client, "actions/ours.yml", {
        "strike": ["roles.a01"],
        "edit": {"roles.a02": {"text": in_all(client, "Ours:"), "horizon": "later"}},
        "add": [{"id": "roles.own", "dimension": "roles", "step": 3, "owner": "pair",
                 "effort": "small", "horizon": "now", "text": in_all(client, "New"),
                 "how": in_all(client, "How")}],
        "choose": ["roles.own", "roles.a02"],
    })  # fmt: skip
    assert check_actions(client) == ()
    found = library(client)
    assert found is not None
    by_id = {action.id: action for action in found.actions}
    assert "roles.a01" not in by_id
    assert by_id["roles.a02"].text[client.language].startswith("Ours:")
    assert by_id["roles.a02"].horizon == "later"
    assert by_id["roles.own"].owner == "pair"
    assert found.chosen == ("roles.own", "roles.a02")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"strike": ["roles.a99"]}, "there is no action roles.a99"),
        ({"choose": ["nope"]}, "there is no action nope"),
        ({"strike": ["roles.a01"], "choose": ["roles.a01"]}, "struck and chosen"),
        ({"edit": {"roles.a01": {"owner": "king"}}}, "king is nobody who is asked"),
        ({"edit": {"roles.a01": {"items": ["trust.99"]}}}, "trust.99 is no item"),
        ({"edit": {"roles.a01": {"step": 7}}}, "7 is above 5"),
        ({"add": [{"id": "x"}]}, "are missing"),
        ({"add": [{"id": "roles.a01", "dimension": "roles", "step": 2, "owner": "hr", "effort": "small",
                   "horizon": "now", "text": {"en": "x"}, "how": {"en": "x"}}]}, "there is an action"),
        ({"add": [{"id": "x", "dimension": "nope", "step": 2, "owner": "hr", "effort": "small",
                   "horizon": "now", "text": {"en": "x"}, "how": {"en": "x"}}]}, "nope is no dimension"),
        ({"remove": ["roles.a01"]}, "remove is not known here"),
    ],
)  # fmt: skip
def test_an_action_that_cannot_be_used_is_said_with_its_line(
    client: Engagement, data: Any, says: str
) -> None:
    put(client, "actions/ours.yml", data)
    found = check_actions(client)
    assert [p for p in found if says in p.what], [str(p) for p in found]
    with pytest.raises(HrkitError):
        library(client)


def test_links_out_of_the_folder_are_not_followed(client: Engagement, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("strike: [roles.a01]\n")
    (client.folder / "actions").mkdir()
    (client.folder / "actions" / "link.yml").symlink_to(outside)
    assert [p for p in check_actions(client) if "outside the engagement folder" in p.what]


# ---------------------------------------------------------------------------------- terms


def test_half_a_term_stops_the_engagement_with_its_line(client: Engagement) -> None:
    path = client.folder / "engagement.yml"
    path.write_text(path.read_text("utf-8") + "terms: {unit: {da: {one: område}}}\n", "utf-8")
    found = engagements.check(client.folder)
    assert [p for p in found if "terms" in p.where and "line" in p.where], found


# ------------------------------------------------------------- whose sentences are spoken


def test_a_dimension_called_as_the_partnerships_borrows_none_of_its_sentences(
    tmp_path: Path,
) -> None:
    source = Path(__file__).parents[1] / "cases" / "instruments" / "lq2002.yml"
    text = source.read_text("utf-8").replace("id: lq2002", "id: safety").replace("lead", "trust")
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "safety.yml").write_text(text, "utf-8")
    like = synthetic.client("two-missing")
    people = {unit: {"soldier": (12, 15)} for unit in like.people}
    own = synthetic.build(dataclasses.replace(like, instrument="safety", people=people), folder)
    assert "trust" in [section.id for section in own.instrument.dimensions]
    words, core = own.words("en"), instrument_texts("partnership")
    assert not [key for key in words.entries if key.startswith(("talk.", "sections.units.short."))]
    assert library(own) is None
    sentences = {str(texts["en"]) for texts in core.values() if len(str(texts["en"])) > 20}
    assert not [text for text in words.entries.values() if str(text) in sentences]


def test_one_file_of_the_folder_is_checked_by_itself(client: Engagement) -> None:
    put(client, "actions/ours.yml", {"strike": ["roles.a99"]})
    put(client, "texts/own.yml", {"report": {"summary": {"title": in_all(client, "Ours")}}})
    assert check_file(client.folder / "texts" / "own.yml").problems == ()
    assert len(check_file(client.folder / "actions" / "ours.yml").problems) == 1


def test_check_and_report_say_all_of_it_before_anything_runs(client: Engagement) -> None:
    put(client, "actions/ours.yml", {"strike": ["roles.a99"]})
    put(client, "texts/own.yml", {"report": {"nothing": in_all(client, "x")}})
    put(client, "profiles/mine.yml", {"id": "mine", "parts": {"front": ["covr"]}})
    named = {problem.where.partition(" ")[0] for problem in ready.problems(client)}
    assert {"actions/ours.yml", "texts/own.yml", "profiles/mine.yml"} <= named
    with pytest.raises(HrkitError):
        ready.refuse(client)
