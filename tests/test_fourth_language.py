"""A language is data: one more is an entry, its words, and not a line of code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from hrkit.model.languages import codes
from hrkit.model.yamlfile import read_yaml

ROOT = Path(__file__).resolve().parents[1]
#: A made-up language: English in which every e is written ë, with the numbers of Swedish.
NEW = "xq"

MADE = """
import dataclasses
from pathlib import Path
from hrkit import report, synthetic
from hrkit.cli import main

client = dataclasses.replace(
    synthetic.client("municipality"), language="xq", languages=("xq",),
    wave={"xq": "thë first wavë"}, audience={"xq": "Lëadërs sëë this."},
)
synthetic.build(client, Path("client"))
made = report("client", also=("html", "docx"), output=Path("report.pdf"))
print(*made.messages, sep="\\n")
main(["new", "fresh", "--name", "Fresh", "--language", "xq"])
"""


def said(text: Any) -> Any:
    """A text in the new language; what stands in braces is no word."""
    if isinstance(text, dict):
        return {form: said(one) for form, one in text.items()}
    if isinstance(text, list):
        return [said(one) for one in text]
    parts = re.split(r"(\{[^}]*\})", text)
    return "".join(part if part.startswith("{") else part.replace("e", "ë") for part in parts)


def translated(node: Any) -> Any:
    """Data in which whatever is said in all the kit's languages is said in the new one too."""
    if isinstance(node, list):
        known = [*node, NEW] if set(codes()) <= {str(one) for one in node} else node
        return [translated(one) for one in known]
    if not isinstance(node, dict):
        return node
    node = {key: translated(one) for key, one in node.items()}
    return node | {NEW: said(node["en"])} if set(codes()) <= set(node) else node


def touched(templates: Path) -> Iterator[str]:
    """Adds the language to a kit's data files; gives the name of every file that it takes."""
    for path in sorted(templates.rglob("*.yml")):
        if path.parent.name in ("engagement", "glossary"):
            continue
        data = read_yaml(path).data
        new = translated(data)
        if path.name == "languages.yml":
            own: dict[str, Any] = {"name": "Ënglish", "locale": "sv_SE"}
            terms = data["en"]["terms"]
            own |= {"terms": terms | {"made": said(terms["made"])}}
            new = {**data, NEW: {**data["en"], **own}}
        if new != data:
            path.write_text(json.dumps(new, ensure_ascii=False), "utf-8")  # JSON is YAML
            yield path.relative_to(templates).as_posix()
    glossary = read_yaml(templates / "glossary" / "en.yml").data
    people = {term: said(forms) for term, forms in glossary["people"].items()}
    terms = {
        id: one
        | {"term": said(one["term"])}
        | ({"text": said(one["text"])} if "text" in one else {})
        | {"for": {tool: said(texts) for tool, texts in one.get("for", {}).items()}}
        for id, one in glossary["terms"].items()
    }
    made = {**glossary, "people": people, "terms": terms}
    (templates / "glossary" / f"{NEW}.yml").write_text(
        json.dumps(made, ensure_ascii=False), "utf-8"
    )
    yield f"glossary/{NEW}.yml"
    draft = (templates / "engagement" / "engagement.en.yml").read_text("utf-8")
    draft = re.sub(r"\ben:", f"{NEW}:", draft).replace('"en"', f'"{NEW}"')
    (templates / "engagement" / f"engagement.{NEW}.yml").write_text(draft, "utf-8")
    yield f"engagement/engagement.{NEW}.yml"


@pytest.mark.slow
def test_a_report_is_printed_in_a_language_that_only_the_data_knows(tmp_path: Path) -> None:
    for part in ("hrkit", "notebooks", "data"):
        # With what Python compiled of them, which is still right: a copy keeps the times.
        skipped = shutil.ignore_patterns(".ipynb_checkpoints")
        shutil.copytree(ROOT / part, tmp_path / "kit" / part, ignore=skipped)
    files = list(touched(tmp_path / "kit" / "data" / "templates"))
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "kit")}
    run = subprocess.run(
        [sys.executable, "-P", "-c", MADE],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr + run.stdout
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    pages = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    html = (tmp_path / "report.html").read_text("utf-8")
    for text in (pages, html):
        # The made-up client's own names and comments, and the sources, are as they were.
        assert "First sign that it works".replace("e", "ë") in text and "3,4" in text
        assert not re.findall(r"\b(?:the|these|level|means|Page|leaders)\b", _words(text))
    assert f'<html lang="{NEW}">' in html and "Skip to thë contënt" in html
    (headings,) = (tmp_path / "fresh" / "answers.csv").read_text("utf-8-sig").splitlines()
    assert headings.count(";") > 40  # as a spreadsheet with decimal commas reads it
    # What a newcomer is told to touch is what there is to touch.
    guide = (ROOT / "docs" / "instruments.md").read_text("utf-8")
    guide = guide[guide.index("## A further language") :]
    listed = re.findall(r"`([\w/*.-]+\.yml)`", guide.split("\n## ")[0])
    assert all(any(fnmatch(file.replace(NEW, "fr"), one) for one in listed) for file in files), (
        files
    )
    assert all(any(fnmatch(file.replace(NEW, "fr"), one) for file in files) for one in listed), (
        files
    )


def _words(text: str) -> str:
    """A text without markup, and without the titles of sources."""
    return re.sub(r"<style.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)


def test_no_schema_and_no_module_names_the_languages() -> None:
    listed = re.compile(r"""["'](\w\w)["'](?:,\s*["'](\w\w)["']){2}""")
    named = [
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("hrkit/**/*.py"), *ROOT.glob("data/templates/schemas/*.json")]
        if "synthetic" not in path.parts  # made-up clients bring the languages they speak
        and any(
            set(codes()) == set(re.findall(r"\w\w", found[0]))
            for found in listed.finditer(path.read_text("utf-8"))
        )
    ]
    assert named == []
