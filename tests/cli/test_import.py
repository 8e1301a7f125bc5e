"""``hrkit import``: a file is taken whole or not at all, and twice is once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Run, files, sheet, store_rows, write_csv, write_xlsx

PEOPLE = {"leader": 3, "hr": 2, "top": 1}
Write = Callable[[Path, list[list[str]]], Path]


@pytest.fixture(params=[write_csv, write_xlsx], ids=["csv", "xlsx"])
def write(request: pytest.FixtureRequest) -> Write:
    written: Write = request.param
    return written


def named(write: Write, folder: Path, name: str = "filled") -> Path:
    return folder.parent / f"{name}.{write.__name__.removeprefix('write_')}"


def test_a_filled_in_template_is_taken_once(run: Run, ready: Path, write: Write) -> None:
    file = write(named(write, ready), sheet(ready, PEOPLE))
    taken = run("import", file, "--into", ready)
    assert taken.code == 0
    assert taken.text.splitlines()[-1] == "Acme A/S: 6 rows, 6 new, 0 already there"
    before = store_rows(ready)
    assert len(before["respondents"]) == 6

    again = run("import", file, "--into", ready)
    assert again.code == 0
    assert again.text.splitlines()[-1] == "Acme A/S: 6 rows, 0 new, 6 already there"
    assert store_rows(ready) == before


def test_the_same_answers_in_another_format_are_the_same(run: Run, ready: Path) -> None:
    rows = sheet(ready, PEOPLE)
    run("import", write_csv(ready.parent / "a.csv", rows), "--into", ready)
    before = store_rows(ready)
    upside_down = [rows[0], *rows[:0:-1]]
    again = run("import", write_xlsx(ready.parent / "b.xlsx", upside_down), "--into", ready)
    assert again.text.splitlines()[-1] == "Acme A/S: 6 rows, 0 new, 6 already there"
    assert store_rows(ready) == before


@pytest.mark.parametrize("first", [True, False], ids=["into an empty store", "into a filled one"])
def test_a_wrong_file_changes_nothing(run: Run, ready: Path, write: Write, first: bool) -> None:
    rows = sheet(ready, PEOPLE)
    if not first:
        run("import", write(named(write, ready), rows), "--into", ready)
    before, lay = store_rows(ready), files(ready)
    wrong = [list(row) for row in sheet(ready, {"leader": 4}, seed=2)]
    wrong[1][7], wrong[2][8], wrong[3][2], wrong[4][3] = "7", "Perhaps", "nowhere", "boss"
    refused = run("import", write(named(write, ready, "wrong"), wrong), "--into", ready)
    assert refused.code == 1
    lines = refused.text.splitlines()
    assert [line[:4] for line in lines] == [lines[0][:4], *["  - "] * 4]
    for row, said in zip(
        (2, 3, 4, 5), ("7 is outside 1–5", "Perhaps", "nowhere", "boss"), strict=True
    ):
        assert any(f"row {row}" in line and said in line for line in lines), (row, said)
    assert store_rows(ready) == before
    assert files(ready) == lay


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"one,two\n1,2\n", "heading"),
        ("a.xlsx", b"this is no workbook", "a.xlsx"),
        ("a.pdf", b"%PDF", "export the responses as CSV or .xlsx"),
        ("a", b"x", "save it as .xlsx or .csv"),
    ],
)
def test_a_file_of_another_kind(
    run: Run, ready: Path, name: str, content: bytes, says: str
) -> None:
    file = ready.parent / name
    file.write_bytes(content)
    refused = run("import", file, "--into", ready)
    assert refused.code == 1
    assert says in refused.text
    assert not (ready / "answers.sqlite").exists()


def test_the_empty_template_holds_no_answers(run: Run, ready: Path) -> None:
    for name in ("answers.csv", "answers.xlsx"):
        refused = run("import", ready / name, "--into", ready)
        assert refused.code == 1
        assert "no answers" in refused.text
    assert not (ready / "answers.sqlite").exists()


def test_what_is_not_there(run: Run, ready: Path) -> None:
    assert run("import", ready / "no.csv", "--into", ready).code == 1
    nowhere = run("import", ready / "answers.csv", "--into", ready.parent / "nowhere")
    assert nowhere.code == 1
    assert "hrkit new DIR" in nowhere.text
    assert run("import", ready, "--into", ready).code == 1


def test_an_engagement_that_is_not_filled_in_takes_nothing(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    run("new", folder, "--name", "Acme", "--language", "en")
    refused = run("import", folder / "answers.csv", "--into", folder)
    assert refused.code == 1
    assert "consultant.name: is empty" in refused.text


def test_a_correction_by_personal_code_must_be_said(run: Run, ready: Path) -> None:
    rows = sheet(ready, PEOPLE, codes=True)
    run("import", write_csv(ready.parent / "a.csv", rows), "--into", ready)
    before = store_rows(ready)
    changed = [list(row) for row in rows]
    changed[1][7] = "1" if rows[1][7] != "1" else "2"
    file = write_csv(ready.parent / "b.csv", changed)
    refused = run("import", file, "--into", ready)
    assert refused.code == 1
    assert store_rows(ready) == before
    taken = run("import", file, "--into", ready, "--replace")
    assert taken.text.splitlines()[-1] == "Acme A/S: 6 rows, 0 new, 5 already there, 1 replaced"


def test_an_encoding_may_be_named(run: Run, ready: Path) -> None:
    rows = sheet(ready, PEOPLE)
    rows[1][rows[0].index(next(h for h in rows[0] if h.startswith("open.01")))] = "Blåbærgrød"
    file = write_csv(ready.parent / "a.csv", rows, encoding="mac_roman")
    assert run("import", file, "--into", ready, "--encoding", "mac_roman").code == 0
    assert "Blåbærgrød" in run("comments", ready).text
    unknown = run("check", file, "--into", ready, "--encoding", "nothing")
    assert unknown.code == 1


# --------------------------------------------------------------------------- by a mapping

MAPPING = """\
instrument: partnership
respondent: [ID]
wave: {value: w1}
perspective: {column: ROLE, values: {"1": leader, "2": hr}}
answers: {Q1: roles.01, Q2: roles.02}
"""
EXPORT = [["ID", "ROLE", "Q1", "Q2"], ["1", "1", "4", "5"], ["2", "2", "3", "1"]]


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.yml"
    path.write_text(MAPPING, "utf-8")
    return path


def test_another_programs_export(run: Run, ready: Path, mapping: Path) -> None:
    file = write_csv(ready.parent / "export.csv", EXPORT)
    taken = run("import", file, "--into", ready, "--mapping", mapping)
    assert taken.code == 0, taken.text
    assert taken.text.splitlines()[-1] == "Acme A/S: 2 rows, 2 new, 0 already there"


def test_an_export_that_the_mapping_does_not_fit(run: Run, ready: Path, mapping: Path) -> None:
    wrong = [[*EXPORT[0], "EXTRA"], [*EXPORT[1], "x"], ["2", "9", "3", "1", "y"]]
    file = write_csv(ready.parent / "export.csv", wrong)
    refused = run("import", file, "--into", ready, "--mapping", mapping)
    assert refused.code == 1
    assert "EXTRA" in refused.text
    assert "row 3" in refused.text
    assert not (ready / "answers.sqlite").exists()


@pytest.fixture
def portfolio(run: Run, tmp_path: Path, mapping: Path) -> Path:
    """Two engagements, and a mapping whose column names the organisation."""
    from .conftest import fill_in_name

    folder = tmp_path / "portfolio"
    for name in ("alpha", "beta"):
        run("new", folder / name, "--name", name.title(), "--language", "en")
        fill_in_name(folder / name)
    mapping.write_text(MAPPING.replace("respondent: [ID]", "respondent: [ID]\norganisation: ORG"))
    return folder


def export(*organisations: str, change: str = "") -> list[list[str]]:
    rows = [["ORG", *EXPORT[0]]]
    for org in organisations:
        rows += [[org, *row] for row in EXPORT[1:]]
    if change:
        rows[-1][-1] = change
    return rows


def test_many_organisations_at_once(run: Run, portfolio: Path, mapping: Path) -> None:
    file = write_csv(portfolio.parent / "export.csv", export("alpha", "beta"))
    taken = run("import", file, "--into", portfolio, "--mapping", mapping)
    assert taken.code == 0, taken.text
    assert taken.text.splitlines()[-2:] == [
        "alpha: 2 rows, 2 new, 0 already there",
        "beta: 2 rows, 2 new, 0 already there",
    ]


def test_what_is_said_of_one_of_many_names_it(run: Run, portfolio: Path, mapping: Path) -> None:
    """A row's number says to nobody whose client it is about; what holds for all is said once."""
    mapping.write_text(mapping.read_text() + 'blank: ["NA"]\n')
    file = write_csv(portfolio.parent / "export.csv", export("alpha", "beta", change="NA"))
    taken = run("import", file, "--into", portfolio, "--mapping", mapping)
    assert taken.code == 0, taken.text
    told = [line for line in taken.text.splitlines() if "NA" in line]
    assert [line.partition(": export.csv")[0] for line in told] == ["note: beta"], taken.text


