"""What check and an import say stands on the front page in its language."""

from __future__ import annotations

import ast
import itertools
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

import hrkit
import hrkit.errors
from hrkit import kit
from hrkit.answers.readers.mapping import load_mapping
from hrkit.errors import HrkitError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model.instrument_rules import instrument_problems
from hrkit.model.yamlfile import read_yaml
from hrkit.workbook.front.spoken import (
    _FIELD,
    _GROUPS,
    _known,
    filled,
    messages,
    spoken_problem,
    translated,
)
from tests.cli.conftest import sheet, write_csv
from tests.workbook.test_front import Page, again, ready, started_once

__all__ = ["started_once"]
KIT = Path(hrkit.__file__).parent


def sources() -> list[re.Pattern[str]]:
    """Every text of the code as a pattern: what is filled in may be anything."""
    found = set()
    for path in KIT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".*"
                    for one in node.values
                ]
                # A text of fields alone would be anything.
                if len("".join(one for one in parts if one != ".*")) >= 4:
                    found.add("".join(parts))
    return [re.compile(one, re.DOTALL) for one in found]


def listed() -> dict[str, Any]:
    return {f"{group}.{key}": one for group in _GROUPS for key, one in messages()[group].items()}


def test_every_english_message_is_one_that_the_code_says() -> None:
    known = sources()
    lost = [
        (key, one["en"])
        for key, one in listed().items()
        if not any(pattern.fullmatch(one["en"]) for pattern in known)
    ]
    assert lost == []


#: What the page has no step for: what stands on a command line alone, and what only a program can do wrong.
#: Folders and modules of the package.
NOT_ON_THE_PAGE = (
    # what `hrkit map` drafts is a file, not something said
    "answers/readers/drafting",
    *("model/tool", "portfolio", "publish/batch/destination"),
    # forms, room and paper have pages of their own, with words of their own
    *("forms", "room", "answers/sessions", "answers/store/answering"),
    # commands that the page does not give
    *("cli", "synthetic", "assessment/explain"),
    *(
        f"commands/{name}"
        for name in [
            "actions",
            "actions_read",
            "agreements",
            "batch_away",
            "batch_cluster",
            "batch_inputs",
            "explain",
            "export",
            "fill",
            "fill_read",
            "filled",
            "key",
            "map_columns",
            "new_portfolio",
            "pair",
            "plan",
            "plan_process",
            "run_job",
            "serve",
            "sheet",
            "template",
            "tools",
        ]
    ),
    # a notebook or a block of somebody's own
    *(
        f"publish/{name}"
        for name in [
            "bundled",
            "check",
            "document",
            "engine",
            "excel",
            "exporter",
            "html",
            "normalise",
            "notebook_file",
            "parameters",
            "prepare",
            "stamps",
            "verapdf",
            "word",
            "pptx",
            "pdf",
            "typst",
            "pictures",
        ]
    ),
    *("blocks", "tools", "disclosure/proof", "measure", "workbook/compared", "workbook/leading"),
)
#: Sentences of these modules that only a command line or a program meets, with no words of their own to translate.
BARE = frozenset(
    f"{{}} {say} nothing about {a} {{}}; leave it out."
    for say in ("say", "says")
    for a in ("a", "an")
)
#: Kinds of things that a field may name, each translated.
KINDS = frozenset(messages()["kind"])
NOTED = ("notes.append", "said.append")
ERRORS = frozenset(name for name in vars(hrkit.errors) if name.endswith("Error")) | {"Problem"}


def written(node: ast.expr, names: dict[str, list[ast.expr]], depth: int = 3) -> list[str]:
    """The texts that an expression may be, with ``\x00`` where something of elsewhere is filled in.

    Either of two, what a name was given in the same function, and pieces of which a text is put together.
    """
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.IfExp):
        return [text for one in (node.body, node.orelse) for text in written(one, names, depth)]
    if isinstance(node, ast.Name) and depth:
        return [text for one in names.get(node.id, []) for text in written(one, names, depth - 1)]
    if not isinstance(node, ast.JoinedStr):
        return []
    pieces = []
    for one in node.values:
        if isinstance(one, ast.FormattedValue):
            pieces.append(list(dict.fromkeys(written(one.value, names, depth))) or ["\x00"])
        else:
            pieces.append([str(getattr(one, "value", ""))])
    return ["".join(some) for some in itertools.product(*pieces)]


