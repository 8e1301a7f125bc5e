"""Engagements that share what a portfolio says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import hrkit
from hrkit import kit
from hrkit.errors import EngagementError
from hrkit.model import engagement_file as engagements

SHARED = """
hrkit: 1
consultant: {name: "Ann Lee", organisation: "Lee & Co", email: "ann@example.org"}
language: "en"
languages: ["en"]
instrument: "partnership"
waves:
  - {id: "w1", name: {en: "First round"}}
protection: {scores: 6, details: 12}
targets: {default: 4, trust: 3.5}
audience: {en: "The board"}
branding: {logo: "logo.svg", logo_alt: "Our mark", primary: "#0b5d7a"}
"""


def member(portfolio: Path, name: str, more: str = "") -> Path:
    folder = portfolio / name
    folder.mkdir()
    text = f'hrkit: 1\nportfolio: ".."\nid: "{name}"\nclient: "{name.title()} A/S"\n{more}'
    (folder / "engagement.yml").write_text(text, "utf-8")
    return folder


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    (tmp_path / "portfolio.yml").write_text(SHARED, "utf-8")
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    (tmp_path / "logo.svg").write_text(logo, "utf-8")
    return tmp_path


def test_what_is_not_said_is_taken_and_what_is_said_wins(portfolio: Path) -> None:
    plain = engagements.load(member(portfolio, "plain"))
    assert (plain.client, plain.consultant.name) == ("Plain A/S", "Ann Lee")
    assert (plain.protection.scores, plain.protection.details) == (6, 12)
    assert [(unit.id, unit.name) for unit in plain.units] == [("org", "Plain A/S")]
    assert plain.branding.logo == "../logo.svg"
    own = engagements.load(
        member(
            portfolio,
            "own",
            'language: "da"\nlanguages: ["da"]\naudience: {da: "Direktionen"}\n'
            'waves: [{id: "w1", name: {da: "Første runde"}}]\n'
            "protection: {scores: 8}\ntargets: {trust: 5}\n"
            'units: [{id: "org", name: "Own"}, {id: "n", name: "North", parent: "org"}]\n',
        )
    )
    assert (own.language, own.protection.scores, own.protection.details) == ("da", 8, 12)
    assert dict(own.targets) == {"default": 4, "trust": 5}
    assert len(own.units) == 2
    assert not hrkit.check(own.folder).problems


def test_a_threshold_is_raised_and_never_lowered(portfolio: Path) -> None:
    lower = engagements.load(member(portfolio, "lower", "protection: {scores: 5, details: 10}\n"))
    assert (lower.protection.scores, lower.protection.details) == (6, 12)


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        (None, "no portfolio.yml in the folder above"),
        ("", "is empty"),
        ("hrkit: 1\nclient: 'x'\n", "client"),
        (SHARED.replace("consultant", "consultants"), "consultants"),
        (SHARED.replace('instrument: "partnership"\n', ""), "instrument is missing"),
    ],
)
def test_what_is_wrong_above_is_said_below(portfolio: Path, shared: str | None, said: str) -> None:
    folder = member(portfolio, "one")
    (portfolio / "portfolio.yml").unlink()
    if shared is not None:
        (portfolio / "portfolio.yml").write_text(shared, "utf-8")
    with pytest.raises(EngagementError) as error:
        engagements.load(folder)
    assert said in str(error.value)


def test_a_tool_of_an_organisation_takes_from_both(portfolio: Path) -> None:
    folder = member(portfolio, "acme", 'tools: ["mirror"]\n')
    (folder / "mirror").mkdir()
    text = 'hrkit: 1\npart_of: ".."\ninstrument: "mirror"\n'
    (folder / "mirror" / "engagement.yml").write_text(text, "utf-8")
    part = engagements.load(folder / "mirror")
    assert (part.client, part.consultant.name, part.id) == ("Acme A/S", "Ann Lee", "acme.mirror")
    assert (part.folder / part.branding.logo).is_file()


def test_the_schemas_ask_for_what_an_engagement_does() -> None:
    def read(name: str) -> dict[str, object]:
        path = kit.templates() / "schemas" / f"{name}.schema.json"
        return json.loads(path.read_text("utf-8"))["properties"]  # type: ignore[no-any-return]

    whole, member, shared = read("engagement"), read("member"), read("portfolio")
    assert {key: one for key, one in member.items() if key != "portfolio"} == whole
    own = {"id", "client", "invited", "comments", "followed", "texts", "store"}
    assert shared == {key: one for key, one in whole.items() if key not in own}
