"""A portfolio from a list, or from the organisations and units of a file with answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import hrkit
from hrkit.cli import main
from hrkit.commands.new_portfolio import new_portfolio
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.portfolio.spelling import almost_one


def listed(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def filled_in(folder: Path) -> None:
    path = folder / "portfolio.yml"
    text = path.read_text("utf-8").replace('name: ""', 'name: "Ann Lee"', 1)
    path.write_text(text.replace('  da: ""', '  da: "Direktionen"'), "utf-8")


def test_organisations_and_units_of_a_file_with_answers(tmp_path: Path) -> None:
    source = listed(
        tmp_path,
        "kode;Kommune;Afdeling;trust.01",
        "1;Ærø  Kommune;Skoler;3",
        "2;Ærø Kommune;Ældre;4",
        "3;ærø kommune;skoler;4",
        "4;Nord A/S;;2",
        "5;CON;;2",
        "6;../../etc;;2",
        f"7;{'x' * 180};;1",
        "8;Nord A-S;;2",
    )
    made = new_portfolio(tmp_path / "all", source, "da", organisation="kommune", unit="Afdeling")
    assert not (tmp_path / "etc").exists()
    places = list(made.made.values())
    assert len(places) == 6
    assert all(place.parent == tmp_path / "all" and len(place.name) < 90 for place in places)
    assert len({place.name.casefold() for place in places}) == 6
    assert not [place for place in places if place.name.upper() == "CON"]
    assert "is written in 2 ways" in made.notes[0]

    # Nobody has said who the consultant is: once, for all of them.
    found = hrkit.check(tmp_path / "all").problems
    assert {one.what.split()[0] for one in found} and found
    filled_in(tmp_path / "all")
    assert not hrkit.check(tmp_path / "all").problems
    loaded = [engagements.load(place) for place in places]
    assert len({one.id.casefold() for one in loaded}) == 6
    assert [unit.name for unit in loaded[0].units] == ["Ærø Kommune", "Skoler", "Ældre"]
    assert all(one.consultant.name == "Ann Lee" for one in loaded)

    more = listed(tmp_path, "navn", "Nord A/S", "Ny By")
    again = new_portfolio(tmp_path / "all", more, "da")
    assert list(again.made) == ["Ny By"]
    assert "is there already" in again.notes[0]
    assert not hrkit.check(tmp_path / "all").problems


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("a;b", "1;2"), "has no column for the organisation"),
        (("name;x", ";2"), "the organisation is blank"),
        (("name", ""), "has headings and no"),
    ],
)
def test_a_list_that_cannot_be_used_leaves_nothing(
    tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    with pytest.raises(HrkitError) as error:
        new_portfolio(tmp_path / "all", listed(tmp_path, *lines), "da")
    assert said in str(error.value)
    assert not (tmp_path / "all").exists()


def test_a_portfolio_is_not_taken_for_an_engagement(tmp_path: Path) -> None:
    source = listed(tmp_path, "name", "Acme", "Bolt")
    run = CliRunner()
    made = run.invoke(
        main, ["new", str(tmp_path / "all"), "--portfolio", str(source), "--language", "da"]
    )
    assert made.exit_code == 0, made.output
    for command in ("report", "template", "plan"):
        done = run.invoke(main, [command, str(tmp_path / "all")])
        assert done.exit_code == 1
        assert "holds several engagements" in done.output
    frozen = run.invoke(main, ["release", str(tmp_path / "all"), "--wave", "w1"])
    assert frozen.exit_code == 3
    assert frozen.output.count("cannot be used") == 2


def test_two_that_may_be_one_misspelled_are_named(tmp_path: Path) -> None:
    source = listed(tmp_path, "navn", "Vest Kommune", "Vest Komune", "Nord Kommune", "Nord Sogn")
    made = new_portfolio(tmp_path / "all", source, "da")
    assert len(made.made) == 4
    (note,) = made.notes
    assert note.startswith("Vest Kommune and Vest Komune are two here and almost one word")
    assert "organisation: values" in note


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (("Kommune 01", "Kommune 02", "Kommune 11"), 0),
        (("Nord A/S", "Syd A/S", "Nord ApS"), 0),
        (("Vestby Kommune", "Østby Kommune", "Vestby Skole"), 0),
        (("Holbæk", "Holbaek", "Holbek"), 2),
        (("Vest Kommuen", "vest kommune", "Vest Kommunee"), 2),
        (tuple(f"Organisation nr {n}" for n in range(5_000)), 0),
        ((), 0),
    ],
)
def test_almost_one_word(names: tuple[str, ...], pairs: int) -> None:
    assert len(almost_one(names)) == pairs