def given_by_the_code() -> dict[str, str]:
    """Every sentence that a problem, an error or a note of an import is made with, to where it stands."""
    found: dict[str, str] = {}
    for path in sorted(KIT.rglob("*.py")):
        place = path.relative_to(KIT).with_suffix("").as_posix()
        if any(place == one or place.startswith(f"{one}/") for one in NOT_ON_THE_PAGE):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for scope in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
            names: dict[str, list[ast.expr]] = {}
            for node in ast.walk(scope):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    names.setdefault(node.targets[0].id, []).append(node.value)
            for node in ast.walk(scope):
                said: list[ast.expr] = []
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    if name in ERRORS:
                        said = node.args[1:3] if name == "Problem" else node.args[:1]
                        said += [k.value for k in node.keywords if k.arg in ("what", "fix")]
                    elif name == "append" and ast.unparse(node.func) in NOTED:
                        said = node.args[:1]
                elif isinstance(node, ast.Yield) and node.value is not None:
                    said = [node.value] if place.startswith("answers/") else []
                for one in said:
                    for text in written(one, names):
                        if re.search("[a-z]{2}", text.replace("\x00", "")):
                            found[text] = f"{place}:{node.lineno}"
    return found


def possible(text: str) -> bool:
    """Whether pieces go together: of one and of several, and what a name was given for another sentence."""
    one = re.search(r"1 cell |\brow \x00|column \x00| is (hidden|struck)", text) is not None
    several = re.search(r"cells |\brows |columns | are (hidden|struck)", text) is not None
    verb = re.search(r"(was|were) read|(it was|they were) taken", text)
    if verb and "column \x00 (" in text:
        one = "in row \x00" in text
    single = verb is not None and verb[0].startswith(("was", "it"))
    if verb and "like others" not in text and (one or several) and one is not single:
        return False
    if re.search(r"exactly like \x00 but|is like \x00$", text):
        return False
    if re.search(
        r"answer \x00 in the room that \x00 has held|answer in the room that is open", text
    ):
        return False
    wrong = r"columns? .* all the same|rows? .* like others|rows? .*; empty|cells .*; delete|x00 is struck.*; delete"
    return re.search(wrong, text.replace("\x00", "x00")) is None


def test_every_sentence_the_page_may_show_has_words_in_its_languages() -> None:
    sentences = given_by_the_code()
    assert len(sentences) > 450
    left = []
    for text, place in sentences.items():
        said = re.sub("\x00", "@1", text)
        if text.replace("\x00", "{}") in BARE or not possible(text):
            continue
        if any(translated(said, language) == said for language in ("da", "nl")):
            left.append((place, text.replace("\x00", "{}")))
    assert left == []


#: Words that no sentence in Danish or Dutch has.
ENGLISH = re.compile(r"\b(the|and|or|not|no|stands|keep|give|leave|line|row|there|must)\b")
#: Words that stay as they are in any language: names of settings, endings of files.
KEPT = re.compile(r"@1|\.pdf|\{fields\}|\b(at_most|exactly|from|options)\b")


def test_no_field_of_a_message_holds_english_that_stays() -> None:
    """*There is no {kind}* would take *there is no facet called importance*, and leave half of it as it is."""
    left = []
    for text, place in given_by_the_code().items():
        if text.replace("\x00", "{}") in BARE or not possible(text):
            continue
        said = text.replace("\x00", "@1")
        match = next(m for pattern, _ in _known() if (m := pattern.fullmatch(said)))
        for name, given in match.groupdict().items():
            known = name.startswith("part") and translated(given, "da") != given
            if re.search("[a-z]{2}", KEPT.sub("", given)) and not known and given not in KINDS:
                left.append((place, text, name, given))
    assert left == []


def test_every_language_fills_in_what_the_english_found() -> None:
    assert len(listed()) > 100
    for key, one in listed().items():
        fields = {name: f"<{name}>" for name in _FIELD.findall(one["en"])}
        said = filled(one["en"], fields, "en")
        for language in ("da", "nl"):
            assert set(_FIELD.findall(one[language])) == set(fields), key
            # A more general message may have the same words: what is told is the same.
            other = translated(said, language)
            assert other != said, (key, said)
            assert all(field in other for field in fields.values()), (key, other)
        assert translated(said, "en") == said


