"""What holds for every room of the house: a module has one idea, and is small."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import hrkit

ROOT = Path(hrkit.__file__).parent
MOST = 300

#: Longer ones, and why each is one idea all the same.
LONGER = {
    "answers/files/excel.py": "a workbook's cells, and everything in it that keeps cells from sight",
    "answers/readers/drafting.py": "one draft: each part of a mapping is found and remarked on the same way",
    "answers/readers/template.py": "the kit's own file: its headings, sheets and roles, and what is absent of them",
    "answers/rounds.py": "one wave in one transaction: what is read, decided and recorded of it",
    "blocks/html.py": "one function a block",
    "disclosure/proof/joint.py": "one proof: the points that answer it, and what is asked of them",
    "disclosure/sizes.py": "one reader of numbers: her days, what she counts, and what goes for it",
    "disclosure/tables.py": "the order in which a version is made, step by step",
    "disclosure/together/hidden.py": "one group's programme: what is asked of it, and who steps back",
    "forms/session.py": "one conversation: a handler for each message of an open page",
    "model/engagement_rules.py": "one function a rule, in the order of the file",
    "model/engagement.py": "the types of an engagement, which are read together",
    "publish/word/writer.py": "one function a block",
    "report/claims.py": "the catalogue: one entry a claim",
    "report/charts/importance.py": "one chart whose labels must not meet",
    "text.py": "when two texts are one, and what is kept and shown of one, by the same tables of signs",
}


def test_modules_stay_small_or_say_why() -> None:
    sources = [*ROOT.rglob("*.py"), *ROOT.rglob("*.typ")]
    long = {
        source.relative_to(ROOT).as_posix()
        for source in sources
        if len(source.read_text(encoding="utf-8").splitlines()) > MOST
    }
    assert long - set(LONGER) == set(), "part it, or say in LONGER why it is one idea"
    assert set(LONGER) - long == set(), "it is small by now: take it off the list"


def test_no_two_classes_share_a_name_for_two_ideas() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for source in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(source.relative_to(ROOT).as_posix())
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_what_is_to_begin_first_is_there() -> None:
    from tests.light import FIRST

    tests = Path(__file__).parent
    assert [name for name in FIRST if not (tests / name).is_file()] == []


def test_no_process_takes_modules_from_where_it_is_started() -> None:
    """A client's folder may come from elsewhere, and hold a ``random.py``."""
    unsafe = [
        f"{source.relative_to(ROOT).as_posix()} line {node.lineno}"
        for source in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, (ast.List, ast.Tuple))
        and node.elts
        and ast.unparse(node.elts[0]) == "sys.executable"
        and not (len(node.elts) > 1 and ast.unparse(node.elts[1]) in ("'-P'", "'-I'"))
    ]
    assert unsafe == []
