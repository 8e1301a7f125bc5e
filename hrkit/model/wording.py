"""Whose words are spoken: the kit's, over them the instrument's, over them the client's.

A text is looked up by key.  An instrument says some of them in words of its own
(``data/templates/tools/ID/texts.yml``: the partnership's talk questions, its sentence on the front
page) and nobody else says them with it; one that extends another speaks as its base does.  What
stands in ``texts/*.yml`` of an engagement's folder wins over both.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from hrkit import kit
from hrkit.errors import HrkitError, Problem
from hrkit.model import instrument_file as instruments
from hrkit.model.glossary import explained
from hrkit.model.instrument import Instrument
from hrkit.model.language import Texts, Words, catalogue, known, leaf_problem, leaves, spoken
from hrkit.model.languages import codes
from hrkit.model.own_files import own_files, stamps
from hrkit.model.terms import Terms
from hrkit.model.yamlfile import Source, read_yaml

__all__ = ["Speaker", "catalogue_of", "check_words", "instrument_texts", "words_of"]

FOLDER = "texts"
_NUMBERED = re.compile(r"(.+)\.\d+")
_FIELD = re.compile(r"\{(\w+)[:}]")


class Speaker(Protocol):
    """Whoever speaks in words of its own: an engagement."""

    @property
    def folder(self) -> Path:
        """Where its own texts lie."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it speaks."""

    @property
    def instrument(self) -> Instrument:
        """What it asks."""

    @property
    def terms(self) -> Terms:
        """What it calls people and places."""


def words_of(engagement: Speaker, language: str) -> Words:
    """The words in which an engagement speaks: the kit's, its instrument's, its own.

    Raises
    ------
    HrkitError
        If the language is not known, or a text of the folder cannot be used.
    """
    return _words(
        known(language),
        engagement.instrument.speaks,
        engagement.terms,
        engagement.folder,
        engagement.languages,
        _named(engagement.instrument),
        stamps(engagement.folder, FOLDER),
    )


def check_words(engagement: Speaker) -> tuple[Problem, ...]:
    """Everything that is wrong with the texts in an engagement's folder; empty for nothing."""
    base = catalogue_of(engagement.instrument.speaks)
    named = _named(engagement.instrument)
    _, problems = _own(engagement.folder, base, named, engagement.languages)
    return problems


@functools.lru_cache(maxsize=64)
def _words(
    language: str,
    speaks: tuple[str, ...],
    terms: Terms,
    folder: Path,
    languages: tuple[str, ...],
    named: tuple[tuple[str, ...], tuple[str, ...]],
    _stamp: tuple[Any, ...],
) -> Words:
    base = catalogue_of(speaks)
    own, problems = _own(folder, base, named, languages)
    if problems:
        raise HrkitError("Texts of this engagement cannot be used.", list(problems))
    return spoken(_over(base, own), language, terms)


def _named(instrument: Instrument) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of dimensions and perspectives: what an instrument's own texts may speak of."""
    return tuple(section.id for section in instrument.dimensions), instrument.perspectives


@functools.cache
def instrument_texts(id: str) -> Mapping[str, Texts]:
    """What an instrument of the kit says in words of its own, by key; empty for nothing.

    Raises
    ------
    HrkitError
        If a text is missing in a language of the instrument.
    """
    path = kit.templates() / "tools" / id / "texts.yml"
    found: dict[str, Any] = {**explained(id)}
    problems: list[Problem] = []
    if path.is_file():
        source = read_yaml(path)
        found |= leaves(source.data or {})
        problems += source.problems
    if not found:
        return {}
    asks = (path.parent / f"{id}.yml").is_file() or not (path.parent / "tool.yml").is_file()
    spoken_in = instruments.load(id).languages if asks else codes()
    wrong = [leaf_problem(f"{id}/texts.yml, {key}", leaf, spoken_in) for key, leaf in found.items()]
    problems += (one for one in wrong if one)
    if problems:
        raise HrkitError(f"The words of the instrument {id} are incomplete.", problems)
    return found


@functools.cache
def _open_tools() -> tuple[str, ...]:
    """Tools that ask nobody anything: their words are spoken wherever their pages may stand."""
    folders = (path.parent for path in (kit.templates() / "tools").glob("*/tool.yml"))
    return tuple(sorted(one.name for one in folders if not (one / f"{one.name}.yml").is_file()))


