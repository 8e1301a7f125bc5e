"""YAML as data files need it: every problem at once, each with its line.

YAML 1.1 turns an unquoted ``No`` into *false* and ``2026-11-21`` into a date.  In an
instrument that silently destroys an answer label, so here only ``true`` and ``false``
are truth values, dates stay text, and a word that other programs would read as a truth
value (``yes``, ``no``, ``on``, ``off``, ``y``, ``n``) must stand in quotes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrkit.errors import Problem
from hrkit.files import only_a_file
from hrkit.text import INVISIBLE, oddities, seen

__all__ = ["Source", "read_yaml"]

_BOOLEAN_WORDS = {"yes", "no", "on", "off", "y", "n"}
#: Keys are always text; only those are refused that widespread YAML programs would turn into truth
#: values.  ``y`` and ``n`` are not among them, and ``n: 40`` is how a number of people is written.
_BOOLEAN_KEYS = _BOOLEAN_WORDS - {"y", "n"}
MAX_BYTES = 8 * 1024 * 1024
#: Most values in a file once its aliases are written out: nine short lines of aliases can make a billion.
MAX_VALUES = 300_000
#: Most characters of text once aliases are written out: one long text may be named again and again.
MAX_TEXT = MAX_BYTES
#: Deepest nesting; far above any file of the kit, far below where the C parser's stack ends the process.
MAX_DEPTH = 100
#: 007 is an id, not seven; 1_000 and 0x10 are text, and so is a number too long to count with.
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
#: What no page can show: control characters, halves of characters, and what Unicode calls none.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
#: Kinds that YAML finds out by itself; whoever writes another (``!secret x``) means more than is read.
_TAGS = "tag:yaml.org,2002:"
_KNOWN = {"str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value"}
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})?\.[0-9]{1,17}")


@dataclass(frozen=True)
class Source:
    """A YAML file as read.

    Attributes
    ----------
    name
        The file's name as problems cite it.
    data
        Plain mappings, lists, strings, numbers, truth values and None.
    lines
        Path in the data (``("sections", 0, "id")``) to its line, counted from 1.
    problems
        What is wrong with the YAML itself.
    unseen
        Texts that held what nobody can see and was taken out: path in the data, and what it was.
    """

    name: str
    data: Any
    lines: Mapping[tuple[str | int, ...], int]
    problems: tuple[Problem, ...] = field(default=())
    unseen: tuple[tuple[tuple[str | int, ...], tuple[str, ...]], ...] = field(default=())

    def where(self, path: Iterable[str | int]) -> str:
        """``partnership.yml line 14, sections[0].id`` for a path in the data."""
        path = tuple(path)
        line = next(
            (self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), 1
        )
        spelled = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")
        return f"{self.name} line {line}" + (f", {spelled}" if spelled else "")


class _TooMany(Exception):
    """The file holds more than is read; says of what."""


class _YamlReader:
    """Turns a composed YAML node tree into plain data, noting lines and problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[tuple[str | int, ...], int] = {}
        self.problems: list[Problem] = []
        self.unseen: list[tuple[tuple[str | int, ...], tuple[str, ...]]] = []
        self._open: set[int] = set()
        self._text = 0

    def value(self, node: Any, path: tuple[str | int, ...]) -> Any:
        import yaml

        self.lines[path] = node.start_mark.line + 1
        if (kind := node.tag.removeprefix(_TAGS)) not in _KNOWN:
            what = f"the tag !{kind.removeprefix('!')} says what is not read here"
            self.problem(path, what, "leave the tag out and write the value itself")
        if len(self.lines) > MAX_VALUES:
            raise _TooMany(f"{MAX_VALUES} values")
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        if id(node) in self._open:
            self.problem(path, "an alias that contains itself", "write the value out")
            return None
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
            return self.mapping(node, path)
        finally:
            self._open.discard(id(node))

    def mapping(self, node: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
        import yaml

        result: dict[str, Any] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.lines[(*path, "?")] = key_node.start_mark.line + 1
                self.problem(
                    (*path, "?"),
                    "a list or a set of keys stands where a key is meant",
                    "put it in quotes",
                )
                continue
            key = seen(str(key_node.value)).strip()
            self._count(key)
            here = (*path, key)
            self._tell(str(key_node.value), key, here)
            if key in result:
                self.lines[here] = key_node.start_mark.line + 1
                self.problem(here, f"the key {key!r} stands twice", "keep one of them")
                continue
            if not key_node.style and key.lower() in _BOOLEAN_KEYS:
                self.lines[here] = key_node.start_mark.line + 1
                self.problem(
                    here, f"the key {key} reads as yes/no in YAML", f'write "{key}" in quotes'
                )
            result[key] = self.value(child, here)
            self.lines[here] = key_node.start_mark.line + 1  # where the reader looks for it
        return result

    def scalar(self, node: Any, path: tuple[str | int, ...]) -> Any:
        text = str(node.value)
        self._count(text)
        if not text.isprintable() and (found := _NO_TEXT.search(text)):
            what = f"holds the character U+{ord(found.group()):04X}, which cannot be printed"
            self.problem(path, what, "take it out")
        # What comes along when words are pasted from a page or a chat would break a name or an id
        # without a trace, and turn or hide words in print.
        text = seen(written := text)
        self._tell(written, text, path)
        if node.style:  # quoted, or a block of text; the two loaders say "plain" as None or ""
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        if text.lower() in _BOOLEAN_WORDS:
            self.problem(
                path,
                f"{text} reads as yes/no in YAML where text may be meant",
                f'write "{text}" in quotes, or true/false for a truth value',
            )
            return text
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        return text

    def _tell(self, written: str, kept: str, path: tuple[str | int, ...]) -> None:
        """Note what was taken out, where that is more than a letter put together."""
        if written.isascii() or len(written) == len(kept):
            return
        lost = tuple(kind for kind in oddities(written) if kind in INVISIBLE)
        if lost:
            self.unseen.append((path, lost))

    def _count(self, text: str) -> None:
        self._text += len(text)
        if self._text > MAX_TEXT:
            raise _TooMany(f"{MAX_TEXT} characters of text")

    def problem(self, path: tuple[str | int, ...], what: str, fix: str) -> None:
        where = Source(self.name, None, self.lines).where(path)
        self.problems.append(Problem(where, what, fix))


class _TooDeep(Exception):
    """The file is nested deeper than is read."""


@functools.cache
def _loader() -> Any:
    """Composes a file in one pass: how deep it is shows on the way down, and no kind is guessed.

    Of an unmarked word the reader asks how it is written, not what YAML 1.1 takes it for: guessing
    that took more than half of the time.
    """
    import yaml

    usual: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    kinds = {yaml.ScalarNode: "str", yaml.SequenceNode: "seq", yaml.MappingNode: "map"}
    tags = {kind: f"{_TAGS}{name}" for kind, name in kinds.items()}

    class Loader(usual):  # type: ignore[misc]
        depth = 0

        def descend_resolver(self, *_: object) -> None:
            self.depth += 1
            if self.depth > MAX_DEPTH + 1:  # a word in the deepest list is one more
                raise _TooDeep

        def ascend_resolver(self) -> None:
            self.depth -= 1

        def resolve(self, kind: Any, *_: object) -> str:
            return tags[kind]

    return Loader


def read_yaml(path: Path, name: str | None = None) -> Source:
    """Read a YAML file; what is wrong with it stands in ``problems``.

    Parameters
    ----------
    path
        The file, UTF-8 with or without a byte order mark, at most 8 MB.
    name
        What problems call it; its file name if not given.
    """
    import yaml

    name = name or path.name
    try:
        only_a_file(path)
        if path.stat().st_size > MAX_BYTES:
            what = Problem(name, "is larger than 8 MB", "give a smaller file")
            return Source(name, None, {}, (what,))
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = Problem(name, f"is not UTF-8 (byte {error.start})", "save it as UTF-8")
        return Source(name, None, {}, (what,))
    except (OSError, ValueError) as error:  # ValueError: a path that holds a null character
        reason = getattr(error, "strerror", "") or "cannot be read"
        if isinstance(error, FileNotFoundError):
            reason = "is not there"
        what = Problem(name, reason, "check the path")
        return Source(name, None, {}, (what,))
    reader = _YamlReader(name)
    try:
        node = yaml.compose(text, Loader=_loader())
        data = None if node is None else reader.value(node, ())
    except _TooDeep:
        return Source(name, None, {}, (Problem(name, "is nested too deeply", "simplify it"),))
    except _TooMany as error:
        what = Problem(name, f"holds more than {error}", "use fewer aliases")
        return Source(name, None, {}, (what,))
    except yaml.YAMLError as error:
        if "nesting depth" in str(error):
            # PyYAML says so by itself, from some version on, before it is counted here.
            what = Problem(name, "is nested too deeply", "simplify it")
            return Source(name, None, {}, (what,))
        mark = getattr(error, "problem_mark", None)
        where = f"{name} line {mark.line + 1}, column {mark.column + 1}" if mark else name
        detail = str(getattr(error, "problem", None) or error).splitlines()[0]
        return Source(name, None, {}, (Problem(where, f"is not YAML: {detail}", "correct it"),))
    return Source(name, data, reader.lines, tuple(reader.problems), tuple(reader.unseen))