def test_lines_and_rows_are_named_in_the_language_too() -> None:
    one = spoken_problem(
        Problem("svar.csv row 4, column B (wave)", "the wave is blank", "use w1"), "da"
    )
    assert one == Problem("svar.csv række 4, kolonne B (wave)", "målingen mangler", "brug w1")
    assert translated("something nobody has listed", "da") == "something nobody has listed"
    said = "who will see the report is not said in da, nl"
    assert translated(said, "nl") == "in het Deens, het Nederlands staat niet wie het rapport te zien krijgt"  # fmt: skip
    # What stood in the file stays as it is, whatever it holds.
    assert translated("{n} is no date", "nl") == "{n} is geen datum"


@pytest.mark.parametrize("language", ["da", "nl"])
def test_what_is_wrong_in_the_settings_is_said_in_the_pages_language(
    started_once: Path, tmp_path: Path, language: str
) -> None:
    folder = Path(shutil.copytree(started_once, tmp_path / started_once.name))
    path = folder / "engagement.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["waves"][0] |= {"opens": "2027-05-01", "closes": "2027-04-01"}
    data["units"][1]["parent"] = "nowhere"
    data["units"].append({"id": "nord", "name": "Nord igen", "parent": "org"})
    data["invited"] = [{"wave": "w9", "unit": "org", "perspective": "leader", "n": 3}]
    data["branding"] = {"logo": "missing.png"}
    data["protection"] = {"scores": 2, "details": 10}
    data["sector"] = "ngo"
    data["nonsense"] = 1
    for gone in ((), ("protection", "sector", "nonsense")):
        for key in gone:
            data.pop(key)
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        page = Page(tmp_path, language)
        page.do("clients:open", folder=folder.name)
        page.tell({"type": "speak", "language": language})
        page.go("setup")
        rows = next(p for p in page.parts() if p["kind"] == "table")["rows"]
        english = {(one.what, one.fix) for one in hrkit.check(folder).problems}
        assert len(rows) >= 3
        for where, what, fix in rows:
            assert not any(what == a or fix == b for a, b in english), (where, what, fix)
            assert "line " not in where


@pytest.mark.parametrize("language", ["da", "nl"])
def test_what_is_wrong_in_a_file_of_answers_is_said_in_the_pages_language(
    started_once: Path, tmp_path: Path, language: str
) -> None:
    page, folder = again(started_once, tmp_path)
    ready(page)
    page.tell({"type": "speak", "language": language})
    rows = sheet(folder, {"leader": 7, "hr": 4}, codes=True)
    rating = rows[0].index(next(one for one in rows[0] if "trust" in one or ".0" in one))
    rows[1][1] = "w9"
    rows[2][1] = ""
    rows[3][3] = "chef for det hele"
    rows[4][2] = "Vest"
    rows[5][rating] = "kryds"
    rows[6][rating] = "9"
    rows[7][rating] = "2,5"
    rows[8][0] = rows[9][0]
    rows[10] = [*rows[10][:5], *[""] * (len(rows[10]) - 5)]
    rows[11] = [*rows[11], "for meget"]
    data = write_csv(tmp_path / "fil.csv", rows).read_bytes()
    page.go("answers")
    page.drop("fil.csv", data, 5000)
    said = page.do("answers:check", file=["fil.csv"])
    english = hrkit.check(tmp_path / "fil.csv", folder).problems
    texts = {text for one in english for text in (one.what, one.fix)}
    assert len(said["rows"]) >= 8
    left = [text for row in said["rows"] for text in row[1:] if text in texts and text]
    assert left == [], left
    assert " row " not in json.dumps([row[0] for row in said["rows"]])
    headings = [[*rows[0][:-1], "Noget helt andet"], *rows[1:]]
    data = write_csv(tmp_path / "to.csv", headings).read_bytes()
    page.drop("to.csv", data, 5000)
    said = page.do("answers:take", file=["to.csv"])
    assert not said["good"] and "was not taken" not in said["text"]
    assert "not known" not in json.dumps(said["rows"])


def test_what_is_only_worth_knowing_is_said_in_the_pages_language(
    started_once: Path, tmp_path: Path
) -> None:
    home = tmp_path / "OneDrive - Firma"
    folder = Path(shutil.copytree(started_once, home / started_once.name))
    path = folder / "engagement.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["units"].append({"id": "vest2", "name": "Vest\u200b igen", "parent": "org"})
    data["tools"] = ["mirror"]
    data["process"] = {"workshop": "2027-01-04"}
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    rows = sheet(folder, {"leader": 7, "hr": 4}, codes=True)
    file = write_csv(
        tmp_path / "fil.csv", [rows[0], *rows[1:4], [""] * len(rows[0]), *rows[4:], rows[-1]]
    )
    notes = [*hrkit.check(folder).notes, *hrkit.check(file, folder).notes]
    assert len(notes) >= 4, notes
    for language in ("da", "nl"):
        left = [one for one in notes if translated(one, language) == one]
        assert left == []


