"""Where answers of an engagement lie: in its own store, and in that of each tool that has a folder in it.

Whoever is owed something for the data is owed it for all of them: who named the engagement's folder has
named its tools.  A tool that is not taken up any more counts as long as its folder is there.  Whoever
names a tool's folder means that one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.errors import HrkitError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.family import home_of
from hrkit.model.part import is_part
from hrkit.model.yamlfile import read_yaml

if TYPE_CHECKING:
    from hrkit.answers.store import Store

__all__ = ["called", "held", "own_files_of", "problems_of_tools", "stores", "whole_folder"]


def held(engagement: Engagement) -> tuple[Engagement, ...]:
    """The engagement, and each of its tools that has a folder.

    Raises
    ------
    EngagementError
        If the file of a tool cannot be used: what lies there cannot be answered for.
    """
    if whole_folder(engagement) != engagement.folder:
        return (engagement,)
    parts = [
        engagements.load(one.parent)
        for one in sorted(engagement.folder.glob(f"*/{FILE}"))
        if is_part(read_yaml(one))
    ]
    return (engagement, *parts)


def whole_folder(engagement: Engagement) -> Path:
    """The folder of the whole: what is printed of a tool stands there."""
    return engagement.folder if home_of(engagement) == engagement.id else engagement.folder.parent


def called(engagement: Engagement, wave: str) -> str:
    """A wave with the tool whose it is: ``w1``, ``mirror/w1``."""
    return wave if home_of(engagement) == engagement.id else f"{engagement.folder.name}/{wave}"


def stores(engagement: Engagement, *, write: bool) -> Iterator[tuple[Engagement, Store]]:
    """The stores that are there, open one after the other.

    Raises
    ------
    NoAnswers
        If there is none at all.
    StoreError
        If one cannot be opened.
    """
    from hrkit.answers.opening import NoAnswers
    from hrkit.answers.store import open_store

    nothing: NoAnswers | None = None
    some = False
    for one in held(engagement):
        try:
            opened = open_store(one, create=False, write=write)
            with opened as store:
                some = True
                yield one, store
        except NoAnswers as error:
            nothing = nothing or error
    if nothing is not None and not some:
        raise nothing


def own_files_of(engagement: Engagement) -> Callable[[Path], bool]:
    """Tells stores and records, with what SQLite keeps beside them, from other files."""
    from hrkit.answers.neighbours import store_file

    names: set[Path] = set()
    for one in held(engagement):
        store = store_file(one)
        known = [one.folder / "records.sqlite", *([store] if store else [])]
        names |= {path.resolve() for path in known}
    names |= {one.with_name(f"{one.name}{end}") for one in names for end in ("-wal", "-shm")}

    def own(path: Path) -> bool:
        return path.resolve() in names

    return own


def problems_of_tools(engagement: Engagement) -> tuple[Problem, ...]:
    """What is wrong with the stores of an engagement's tools: one may be another client's."""
    from hrkit.answers.checked import check_store

    try:
        parts = held(engagement)[1:]
    except HrkitError:
        return ()  # said of the file that cannot be used
    return tuple(
        Problem(f"{one.folder.name}, {problem.where}", problem.what, problem.fix)
        for one in parts
        for problem in check_store(one).problems
    )
