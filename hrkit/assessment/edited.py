"""What a consultant writes into a report, section by section; a re-run keeps it.

A Markdown file ``texts/SECTION.md`` (or ``texts/SECTION.da.md`` for one language) in the
engagement folder is put under the section's heading.  If its first line is ``replace``, it
takes the place of everything under the heading instead.  The same can stand in
``engagement.yml`` under ``texts``.  A dimension's section is named ``dimensions.trust``.
"""

from __future__ import annotations

from pathlib import Path

from hrkit.blocks import Block, Group, Heading
from hrkit.blocks.markdown import blocks_of_markdown
from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import Engagement

__all__ = ["check_texts", "with_text"]

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
    where = f"{FOLDER}/{path.name}"
    # A link could put any file of this machine into the client's report.
    if not path.resolve().is_relative_to(path.parent.parent.resolve()):
        raise _refused(where, "is a link that leads out of the folder", "put the text itself there")
    if not path.is_file():
        raise _refused(where, "is no file", "put the text itself there")
    if path.stat().st_size > MAX_BYTES:
        raise _refused(where, "is too long", "shorten it")
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(where, "is not UTF-8", "save it as UTF-8") from None


def check_texts(engagement: Engagement, sections: tuple[str, ...]) -> None:
    """Refuse texts for sections that do not exist: they would silently never be printed.

    Raises
    ------
    HrkitError
        With every such file and key at once.
    """
    known = {*sections, *(f"dimensions.{s.id}" for s in engagement.instrument.dimensions)}
    problems = [
        Problem(f"engagement.yml, texts.{name}", "is no section", f"use {', '.join(sorted(known))}")
        for name in engagement.texts
        if name not in known
    ]
    folder = engagement.folder / FOLDER
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        name = path.name.removesuffix(".md")
        section, _, language = name.rpartition(".")
        if name not in known and not (
            section in known and language in engagement.instrument.languages
        ):
            problems.append(
                Problem(
                    f"{FOLDER}/{path.name}", "names no section", f"use {', '.join(sorted(known))}"
                )
            )
    if problems:
        raise HrkitError("Texts of this report cannot be used.", problems)


def with_text(
    engagement: Engagement, section: str, language: str, blocks: tuple[Block, ...]
) -> tuple[Block, ...]:
    """A section's blocks with the consultant's own text in it, if there is one.

    Parameters
    ----------
    engagement
        Its folder and file are looked in.
    section, language
        Which section, in which language.
    blocks
        The section as the kit makes it; without a heading of level 1 the text comes first.
    """
    text, where = _own(engagement, section, language)
    first, _, rest = text.lstrip().partition("\n")
    replace = first.strip().lower() == REPLACE
    try:
        written = blocks_of_markdown(rest if replace else text)
    except ValueError as error:
        raise _refused(where, str(error), "shorten it") from None
    own = tuple(map(_below, written))
    if not own or not blocks:
        return blocks
    # A page of its own (a dimension) holds its heading inside.
    for i, block in enumerate(blocks):
        if isinstance(block, Group) and block.page:
            inner = _insert(block.blocks, own, replace)
            return (*blocks[:i], Group(inner, keep=False), *blocks[i + 1 :])
    return _insert(blocks, own, replace)


def _insert(blocks: tuple[Block, ...], own: tuple[Block, ...], replace: bool) -> tuple[Block, ...]:
    at = next((i + 1 for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1), 0)
    return (*blocks[:at], *own, *(() if replace else blocks[at:]))


def _below(block: Block) -> Block:
    """Headings of a consultant's text stand below the section's own."""
    if isinstance(block, Heading):
        return Heading(block.text, level=max(2, block.level))
    return block
