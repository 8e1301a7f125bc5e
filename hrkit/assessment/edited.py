"""What a consultant writes into a report, section by section; a re-run keeps it.

A Markdown file ``texts/SECTION.md`` (or ``texts/SECTION.da.md`` for one language) in the
engagement folder is put under the section's heading.  If its first line is ``replace``, it
takes the place of everything under the heading instead.  The same can stand in
``engagement.yml`` under ``texts``.  A dimension's section is named ``dimensions.trust``.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path

from hrkit.blocks import Block, Heading
from hrkit.blocks.markdown import blocks_of_markdown
from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import Engagement
from hrkit.report.chapter import Chapter
from hrkit.text import seen

__all__ = ["check_texts", "text_problems", "with_text"]

FOLDER = "texts"
REPLACE = "replace"
MAX_BYTES = 200_000


def _own(engagement: Engagement, section: str, language: str) -> tuple[str, str]:
    """The text for a section in a language, and where it stands; a file comes before ``engagement.yml``."""
    for name in (f"{section}.{language}.md", f"{section}.md"):
        path = engagement.folder / FOLDER / name
        if path.is_file() or path.is_symlink():
            return _read(path), f"{FOLDER}/{name}"
    text = engagement.texts.get(section, {}).get(language, "")
    return text, f"engagement.yml, texts.{section}"


def _refused(where: str, what: str, fix: str) -> HrkitError:
    return HrkitError("A text of this report cannot be used.", [Problem(where, what, fix)])


def _read(path: Path) -> str:
    found = _unreadable(path)
    if found:
        raise HrkitError("A text of this report cannot be used.", [found])
    return seen(path.read_text("utf-8-sig"))


def _unreadable(path: Path) -> Problem | None:
    """What keeps a text from being read, if anything does."""
    where = f"{FOLDER}/{path.name}"
    # A link could put any file of this machine into the client's report.
    if not path.resolve().is_relative_to(path.parent.parent.resolve()):
        return Problem(where, "is a link that leads out of the folder", "put the text itself there")
    if not path.is_file():
        return Problem(where, "is no file", "put the text itself there")
    if path.stat().st_size > MAX_BYTES:
        return Problem(where, f"is longer than {MAX_BYTES // 1000} kB", "shorten it")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return Problem(where, "is not UTF-8", "save it as UTF-8")
    if "\0" in text:
        return Problem(where, "is no text", "save it as Markdown, in UTF-8")
    return _unusable(text, where)


def _unusable(text: str, where: str) -> Problem | None:
    """What keeps a text from being printed, if anything does."""
    replace, rest = _split(text)
    try:
        blocks = blocks_of_markdown(rest)
    except ValueError as error:
        return Problem(where, str(error), "shorten it")
    if replace and not blocks:
        fix = "write what it says instead, or leave the section out with a profile"
        return Problem(where, f"says {REPLACE} and nothing after it", fix)
    return None


def _split(text: str) -> tuple[bool, str]:
    """Whether a text takes the place of what stands in its section, and the text itself."""
    first, _, rest = text.lstrip().partition("\n")
    replace = first.strip().lower() == REPLACE
    return replace, rest if replace else text


def text_problems(engagement: Engagement, sections: tuple[str, ...]) -> tuple[Problem, ...]:
    """Texts that could not be printed, or would silently never be: every such file and key.

    Parameters
    ----------
    engagement
        Its folder and file are looked in.
    sections
        Names of the sections a report can have.
    """
    known = {*sections, *(f"dimensions.{s.id}" for s in engagement.instrument.dimensions)}
    problems = [
        Problem(f"engagement.yml, texts.{name}", "is no section", _meant(name, known))
        for name in engagement.texts
        if name not in known
    ]
    for name, texts in engagement.texts.items():
        for language, text in texts.items():
            if found := _unusable(text, f"engagement.yml, texts.{name}.{language}"):
                problems.append(found)
    folder = engagement.folder / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        where = f"{FOLDER}/{path.name}"
        name, dot, ending = path.name.rpartition(".")
        if not dot or ending.lower() not in ("md", "markdown", "txt"):
            continue  # a picture or a draft beside the texts is nobody's business
        if ending != "md":
            problems.append(Problem(where, "is not read", f"name it {name}.md"))
            continue
        section, _, language = name.rpartition(".")
        languages = engagement.instrument.languages
        as_language = len(language) == 2 and language not in languages
        if section in known and name not in known and as_language:
            what = f"is in no language of the instrument: {language}"
            problems.append(Problem(where, what, f"use one of {', '.join(languages)}"))
        elif name not in known and not (section in known and language in languages):
            problems.append(Problem(where, "names no section", _meant(section or name, known)))
        elif found := _unreadable(path):
            problems.append(found)
    return tuple(problems)


def _meant(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), 1)
    listed = f"use {', '.join(sorted(known))}"
    return f"did you mean {near[0]}? Otherwise {listed}" if near else listed


def check_texts(engagement: Engagement, sections: tuple[str, ...]) -> None:
    """Refuse texts that could not be printed.

    Raises
    ------
    HrkitError
        With every such file and key at once; see `text_problems`.
    """
    if problems := text_problems(engagement, sections):
        raise HrkitError("Texts of this report cannot be used.", problems)


def with_text(engagement: Engagement, section: str, language: str, chapter: Chapter) -> Chapter:
    """A chapter with the consultant's own text in it, if there is one.

    Where the text takes the place of what stands there, the figures' worksheets go too.

    Parameters
    ----------
    engagement
        Its folder and file are looked in.
    section, language
        Which section, in which language.
    chapter
        The section as the kit makes it; without a heading of level 1 the text comes first.

    Raises
    ------
    HrkitError
        If the text cannot be printed: it nests too deep, or is too long.
    """
    blocks = chapter.blocks
    text, where = _own(engagement, section, language)
    replace, rest = _split(text)
    try:
        written = blocks_of_markdown(rest)
    except ValueError as error:
        raise _refused(where, str(error), "shorten it") from None
    own = tuple(map(_below, written))
    if not own or not blocks:
        return chapter
    worksheets = () if replace else chapter.worksheets
    return Chapter(_put(blocks, own, replace), worksheets, chapter.name)


def _put(blocks: tuple[Block, ...], own: tuple[Block, ...], replace: bool) -> tuple[Block, ...]:
    """One's own text under the heading, or in the place of all that follows it."""
    at = next((i + 1 for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1), 0)
    return (*blocks[:at], *own, *(() if replace else blocks[at:]))


def _below(block: Block) -> Block:
    """Headings of a consultant's text stand below the section's own."""
    if isinstance(block, Heading):
        return Heading(block.text, level=max(2, block.level))
    return block
