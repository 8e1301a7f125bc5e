"""Where a front page stands: whose engagement is open, in which language, and what is going on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from hrkit.errors import HrkitError
from hrkit.files import private_folder
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.workbook.front.jobs import Job, Jobs
from hrkit.workbook.front.parts import Part, Reply

__all__ = ["Deed", "FrontPage", "State", "Values", "called"]

Values: TypeAlias = Mapping[str, Any]
#: Most bytes of a file that is dropped.
LARGEST = 64 * 2**20


@dataclass
class State:
    """Where a page stands.

    Attributes
    ----------
    root
        The folder in which the notebook lies: an engagement's, or one that holds engagements.
    language
        Of the page.
    folder
        The engagement that is open; None where none is.
    kept
        What pages found, until another engagement is opened.
    """

    root: Path
    language: str
    jobs: Jobs
    folder: Path | None = None
    page: str = "clients"
    said: Reply | None = None
    kept: dict[str, Any] = field(default_factory=dict)
    served: Callable[[Path], str] = lambda _path: ""
    _stack: ExitStack = field(default_factory=ExitStack)
    _dropped: dict[str, Path] = field(default_factory=dict)
    _folders: list[Path] = field(default_factory=list)
    _place: Path | None = None

    @property
    def alone(self) -> bool:
        """Whether the notebook lies in an engagement's folder, and is about no other."""
        return (self.root / FILE).is_file()

    def say(self, key: str, **fields: Any) -> str:
        """A text of the page."""
        return words(self.language)(key, **fields)

    def known(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in words(self.language)

    def clients(self) -> tuple[Path, ...]:
        """The engagements that lie in the folder."""
        if self.alone:
            return (self.root,)
        return tuple(sorted(path.parent for path in self.root.glob(f"*/{FILE}")))

    def open(self, folder: Path | None, page: str) -> None:
        """Go to an engagement; what was found of the one before is forgotten."""
        self.folder, self.page, self.said = folder, page, None
        self.kept.clear()
        self.drop()

    def engagement(self) -> Engagement:
        """The engagement that is open.

        Raises
        ------
        HrkitError
            If none is open, or it cannot be used.
        """
        return engagements.load(self.place())

    def place(self) -> Path:
        """The open engagement's folder.

        Raises
        ------
        HrkitError
            If none is open.
        """
        if self.folder is None:
            raise HrkitError(self.say("front.open_first"))
        return self.folder

    def name(self, folder: Path | None = None) -> str:
        """A folder as Python is told it from where the notebook lies."""
        path = folder or self.place()
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)

    def take(self, name: str, data: bytes) -> None:
        """Keep a file that was dropped, in a private place, until it was read.

        Raises
        ------
        HrkitError
            If it is too large.
        """
        if len(data) > LARGEST:
            raise HrkitError(self.say("front.too_large", n=LARGEST // 2**20))
        if self._place is None:
            self._place = self._stack.enter_context(private_folder("front"))
        plain = Path(name.replace("\\", "/")).name.lstrip(".")[-120:] or "file"
        path = self._place / plain
        number = 1
        while path in self._dropped.values() and self._dropped.get(name) != path:
            number += 1
            path = self._place / f"{number}-{plain}"
        path.write_bytes(data)
        self._dropped[name] = path

    def dropped(self, names: Sequence[str]) -> tuple[Path, ...]:
        """Where files lie that were dropped."""
        return tuple(self._dropped[name] for name in names if name in self._dropped)

    def together(self, paths: Sequence[Path]) -> Path:
        """A folder that holds these files that were dropped, and no other."""
        assert self._place is not None
        folder = Path(tempfile.mkdtemp(dir=self._place))
        for path in paths:
            shutil.copyfile(path, folder / path.name)
        self._folders.append(folder)
        return folder

    def drop(self) -> None:
        """Let go of every file that was dropped."""
        for path in self._dropped.values():
            path.unlink(missing_ok=True)
        self._dropped.clear()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
        self._folders.clear()

    def close(self) -> None:
        """Leave nothing behind."""
        self.drop()
        self._stack.close()

    def start(self, name: str, args: Sequence[Any], how: Values, label: str) -> Reply:
        """Begin what takes long.

        Raises
        ------
        HrkitError
            If something goes on already.
        """
        if self.jobs.busy:
            raise HrkitError(self.say("front.busy"))
        given = {key: value for key, value in how.items() if value not in ("", (), [], None, False)}
        self.jobs.start(
            name, [str(one) if isinstance(one, Path) else one for one in args], given, label
        )
        named = [self.name(one) if isinstance(one, Path) else one for one in args]
        return Reply(True, self.say("front.begun", what=label), call=called(name, *named, **given))


Deed: TypeAlias = Callable[[State, Values], Reply | None]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """One page: what it shows, what its buttons do, and when it is there.

    ``needs`` is ``client`` where an engagement has to be open, ``many`` where several lie in the folder.
    ``ended`` says what became of a job, ``lives`` is the part of the page that goes along with one.
    """

    id: str
    shows: Callable[[State], list[Part]]
    deeds: Mapping[str, Deed] = field(default_factory=dict)
    needs: str = "client"
    ended: Callable[[State, Job], Reply | None] = lambda _state, _job: None
    lives: Callable[[State, Job], Part | None] = lambda _state, _job: None


def called(name: str, *args: Any, **how: Any) -> str:
    """The same in Python.

    >>> called("report", "acme", language="da")
    'hrkit.report("acme", language="da")'
    """
    given = [_python(one) for one in args]
    given += [f"{key}={_python(value)}" for key, value in how.items()]
    return f"hrkit.{name}({', '.join(given)})"


def _python(value: Any) -> str:
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_python, value))}]"
    return repr(value)


def first_language(wished: str) -> str:
    """A language of the kit for what a browser wishes (``da-DK``)."""
    short = wished.partition("-")[0].lower()
    return short if short in codes() else codes()[0]
