"""Erase what is kept under a personal code, and say what remains and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.duties.held import called, own_files_of, stores, whole_folder
from hrkit.commands.duties.needles import needles_of
from hrkit.commands.duties.residue import Residue, cleared
from hrkit.errors import HrkitError
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.yaml_edit import without_items
from hrkit.model.yamlfile import read_yaml

if TYPE_CHECKING:
    from hrkit.answers.store import Store

__all__ = ["AnsweredIn", "Erased", "erase", "printed_in", "unpassed"]


@dataclass(frozen=True, slots=True)
class AnsweredIn:
    """A wave somebody answered in: the day it was released, or how many versions of it were issued."""

    wave: str
    released: dt.date | None
    versions: int
    least: int

    def __str__(self) -> str:
        if self.released is not None:
            return (
                f"{self.wave} was released on {self.released.isoformat()}: its figures stay, since each is about a "
                f"group of at least {self.least} and nobody's answer can be read "
                "from it. No word, answer or place of this person is kept with them any more."
            )
        if self.versions:
            return (
                f"{self.wave} is open, and {self.versions} version(s) were issued: their figures about groups "
                "stay, and the next version is made without this person as soon as that tells nobody "
                f"what was answered. Where {self.least} or more of one group were erased since a version, "
                "nothing more is shown of that group in this wave; where two or more were, and others "
                "come, averages of the whole group alone. Nobody is asked to wait for that."
            )
        return ""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and what is left.

    Attributes
    ----------
    rounds
        Waves in which answers lay under the code, with what stays of them.
    left
        Files beside the store in which something still stood.
    rehearsed
        Nothing was changed.
    """

    rounds: tuple[AnsweredIn, ...]
    left: tuple[Residue, ...] = ()
    rehearsed: bool = False

    @property
    def waves(self) -> tuple[str, ...]:
        """In which waves answers lay under the code."""
        return tuple(one.wave for one in self.rounds)

    @property
    def remains(self) -> tuple[str, ...]:
        """Sentences on what remains of what was released, and what nobody can find."""
        return (*(str(one) for one in self.rounds if str(one)), _UNLINKED, _ELSEWHERE)


#: What holds for every erasure: answers without a code belong to nobody who could be named.
_UNLINKED = (
    "Answers that were given without this code are nobody's that could be named, and stay: forms that "
    "were imported or typed in without a code, votes in the room, what was agreed at the meeting."
)
_ELSEWHERE = (
    "Copies outside this folder are not reached: what was sent or printed, backups of this machine, "
    "older versions in a folder that is kept in step."
)


def erase(folder: str | Path, code: str, *, files: bool = False, rehearse: bool = False) -> Erased:
    """Erase everything that is kept under a personal code, in all waves, and whatever shows it.

    Free pages and the log of the store are overwritten, copies that were made of it when its format changed
    are deleted, outputs of notebooks that hold the person's words are cleared, and what killed runs left
    in the machine's temporary place goes.

    Parameters
    ----------
    folder
        The engagement's folder, with the tools in it; or that of one tool.
    code
        As the person has it.
    files
        Delete other files of the folder that still hold something, too; otherwise they are named.
    rehearse
        Say what would go, and change nothing.

    Raises
    ------
    HrkitError
        If nothing is kept under the code.
    """
    from hrkit.answers.codes import canonical

    engagement = engagements.load(folder)
    looked = [_found(one, store, code) for one, store in stores(engagement, write=False)]
    found = {one.at.id: one for one in looked if one.keys or one.handed}
    if not found:
        raise HrkitError(
            "Nothing is kept under this code. If answers were given without it, nobody can say "
            "which ones; compare the code, and ask how the form was answered."
        )
    # Before anything goes: whose files lie around it is asked of every tool.
    home = whole_folder(engagement)
    own = own_files_of(engagement if home == engagement.folder else engagements.load(home))
    for at, store in stores(engagement, write=True) if not rehearse else ():
        if (one := found.get(at.id)) is None:
            continue
        for wave in one.handed:
            store.withdraw(code, wave)
        store.erase(one.keys)
        unpassed(at, one.comments)
    names = {name for one in found.values() for name in one.names}
    words = {word for one in found.values() for word in one.words}
    printed = any(one.printed for one in found.values())
    needles = needles_of({*names, code.strip(), canonical(code)}, words, printed)
    left = cleared(home, needles, own, files=files, rehearse=rehearse)
    return Erased(tuple(each for one in found.values() for each in one.rounds), left, rehearse)


@dataclass(frozen=True, slots=True)
class _Found:
    """What lies under a code in one store, and by what it would be known elsewhere."""

    at: Engagement
    keys: list[str]
    handed: list[str]
    names: frozenset[str]
    words: frozenset[str]
    comments: frozenset[str]
    printed: bool
    rounds: tuple[AnsweredIn, ...]


def _found(engagement: Engagement, store: Store, code: str) -> _Found:
    kept = store.subject(code)
    keys = [one.key for one in kept]
    names, hashes, words = store.traces(keys)
    ids = frozenset(id for one in kept for id in one.comments.values())
    words = words | {c.text for c in engagement.comments if c.id in ids and c.text}
    least = engagement.protection.scores
    return _Found(
        engagement,
        keys,
        [w.id for w in engagement.waves if store.handed(code, w.id) is not None],
        frozenset({*names, *hashes}),
        frozenset(words),
        ids,
        printed_in(store, words),
        tuple(
            AnsweredIn(
                called(engagement, wave), store.frozen(wave), len(store.releases(wave)), least
            )
            for wave in dict.fromkeys(one.wave for one in kept)
        ),
    )


def printed_in(store: Store, words: Set[str]) -> bool:
    """Whether any of some comments were in a version that was issued."""
    shown = {
        comment["text"]
        for release in store.releases()
        for comment in release.audit.get("released", {}).get("comments", ())
    }
    return bool(shown & words)


def unpassed(engagement: Engagement, ids: Set[str]) -> None:
    """Take comments out of engagement.yml that were passed for print: by their ids."""
    path = engagement.folder / FILE
    data = read_yaml(path).data
    listed = data.get("comments") or () if isinstance(data, dict) else ()
    gone = [i for i, one in enumerate(listed) if one.get("id") in ids]
    if gone:
        text = path.read_bytes().decode("utf-8-sig")
        write_all({path: without_items(text, "comments", gone).encode("utf-8")})