@functools.cache
def catalogue_of(speaks: tuple[str, ...]) -> Mapping[str, Texts]:
    """The kit's texts, over them those of the instruments whose words hold, the first on top."""
    entries = catalogue()
    for id in _open_tools():
        entries = _over(entries, instrument_texts(id))
    for id in reversed(speaks):
        entries = _over(entries, instrument_texts(id))
    return entries


def _over(below: Mapping[str, Texts], above: Mapping[str, Texts]) -> Mapping[str, Texts]:
    """Two layers of texts; a list of texts replaces a list whole, however long either is."""
    if not above:
        return below
    lists = {match[1] for key in above if (match := _NUMBERED.fullmatch(key))}
    kept = {
        key: text
        for key, text in below.items()
        if not ((match := _NUMBERED.fullmatch(key)) and match[1] in lists)
    }
    # A language that the upper layer does not have is spoken as below.
    return kept | {key: {**kept.get(key, {}), **text} for key, text in above.items()}


def _own(
    folder: Path,
    base: Mapping[str, Texts],
    named: tuple[tuple[str, ...], tuple[str, ...]],
    languages: tuple[str, ...],
) -> tuple[Mapping[str, Texts], tuple[Problem, ...]]:
    """The texts of a folder, and everything that is wrong with them."""
    sources, found = own_files(folder, FOLDER)
    problems = list(found)
    entries: dict[str, Texts] = {}
    for source in sources:
        for key, path, leaf in _leaves(source):
            where = source.where(path)
            if key in entries:
                problems.append(Problem(where, f"{key} stands in two files", "keep one of them"))
                continue
            wrong = (
                _unknown(where, key, base, named)
                or leaf_problem(where, leaf, languages)
                or _fields(where, key, leaf, base)
            )
            if wrong:
                problems.append(wrong)
            else:
                entries[key] = leaf
    return entries, tuple(problems)


def _leaves(source: Source) -> Iterator[tuple[str, tuple[str | int, ...], Any]]:
    """Key, place in the file and text.  A file called as one of the kit's has that file's form."""
    stem = Path(source.name).stem
    kits = {path.stem for path in (kit.templates() / "texts").glob("*.yml")}
    prefix = stem if stem in kits else ""

    def walk(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
        if isinstance(node, list):
            for i, one in enumerate(node):
                yield (*path, i), one
        elif isinstance(node, Mapping) and not set(node) & set(codes()):
            for key, one in node.items():
                yield from walk(one, (*path, str(key)))
        else:
            yield path, node

    for path, leaf in walk(source.data, ()):
        parts = [str(p + 1) if isinstance(p, int) else p for p in path]
        yield ".".join([prefix, *parts] if prefix else parts), path, leaf


def _unknown(
    where: str,
    key: str,
    base: Mapping[str, Texts],
    named: tuple[tuple[str, ...], tuple[str, ...]],
) -> Problem | None:
    match = _NUMBERED.fullmatch(key)
    if key in base or (match and f"{match[1]}.1" in base) or _free(key, *named):
        return None
    import difflib

    near = difflib.get_close_matches(key, list(base), n=3, cutoff=0.6)
    fix = f"did you mean {', '.join(near)}?" if near else "see data/templates/texts of the kit"
    return Problem(where, f"there is no text {key}", fix)


def _free(key: str, dimensions: tuple[str, ...], perspectives: tuple[str, ...]) -> bool:
    """Whether a key is one that an instrument may fill: talk and short names of its dimensions …"""
    if key == "report.cover.title":
        return True
    of = "|".join(map(re.escape, dimensions))
    by = "|".join(map(re.escape, perspectives))
    return bool(
        re.fullmatch(
            rf"talk\.dimensions\.(?:{of})\.(?:questions\.\d+|strength|weak|higher_first|higher_second)"
            rf"|sections\.units\.short\.(?:{of})"
            rf"|report\.profile\.about\.(?:{by})",
            key,
        )
    )


def _fields(where: str, key: str, leaf: Any, base: Mapping[str, Texts]) -> Problem | None:
    """A text may use the fields that the kit fills in there, and no others."""

    def used(texts: Mapping[str, Any]) -> set[str]:
        found: set[str] = set()
        for text in texts.values():
            for one in text.values() if isinstance(text, Mapping) else (text,):
                found |= set(_FIELD.findall(one))
        return found

    below = base.get(key)
    allowed = used(below) if below else set()
    extra = sorted(used(leaf) - allowed)
    if not extra:
        return None
    known = ", ".join(sorted(allowed)) or "none"
    return Problem(where, f"{{{extra[0]}}} is filled in nowhere", f"the fields here are: {known}")