def test_an_organisation_without_a_folder(run: Run, portfolio: Path, mapping: Path) -> None:
    file = write_csv(portfolio.parent / "export.csv", export("alpha", "gamma"))
    for command in (("import", file), ("check", file)):
        refused = run(*command, "--into", portfolio, "--mapping", mapping)
        assert refused.code == 1
        assert "there is no engagement folder gamma" in refused.text
    assert store_rows(portfolio / "alpha") == {}


def test_an_organisation_that_may_be_a_misspelled_one(
    run: Run, portfolio: Path, mapping: Path
) -> None:
    settings = portfolio / "beta" / "engagement.yml"
    settings.write_text(settings.read_text("utf-8").replace('"Beta"', '"Vest Kommune"'), "utf-8")
    file = write_csv(portfolio.parent / "export.csv", export("alpha", "Vest Komune"))
    refused = run("import", file, "--into", portfolio, "--mapping", mapping)
    assert refused.code == 1
    assert "or is it Vest Kommune? Then name its folder in the mapping" in refused.text


def test_many_organisations_are_taken_all_or_none(run: Run, portfolio: Path, mapping: Path) -> None:
    first = write_csv(portfolio.parent / "beta.csv", export("beta"))
    assert run("import", first, "--into", portfolio, "--mapping", mapping).code == 0
    both = write_csv(portfolio.parent / "both.csv", export("alpha", "beta", change="5"))
    assert run("import", both, "--into", portfolio, "--mapping", mapping).code == 1
    assert not store_rows(portfolio / "alpha").get("respondents")


