"""Many organisations in one file: each one's rows with its own engagement."""

from __future__ import annotations

import os
import re
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hrkit.answers.readers.twice import Which
from hrkit.answers.responses import Reading
from hrkit.errors import AnswersError, EngagementError, HrkitError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.portfolio.spelling import almost_one
from hrkit.text import normal, shown

__all__ = ["Portfolio", "engagements_in", "folder_name", "portfolio", "quoted", "same_ids"]


def engagements_in(folder: Path) -> tuple[Path, ...]:
    """The engagement folders directly inside a folder, by name.

    Raises
    ------
    EngagementError
        If there are none.
    """
    found = (
        sorted(p.parent for p in folder.glob(f"*/{engagements.FILE}")) if folder.is_dir() else []
    )
    if not found:
        itself = (folder / engagements.FILE).is_file()
        more = "; it is one itself: name the folder that holds it" if itself else ""
        raise EngagementError(f"There is no engagement folder in {folder}{more}.")
    return tuple(found)


def same_ids(places: Iterable[Path]) -> Mapping[str, str]:
    """Folders whose engagement has the id of another's, with what is wrong with that.

    The line is read by itself: a file that cannot be read is found out where it is read.
    """
    import yaml as parser

    ids: dict[str, str] = {}
    for place in places:
        try:
            text = (place / engagements.FILE).read_text("utf-8-sig")
            line = re.search(r"^[\"']?id[\"']?\s*:.*$", text, re.MULTILINE)
            ids[place.name] = str(parser.safe_load(line.group())["id"]) if line else ""
        except (OSError, ValueError, KeyError, TypeError, parser.YAMLError):
            continue
    often = Counter(id.casefold() for id in ids.values() if id)
    return {
        name: f"two engagements have the id {id}, so their reports would have one name"
        for name, id in ids.items()
        if often[id.casefold()] > 1
    }


@dataclass(frozen=True)
class Portfolio:
    """The engagements of a folder: those that can be read, and what is wrong with the others."""

    folder: Path
    clients: dict[str, Engagement]
    broken: dict[str, HrkitError]

    @classmethod
    def load(cls, folder: Path) -> Portfolio:
        """Load every engagement in a folder; one that is broken stands in no other's way."""
        clients: dict[str, Engagement] = {}
        broken: dict[str, HrkitError] = {}
        for place in engagements_in(folder):
            try:
                clients[place.name] = engagements.load(place)
            except HrkitError as error:
                broken[place.name] = error
        return cls(folder, clients, broken)

    def find(self, organisation: str) -> tuple[str, Engagement] | Problem:
        """The engagement of an organisation: by its folder's name, else by its client's."""
        names = [organisation] if organisation in self.clients else []
        if not names and organisation not in self.broken:
            wanted = normal(organisation)
            names = [name for name in self.clients if normal(name) == wanted]
            names = names or [
                name for name, client in self.clients.items() if normal(client.client) == wanted
            ]
        if len(names) == 1:
            return names[0], self.clients[names[0]]
        where = f"organisation {shown(organisation)}"
        if names:
            return Problem(
                where,
                f"may be the folder {' or '.join(names)}",
                "say which in the mapping, under organisation: values",
            )
        broken = [name for name in self.broken if normal(name) == normal(organisation)]
        if broken:
            error = self.broken[broken[0]]
            what = "; ".join(map(str, error.problems)) or error.summary
            return Problem(
                where,
                f"its engagement cannot be used: {what}",
                f"see: hrkit check {quoted(self.folder / broken[0])}",
            )
        name = folder_name(organisation)
        command = (
            f"hrkit new {quoted(self.folder / name)} --name {quoted(organisation)}{self._asks}"
        )
        if normal(name) != normal(organisation):
            command += (
                f" (the folder is found by the client's name), or name its folder in the "
                f"mapping: organisation: {{column: …, values: {{{yaml(organisation)}: …}}}}"
            )
        near = almost_one([*(one.client for one in self.clients.values()), organisation])
        meant = [client for client, written in near if written == organisation]
        if meant:
            command += (
                f"; or is it {shown(meant[0])}? Then name its folder in the mapping, under "
                "organisation: values"
            )
        return Problem(
            where,
            f"there is no engagement folder {shown(organisation)}",
            f"make it with: {command}",
        )

    @property
    def _asks(self) -> str:
        """Options of ``hrkit new`` by which a new client is asked what the others are."""
        name, client = next(iter(self.clients.items()), ("", None))
        if client is None:
            return " --language en"
        asked = client.instrument.id
        own = self.folder / name / f"{asked}.yml"
        instrument = f" --instrument {quoted(own if own.is_file() else asked)}"
        return f" --language {client.language}{instrument}"

    @property
    def notes(self) -> list[str]:
        """What is to be said of engagements that cannot be read."""
        return [
            f"{name}: the engagement cannot be used ({len(error.problems) or 1} to mend; see: "
            f"hrkit check {quoted(self.folder / name)})"
            for name, error in self.broken.items()
        ]


def quoted(text: object) -> str:
    """A word of a command, as the user's shell takes it."""
    if os.name == "nt":
        return f'"{text}"' if re.search(r"[^\w./\\:-]", str(text)) else str(text)
    return shlex.quote(str(text))


def yaml(text: str) -> str:
    """A text as YAML takes it everywhere."""
    import json

    return json.dumps(text, ensure_ascii=False)


def folder_name(organisation: str) -> str:
    """A name that every platform takes for a folder; the organisation's own, if that is one."""
    plain = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "-", " ".join(organisation.split())).strip(" .-")
    return plain[:80].strip(" .-") or "client"


def portfolio(
    path: Path,
    folder: Path,
    mapping: str | Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    twice: Which = "",
) -> tuple[list[tuple[str, Engagement, Reading]], list[str]]:
    """Each organisation's rows with its engagement, all of them checked before any is taken.

    Returns
    -------
    tuple
        Name, engagement and reading of each organisation; and what is to be said of the others.

    Raises
    ------
    AnswersError
        With every problem of the mapping or the file at once; those engagements that cannot be
        used stand in the way only of their own rows.
    """
    from hrkit.answers.readers.mapped import read_portfolio

    all_of_them = Portfolio.load(folder)
    try:
        found = read_portfolio(
            path,
            mapping,
            all_of_them.find,
            all_of_them.clients.values(),
            encoding=encoding,
            sheet=sheet,
            twice=twice,
        )
    except AnswersError as error:
        others = [
            Problem(note, "it has no rows that could be taken here") for note in all_of_them.notes
        ]
        raise AnswersError(error.summary, error.problems or others) from None
    return [(name, *rest) for name, rest in found.items()], all_of_them.notes
