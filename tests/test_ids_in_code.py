"""Code names no dimension, item, perspective or instrument: what they mean stands in data."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import hrkit
from hrkit.model import instrument_file as instruments
from hrkit.model.tool import available

PACKAGE = Path(hrkit.__file__).parent
#: Made-up organisations are made of real ids.
EXEMPT = {
    f"synthetic/{name}.py" for name in ("__init__", "clients", "parts", "spoken", "aloud", "pairs")
}
#: Words that are ids too, and mean something else where they stand: the beginnings of those places.
OTHER_MEANINGS = {
    "top": (
        "answers/writers/",
        "forms/surveys/cells.py",
        "publish/",
        "report/charts/",
        "tools/services/chart.py",
    ),  # the upper edge
    "hr": ("blocks/", "publish/", "tools/partner_pairs/"),  # a horizontal rule; half of a pair
    "pay": ("tools/partner_pairs/",),  # the other half
    "leader": ("tools/partner_pairs/forms.py",),  # from whom and to whom a case is handed
    "trust": ("commands/batch_warm.py",),  # whose code runs
    "network": (
        "tools/network_leader/",
        "commands/pair.py",
    ),  # its own texts, and one of two leaders
    "network-leader": (
        "tools/network_leader/",
        "commands/pair.py",
        "tools/blueprint/",
    ),  # the folder a command wants; an actor
    "chain": ("report/", "assessment/workbook.py", "tools/"),  # a section of the report
    "roles": (
        "forms/pages.py",
        "room/lost.py",
    ),  # the choice of a role, of the form and for a lost code
    "partnership": (
        "cli/",
        "commands/new_names.py",
    ),  # what `hrkit new` asks where nothing is said
}
# A tool's own folder says its own name: of its page, its texts, its open sheets and its steps.
for _tool in available():
    _own = f"tools/{_tool.id.replace('-', '_')}/"
    OTHER_MEANINGS[_tool.id] = (*OTHER_MEANINGS.get(_tool.id, ()), _own)


def ids() -> set[str]:
    found: set[str] = set()
    for path in instruments.available():
        it = instruments.load(path.stem)
        found |= {it.id, *it.perspectives, *it.items, *(s.id for s in it.dimensions)}
    return found


def literals(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def test_code_names_no_id_of_an_instrument() -> None:
    known, named = ids(), []
    assert {"leader", "trust", "trust.01", "partnership"} <= known
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if place in EXEMPT:
            continue
        for line, text in literals(path):
            last = text.rpartition(".")[2]  # report.group.label.leader names it too
            for one in {text, last} & known:
                if not place.startswith(OTHER_MEANINGS.get(one, ("-",))):
                    named.append(f"{place}:{line}: {text!r}")
    assert named == []