def test_each_organisation_is_read_by_its_own_engagement(
    run: Run, portfolio: Path, mapping: Path
) -> None:
    """The same names of units, with ids the other way round."""
    for name, (one, other) in {"alpha": ("u1", "u2"), "beta": ("u2", "u1")}.items():
        path = portfolio / name / "engagement.yml"
        text = path.read_text("utf-8")
        units = f'  - {{id: {one}, name: "North", parent: org}}\n  - {{id: {other}, name: "South", parent: org}}\n'
        start = text.index("\n", text.index('- {id: "org"')) + 1
        path.write_text(text[:start] + units + text[start:], "utf-8")
    mapping.write_text(mapping.read_text() + "unit: {column: UNIT}\n")
    rows = export("alpha", "beta")
    rows = [[*rows[0], "UNIT"], *([*row, "North"] for row in rows[1:])]
    file = write_csv(portfolio.parent / "export.csv", rows)
    assert run("import", file, "--into", portfolio, "--mapping", mapping).code == 0
    for name, unit in (("alpha", "u1"), ("beta", "u2")):
        assert {row[2] for row in store_rows(portfolio / name)["respondents"]} == {unit}


def test_a_broken_neighbour_stands_in_nobodys_way(run: Run, portfolio: Path, mapping: Path) -> None:
    for name, text in (("gamma", "a: [b"), ("delta", ""), ("epsilon", "- 1")):
        (portfolio / name).mkdir()
        (portfolio / name / "engagement.yml").write_text(text)
    file = write_csv(portfolio.parent / "export.csv", export("alpha", "beta"))
    for command in ("check", "import"):
        taken = run(command, file, "--into", portfolio, "--mapping", mapping)
        assert taken.code == 0, taken.text
        assert all(
            f"{name}: the engagement cannot be used" in taken.text
            for name in ("gamma", "delta", "epsilon")
        )
    theirs = write_csv(portfolio.parent / "more.csv", export("alpha", "gamma"))
    refused = run("import", theirs, "--into", portfolio, "--mapping", mapping)
    assert refused.code == 1
    assert "organisation gamma: its engagement cannot be used" in refused.text


