"""``hrkit new --like``: the settings of another engagement, and nothing of its client's answers.

``hrkit template``: the answer templates anew, never over answers.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from python_calamine import CalamineWorkbook

from hrkit.commands.template import template
from hrkit.model import engagement_file as engagements

from .conftest import Run, files, fill_in_name, sheet, write_csv, write_xlsx

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 9L9 0'/></svg>"


@pytest.fixture
def rich(run: Run, ready: Path) -> Path:
    """An engagement that has been worked on: units, texts, a logo, answers, a frozen wave."""
    path = ready / "engagement.yml"
    text = path.read_text("utf-8")
    text = text.replace(
        "invited: []", 'invited:\n  - {wave: "w1", unit: "org", perspective: "leader", n: 40}'
    )
    text = text.replace(
        '  - {id: "org", name: "Acme A/S"}\n',
        '  - {id: "org", name: "Acme A/S"}   # all of Acme\n'
        '  - {id: "north", name: "Northern", parent: "org"}   # since 2020\n',
    )
    text = text.replace("targets: {default: 4}", "targets: {default: 3}   # agreed")
    text += 'branding: {logo: "look/logo.svg", logo_alt: "A hill", primary: "#0b5d7a"}\n'
    path.write_text(text, "utf-8")
    for name, said in (
        ("look/logo.svg", SVG),
        ("texts/summary.md", "Acme does well."),
    ):
        (ready / name).parent.mkdir(exist_ok=True)
        (ready / name).write_text(said, "utf-8")
    rows = sheet(ready, {"leader": 12, "hr": 8})
    assert run("import", write_csv(ready / "in.csv", rows), "--into", ready).code == 0
    assert run("release", ready, "--wave", "w1").code == 0
    return ready


def test_settings_come_along_and_answers_do_not(run: Run, rich: Path, tmp_path: Path) -> None:
    kept = files(rich)
    other = tmp_path / "beta"
    made = run("new", other, "--name", "Beta ÅS", "--like", rich)
    assert made.code == 0, made.text
    assert files(rich) == kept
    assert sorted(files(other)) == [
        "0_start.ipynb",
        "1_collect.ipynb",
        "2_workshop.ipynb",
        "3_report.ipynb",
        "4_benchmark.ipynb",
        "answers.csv",
        "answers.xlsx",
        "engagement.yml",
        "form.xlsx",
        "look/logo.svg",
    ]
    assert "Not taken from" in made.text and "texts/summary.md" in made.text
    text = (other / "engagement.yml").read_text("utf-8")
    assert "Acme" not in text.replace("# all of Acme", "")
    for comment in ("# since 2020", "# agreed", "# Smallest groups shown"):
        assert comment in text
    beta = engagements.load(other)
    assert (beta.id, beta.client, beta.root.name) == ("beta-aas", "Beta ÅS", "Beta ÅS")
    assert [unit.id for unit in beta.units] == ["org", "north"]
    assert beta.consultant.name == "Ann Lee"
    assert beta.targets == {"default": 3}
    assert (beta.invited, beta.comments, beta.audience, beta.store) == ((), (), {}, "")
    checked = run("check", other)
    assert checked.code == 1 and "who will see the report is not said in en" in checked.text
    fill_in_audience(other)
    template(other)
    assert run("check", other).text == "beta: a good engagement.\n"
    rows = sheet(other, {"leader": 6})
    taken = run("import", write_csv(tmp_path / "b.csv", rows), "--into", other)
    assert taken.code == 0, taken.text
    assert "Beta ÅS: 6 rows, 6 new" in taken.text


def fill_in_audience(folder: Path) -> None:
    path = folder / "engagement.yml"
    text = path.read_text("utf-8")
    assert '  en: ""' in text
    path.write_text(text.replace('  en: ""', '  en: "The board"'), "utf-8")


def test_a_store_elsewhere_and_an_instrument_of_ones_own(
    run: Run, rich: Path, tmp_path: Path
) -> None:
    kit = Path(engagements.__file__).parents[2] / "data" / "templates" / "instruments"
    (rich / "own.yml").write_bytes((kit / "partnership.yml").read_bytes())
    path = rich / "engagement.yml"
    text = path.read_text("utf-8").replace('instrument: "partnership"', 'instrument: "own.yml"')
    path.write_text(f'{text}store: "answers.sqlite"\nsynthetic: true\n', "utf-8")
    assert run("new", tmp_path / "b", "--name", "B", "--like", rich).code == 0
    assert (tmp_path / "b" / "own.yml").read_bytes() == (rich / "own.yml").read_bytes()
    data = yaml.safe_load((tmp_path / "b" / "engagement.yml").read_text("utf-8"))
    assert "store" not in data and "synthetic" not in data


@pytest.mark.parametrize(
    ("name", "more", "code", "says"),
    [
        ("Acme A/S", [], 1, "would have the id acme-a-s, which Acme A/S has"),
        (" ", [], 1, "--name: is empty"),
        ("B", ["--language", "da"], 2, "--like takes language and instrument"),
        ("B", ["--instrument", "service-check"], 2, "--like takes language and instrument"),
    ],
)
def test_refused(
    run: Run, ready: Path, tmp_path: Path, name: str, more: list[str], code: int, says: str
) -> None:
    refused = run("new", tmp_path / "b", "--name", name, "--like", ready, *more)
    assert refused.code == code and says in refused.text, refused.text
    assert not (tmp_path / "b").exists()


def test_like_nothing(run: Run, tmp_path: Path) -> None:
    refused = run("new", tmp_path / "b", "--name", "B", "--like", tmp_path / "nowhere")
    assert refused.code == 1 and "There is no engagement.yml" in refused.text
    assert not (tmp_path / "b").exists()
    assert run("new", tmp_path / "b", "--name", "B").code == 2


# ------------------------------------------------------------------------------------ template


def lists(folder: Path) -> str:
    book = CalamineWorkbook.from_path(str(folder / "answers.xlsx"))
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names[1:]])


def test_a_template_is_written_anew_with_the_units_of_now(run: Run, ready: Path) -> None:
    assert "Northern" not in lists(ready)
    path = ready / "engagement.yml"
    path.write_text(
        path.read_text("utf-8")
        .replace(
            '  - {id: "org", name: "Acme A/S"}\n',
            '  - {id: "org", name: "Acme A/S"}\n'
            '  - {id: "north", name: "Northern", parent: "org"}\n'
            '  - {id: "south", name: "Southern", parent: "org", until: "w1"}\n',
        )
        .replace(
            '{id: "w1", name: {en: "First round"}}',
            '{id: "w1", name: {en: "First round"}}\n  - {id: "w2", name: {en: "Autumn"}}',
        ),
        "utf-8",
    )
    done = run("template", ready)
    assert done.code == 0, done.text
    assert "Northern" in lists(ready) and "Autumn" in lists(ready)
    assert "Southern" not in lists(ready)
    assert not [name for name in files(ready) if ".old" in name]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_template_never_goes_over_answers(run: Run, ready: Path, write) -> None:
    fill_in = ready / ("answers.csv" if write is write_csv else "answers.xlsx")
    write(fill_in, sheet(ready, {"leader": 1}))
    kept = files(ready)
    refused = run("template", ready)
    assert (
        refused.code == 1 and f"{fill_in.name}: holds something below its headings" in refused.text
    )
    assert files(ready) == kept
    elsewhere = run("template", ready, "--language", "da", "-o", ready / "new.xlsx")
    assert elsewhere.code == 0 and (ready / "new.xlsx").is_file()


def test_fill_in_name_is_what_new_leaves_open(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "a", "--name", "A", "--language", "da").code == 0
    fill_in_name(tmp_path / "a")
    assert run("check", tmp_path / "a").code == 0
