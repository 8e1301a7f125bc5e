"""Reads a printed report: every sentence by the grammar, what is left of it for numbers and comparing words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Facts,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    plain,
    walk,
)
from hrkit.disclosure.released import Released
from tests.report.reader.grammar import SENTENCES
from tests.report.reader.held import CHECKS, Tables
from tests.report.reader.names import NUMBER, SHARE, Names, tidy
from tests.report.reader.pages import LATER
from tests.report.reader.quiet import FEW, FEW_CHECKS
from tests.report.reader.said import LATER_CHECKS
from tests.report.reader.tables import cells

#: Pages that say something of the answers; the others explain.
PAGES = ("summary", "contents", "profile", "dimensions", "importance", "roadmap", "change", "units", "chain",
         "agreements", "pillars", "response")  # fmt: skip
#: Words that compare, or say how sure something is.
COMPARING: Mapping[str, str] = {
    "en": r"\b(?:higher|lower|clearly|apparently|appears?|differ|far apart|lies? apart|rated high|cannot tell|firmly|"
          r"larger than chance|more than chance|has changed)\b",
    "da": r"\b(?:højere|lavere|tydeligt|tilsyneladende|ser ud til|forskelligt?|langt fra hinanden|høje tal|"
          r"kan vi ikke afgøre|fast blandt|tilfældet kan forklare)\b",
    "nl": r"\b(?:hoger|lager|duidelijk|ogenschijnlijk|lijkt|lijken|verschillen|verschillend|ver uit elkaar|hoog bij|"
          r"kunnen we niet zeggen|vast bij|dan toeval)\b",
}  # fmt: skip
#: Texts of the kit that explain how a page is read: what is filled in is a name, a threshold or an end of the scale.
EXPLAINING = (
    "report.summary.key", "report.scorecard.note*", "report.profile.note", "report.bands_note", "report.gaps.note",
    "report.gaps.few", "sections.change.*note", "sections.chain.*note", "sections.units.shades",
    "sections.units.*note", "sections.importance.means*", "sections.importance.*note", "sections.chosen.means*",
    "sections.chosen.plain*", "sections.pillars.note", "sections.response.*note", "roadmap.*", "report.dimension.counted", "report.why.sentence.*",
)  # fmt: skip
#: What only ends a sentence that the grammar has read, or goes on with it.
_TAILS = ("the distances between them are no larger than chance could make them", "the distances are no larger than chance",
          "the order of the first ones may be chance", "their bands lie apart in the chart",
          "Afstandene mellem dem er ikke større, end tilfældet kan forklare", "Afstandene er ikke større, end tilfældet kan",
          "de afstanden ertussen zijn niet groter dan toeval", "de afstanden zijn niet groter dan toeval")  # fmt: skip
_FIELD = re.compile(r"\{[^{}]*\}")
_CELL = re.compile(r"[\d▯▮▲▼+−–]")
#: Days asked of somebody, of so many: held in `tests/report/test_capacity.py`.
_DAYS = re.compile(rf"(?:{NUMBER}|\d+)(?:,| (?:of|af|van) )")


def _text(text: Any) -> str:
    return tidy(text if isinstance(text, str) else plain(text))


def _lines(block: Block) -> Iterator[str]:
    """The sentences of a block as they stand on the page."""
    if isinstance(block, (Heading, Paragraph, Note, Callout)):
        yield _text(block.text)
    elif isinstance(block, Card):
        yield tidy(block.title)
    elif isinstance(block, Bullets):
        for item in block.items:
            if not (isinstance(item, tuple) and item and not isinstance(item[0], Span)):
                yield _text(item)
    elif isinstance(block, Facts):
        yield from (tidy(f"{f.value} {f.unit} {f.label}") for f in block.facts)


def sentences(report: Assessment) -> Iterator[tuple[str, str, Table | str]]:
    """Page, the dimension whose page or row it is, and the text, in reading order; a table once as it is.

    A cell that begins as a figure does is read in its table, by row and column.
    """
    names = Names(report)
    for page in PAGES:
        at = ""
        for block in walk(report.section(page).blocks):
            if isinstance(block, Heading) and page == "dimensions" and block.level == 1:
                started = (
                    id for n, id in names.dimensions.items() if _text(block.text).startswith(n)
                )
                at = next(started, at)
            if not isinstance(block, Table):
                yield from ((page, at, line) for line in _lines(block))
                continue
            yield page, at, block
            for row in block.rows:
                about = next((id for n, id in names.dimensions.items() if n in _text(row[0])), at)
                for part in (part for cell in row for part in plain(cell).split("\n")):
                    prose = page in ("summary", "roadmap", "agreements")
                    if not (_DAYS if prose else _CELL).match(tidy(part)):
                        yield page, about, tidy(part)


def _every_text(entry: Any) -> Iterator[str]:
    if isinstance(entry, Mapping):
        for value in entry.values():
            yield from _every_text(value)
    elif isinstance(entry, str):
        yield tidy(entry)


def _explained(report: Assessment) -> tuple[frozenset[str], list[re.Pattern[str]]]:
    """Texts that say the same of any organisation, and those in which names and thresholds are filled in."""
    entries = report.context.words.entries
    constant = {
        text for entry in entries.values() for text in _every_text(entry) if "{" not in text
    }
    filled = {
        text
        for key, entry in entries.items()
        if any(fnmatchcase(key, one) for one in EXPLAINING)
        for text in _every_text(entry)
        if len(_FIELD.sub("", text)) > 15 and "{" in text
    }
    patterns = [
        re.compile("(?:.{1,80}?)".join(map(re.escape, _FIELD.split(text))))
        for text in sorted(filled, key=len, reverse=True)
    ]
    return frozenset(constant), patterns


def _own_words(report: Assessment) -> set[str]:
    """What the library and the instrument say: none of it is about the answers."""
    ctx, found = report.context, set()
    for action in ctx.library.actions if ctx.library else ():
        found |= {tidy(ctx.text(t)) for t in (action.text, action.first, action.sign)}
    for item in ctx.instrument.items.values():
        found |= {tidy(ctx.wording(item)).rstrip(".")}
    return {one for one in found if len(one) > 12}


Read = tuple[str, str, Table | str]


def faults(
    report: Assessment, against: Released | None = None, read: Iterable[Read] = ()
) -> list[str]:
    """What a report says that its released tables do not carry.

    ``against`` are other tables, to see that it is noticed; ``read`` what was read of it before.
    """
    names, language = Names(report), report.context.language
    checks = {**CHECKS, **LATER_CHECKS, **FEW_CHECKS}
    grammar = [
        (claim, names.pattern(template))
        for claim, spoken in {**FEW, **SENTENCES, **LATER}.items()
        for template in sorted(spoken[language], key=len, reverse=True)
    ]
    own, (constant, explaining) = _own_words(report), _explained(report)
    long = sorted((one for one in constant if len(one) > 25), key=len, reverse=True)
    found: list[str] = []
    for page, about, text in read or sentences(report):
        if isinstance(text, Table):
            found += [f"{page}: {one}" for one in cells(Tables(names, about, against), page, text)]
            continue
        left = text
        for one in own:
            left = left.replace(one, " ") if one in left else left
        if left.strip() in constant or not left.strip(" ."):
            continue
        for claim, pattern in grammar:
            for match in pattern.finditer(left):
                said = {k: v for k, v in match.groupdict().items() if v is not None}
                wrong = checks[claim](Tables(names, about, against), said, match.group())
                found += [f"{page}: “{match.group()}” ({claim}): {one}" for one in wrong]
            left = pattern.sub(" ", left)
        # Claims without a field were read by the grammar; what is left of such texts explains.
        for one in long:
            left = left.replace(one, " ") if one in left else left
        for pattern in explaining:
            left = pattern.sub(" ", left)
        found += _unread(page, left, language)
    return found


def _unread(page: str, left: str, language: str) -> Iterator[str]:
    """A number or a comparing word that no sentence of the grammar accounts for."""
    for tail in _TAILS:
        left = left.replace(tail, " ")
    for rest in (one.strip() for one in re.split(r"(?<=[.:;!?])\s+", left)):
        if re.search(rf"{NUMBER}|{SHARE}", rest) and re.search(r"[^\W\d_]{3}", rest):
            yield f"{page}: a number nobody accounts for: “{rest}”"
        elif re.search(COMPARING[language], rest):
            yield f"{page}: a comparison nobody accounts for: “{rest}”"