def test_an_organisation_whose_name_is_no_folders(run: Run, portfolio: Path, mapping: Path) -> None:
    import shlex

    file = write_csv(portfolio.parent / "export.csv", export("Nord/Syd A/S", "beta\xa0", "Alpha"))
    refused = run("check", file, "--into", portfolio, "--mapping", mapping)
    assert refused.code == 1
    command = refused.text.partition("make it with: hrkit ")[2].partition(" (the folder")[0]
    assert run(*shlex.split(command)).code == 0
    from .conftest import fill_in_name

    fill_in_name(portfolio / "Nord-Syd A-S")
    assert run("import", file, "--into", portfolio, "--mapping", mapping).code == 0
    for name in ("alpha", "beta", "Nord-Syd A-S"):
        assert len(store_rows(portfolio / name)["respondents"]) == 2


@pytest.mark.parametrize("target", ["../alpha", "..", "x\\\\y"])
def test_an_organisation_never_becomes_a_path(
    run: Run, portfolio: Path, mapping: Path, target: str
) -> None:
    text = mapping.read_text()
    mapping.write_text(
        text.replace(
            "organisation: ORG", f'organisation: {{column: ORG, values: {{A: "{target}"}}}}'
        )
    )
    file = write_csv(portfolio.parent / "export.csv", export("A"))
    refused = run("import", file, "--into", portfolio, "--mapping", mapping)
    assert refused.code == 1
    assert "is no name of a folder" in refused.text
    mapping.write_text(
        text.replace("organisation: ORG", "organisation: {column: ORG, values: {A: beta}}")
    )
    assert run("import", file, "--into", portfolio, "--mapping", mapping).code == 0
    assert len(store_rows(portfolio / "beta")["respondents"]) == 2


def test_an_encoding_holds_with_a_mapping_too(run: Run, ready: Path, mapping: Path) -> None:
    mapping.write_text(MAPPING.replace('"1": leader', '"Ærø": leader'))
    rows = [EXPORT[0], ["1", "Ærø", *EXPORT[1][2:]], EXPORT[2]]
    file = write_csv(ready.parent / "export.csv", rows, encoding="mac_roman")
    how = ("--into", ready, "--mapping", mapping)
    for command in ("check", "import"):
        assert run(command, file, *how).code == 1
        assert run(command, file, *how, "--encoding", "nothing").code == 1
        assert run(command, file, *how, "--encoding", "mac_roman").code == 0


def test_outside_text_never_reaches_a_terminal_raw(run: Run, ready: Path) -> None:
    rows = sheet(ready, {"leader": 1})
    nasty = "\x1b]0;x\x07\x9b2J\u202e\x08"
    rows[0].append(f"head{nasty}")
    rows[1].append("x")
    rows[1][2] = f"unit{nasty}"
    file = write_csv(ready.parent / f"a{nasty}.csv", rows)
    for command in ("check", "import"):
        text = run(command, file, "--into", ready).text
        assert not set(text) & set("\x1b\x07\x9b\u202e\x08")
        assert "\\x1b" in text
    folder = ready.parent / f"f{nasty}"
    assert not set(run("new", folder, "--name", "X", "--language", "en").text) & set(
        "\x1b\x07\x9b\u202e\x08"
    )


def test_a_store_takes_nothing_the_engagement_does_not_know(ready: Path) -> None:
    from hrkit.answers.responses import tables
    from hrkit.answers.store import open_store
    from hrkit.errors import AnswersError
    from hrkit.model import engagement_file

    engagement = engagement_file.load(ready)
    good = ("a", "w1", "org", "leader", None, None)
    facet = engagement.instrument.keys["roles.01"].facet.id
    for person, answer, says in (
        (("a", "w9", "org", "leader", None, None), ("a", "roles.01", facet, "4"), "no wave 'w9'"),
        (("a", "w1", "u9", "leader", None, None), ("a", "roles.01", facet, "4"), "no unit 'u9'"),
        (("a", "w1", "org", "boss", None, None), ("a", "roles.01", facet, "4"), "no perspective 'boss'"),
        (good, ("a", "roles.99", facet, "4"), "is not asked roles.99"),
        (good, ("a", "roles.01", facet, "9"), "'9' is no answer to roles.01"),
    ):  # fmt: skip
        with open_store(engagement) as store:
            with pytest.raises(AnswersError, match=says):
                store.add(tables([person], [answer]))
            assert len(store.read()) == 0
