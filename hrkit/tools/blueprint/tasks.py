"""What the blueprint is about: the tasks, the actors, the parties that fill in a sheet, and their marks."""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.model.instrument import Instrument
from hrkit.model.language import Words

__all__ = ["MARKS", "TENSES", "RoleTask", "actors", "everywhere", "named", "parties", "tasks"]

#: Answers of the short form that are no actor.
_NO_ACTOR = ("several", "nobody")
#: Who may have a part in organisations with networks, beside those whom the short form names.
_IN_NETWORKS = ("net-leader", "net-people", "net-reference", "net-office")
#: A party that is asked nothing and may fill in a sheet.
_REPRESENTATIVES = "reps"
#: What an actor does in a task, the weightiest first.
MARKS = ("decides", "both", "does", "advises", "told", "none", "dont-know")
TENSES = ("now", "wish")
#: Texts of tasks that stand on the workbook and not on the short form; of the latter representatives may have a say.
_FURTHER, _HEARD = "blueprint.task.", "blueprint.heard."


@dataclass(frozen=True, slots=True)
class RoleTask:
    """A task: its id and name, whether the short form asks it, and whether representatives may have a say."""

    id: str
    name: str
    asked: bool = True
    rights: bool = False


def tasks(instrument: Instrument, words: Words) -> tuple[RoleTask, ...]:
    """The tasks that are asked, a client's own among them, and those further ones that one may take up."""
    language = words.language
    asked = tuple(
        RoleTask(item.id, instrument.label(item, language).rstrip("."), True, "rights" in item.tags)
        for item in instrument.items.values()
        if "task" in item.tags
    )
    known = {one.id for one in asked}
    further = (
        RoleTask(key.removeprefix(start), words(key), False, start == _HEARD)
        for start in (_FURTHER, _HEARD)
        for key in sorted(words.entries)
        if key.startswith(start)
    )
    return asked + tuple(one for one in further if one.id not in known)


def everywhere(instrument: Instrument) -> tuple[str, ...]:
    """Who may have a part in a task of any organisation: those whom the short form names."""
    asked = next(item for item in instrument.items.values() if "task" in item.tags)
    return tuple(one for one in asked.facets[0].scale.options if one not in _NO_ACTOR)


def actors(instrument: Instrument) -> tuple[str, ...]:
    """Everybody who may have a part in a task."""
    return (*everywhere(instrument), *_IN_NETWORKS)


def parties(instrument: Instrument) -> tuple[str, ...]:
    """Who fills in a sheet, each alone and as a group."""
    return (*instrument.perspectives, _REPRESENTATIVES)


def named(words: Words, actor: str) -> str:
    """What an actor is called in a cell; empty for nobody."""
    return words(f"blueprint.actor.{actor}") if actor else ""