@pytest.mark.parametrize("language", ["da", "nl"])
def test_what_is_wrong_with_an_instrument_and_a_mapping_of_ones_own_is_said_in_the_language(
    started_once: Path, tmp_path: Path, language: str
) -> None:
    own = yaml.safe_load((kit.templates() / "instruments" / "service-check.yml").read_text("utf-8"))
    first, second = own["sections"][:2]
    scale = next(iter(own["scales"].values()))
    scale["values"] = [scale["values"][0]] * 2
    first["items"][0]["id"] = "elsewhere.01"
    first["items"][0]["text"]["nobody"] = {"da": "x", "nl": "x", "en": "x"}
    second["id"] = first["id"]
    second["facets"] = ["nothing"]
    second["name"] = first["name"]
    del first["about"]["nl"]
    own["perspectives"]["pool"] = {"nobody": "leader"}
    path = tmp_path / "own.yml"
    path.write_text(yaml.safe_dump(own, allow_unicode=True), "utf-8")
    problems = list(instrument_problems(read_yaml(path)))
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(
        "instrument: partnership-2-0\nlanguage: {column: Sprog}\nwave: {value: w9}\n"
        "perspective: {value: leader}\nanswers: {Et: trust.99, To: trust.01}\n"
        "values: {across.01: {ja: 1}}\nlabels: {fi: {trust.01: {ja: 1}}}\n",
        "utf-8",
    )
    with pytest.raises(hrkit.errors.AnswersError) as refused:
        load_mapping(mapping, engagements.load(started_once))
    problems += refused.value.problems
    assert len(problems) >= 14
    for one in problems:
        said = spoken_problem(one, language)
        assert said.what != one.what and said.fix != one.fix, one
        assert not ENGLISH.search(f"{said.where} {said.what} {said.fix}"), said


@pytest.mark.parametrize(
    ("said", "da", "nl"),
    [
        (
            "svar.xlsx: 3 cells hold zero-width characters, control characters (first: row 4, column C); these do not count.",
            "svar.xlsx: 3 celler indeholder tegn uden bredde, styretegn (den første: række 4, kolonne C); det har ingen betydning.",
            "svar.xlsx: 3 cellen bevatten tekens zonder breedte, besturingstekens (de eerste: rij 4, kolom C); dat telt niet mee.",
        ),
        (
            "the forms take each person: leader 12 min in one sitting, hr 31 min in 2 sittings",
            "skemaerne tager pr. person: leader 12 min. på én gang, hr 31 min. ad 2 gange",
            "de vragenlijsten kosten per persoon: leader 12 min. in één keer, hr 31 min. in 2 keer",
        ),
        (
            "holds the error #N/A instead of an answer",
            "indeholder fejlen #N/A i stedet for et svar",
            "bevat de fout #N/A in plaats van een antwoord",
        ),
        (
            "The store answers.sqlite is held by another program; close it and try again. Nothing was changed.",
            "Filen med svar answers.sqlite bruges af et andet program; luk det, og prøv igen. Intet er ændret.",
            "Het bestand met antwoorden answers.sqlite is in gebruik door een ander programma; sluit dat en probeer het opnieuw. Er is niets veranderd.",
        ),
    ],
)
def test_what_is_put_together_from_pieces_is_said_in_the_language_whole(
    said: str, da: str, nl: str
) -> None:
    assert (translated(said, "da"), translated(said, "nl")) == (da, nl)


@pytest.mark.parametrize("name", ["folder.zip", "answers.xlsx", "answers.ods"])
def test_a_damaged_file_is_told_in_the_language_of_the_page(tmp_path: Path, name: str) -> None:
    from hrkit.answers.files.read import read_table

    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 torn")
    with pytest.raises(HrkitError) as caught:
        read_table(path)
    (problem,) = caught.value.problems
    for language in ("da", "nl"):
        said = spoken_problem(problem, language)
        assert said.what != problem.what and said.fix != problem.fix, (language, said)
