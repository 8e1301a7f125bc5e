"""Organisations whose consultant takes imports back: who went may come again, corrected or not, or others do.

What a version showed before an import was undone has left the kit, and the kit does not know any more
whose answers it was made of.  Whoever reads all versions does: to her the people who come again are
the people who went.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .play import Organisation, Person


@dataclass
class _Import:
    """What an import wrote: its name, and what was there of each person before (None if nothing)."""

    name: str
    before: dict[str, Person | None]


@dataclass
class Undoing(Organisation):
    """An organisation whose imports are undone now and then; each has a name."""

    imports: list[_Import] = field(default_factory=list)
    stored: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.undoing = random.Random(f"undo {self.seed}")

    # ------------------------------------------------------- what is told of every import

    def _take(self, ids: list[str]) -> None:
        """Now and then in several files, as offices send theirs."""
        parts = self.undoing.choice([1, 1, 2, 3]) if len(ids) > 12 else 1
        mixed = ids if parts == 1 else self.undoing.sample(ids, len(ids))
        for part in range(parts):
            self._import(mixed[part::parts])

    def _import(self, ids: list[str]) -> None:
        if not ids:
            return
        there = self.kit.imports(self.folder)
        super()._take(ids)
        made = [name for name in self.kit.imports(self.folder) if name not in there]
        changed = {id: self.stored.get(id) for id in ids if self.stored.get(id) != self.people[id]}
        if not made:
            # A file that was taken before, to the byte, is not taken again: who was erased stays so.
            for id in [id for id in ids if id not in self.stored]:
                self.people.pop(id)
            return
        self.imports.append(_Import(made[-1], changed))
        self.stored |= {id: deepcopy(self.people[id]) for id in ids}

    def _correct(self) -> str:
        before = dict(self.stored)
        told = super()._correct()
        if told.endswith("in the form"):
            # Whoever went on by themselves is left as they are.
            self._alone([id for id, person in self.people.items() if before.get(id) != person])
            self.stored |= {
                id: deepcopy(person) for id, person in self.people.items() if id in before
            }
        return told

    def _erased(self) -> str:
        before = set(self.people)
        told = super()._erased()
        gone = before - set(self.people)
        self._alone(gone)
        for id in gone:
            self.stored.pop(id, None)
        return told

    def _alone(self, ids: Collection[str]) -> None:
        for one in self.imports:
            for id in ids:
                one.before.pop(id, None)

    def issue(self, wave: str = "") -> None:
        """A version, while anybody is there."""
        if self.people:
            super().issue(wave)

    # ------------------------------------------------------------------------------ undo

    def undo(self) -> str:
        """Take an import back; some of its people come again, with something corrected, or others come."""
        rng = self.undoing
        able = [
            one
            for n, one in enumerate(self.imports)
            if one.before
            and not any(one.before.keys() & later.before.keys() for later in self.imports[n + 1 :])
            and all(was is None or was.unit in self.above for was in one.before.values())
        ]
        if not able:
            return "nothing to undo"
        chosen = rng.choice(able)
        went = {id: deepcopy(self.people[id]) for id in chosen.before if id in self.people}
        self.kit.undo(self.folder, chosen.name)
        self.imports.remove(chosen)
        for id, was in chosen.before.items():
            if was is None:
                self.people.pop(id, None)
                self.stored.pop(id, None)
            else:
                self.people[id] = deepcopy(was)
                self.stored[id] = deepcopy(was)
        self._write()
        told = f"undone {sorted(chosen.before)}"
        if rng.random() < 0.4 and self.people:
            self.issue()
            told += ", issued"
        again = rng.choice(["all", "all", "nearly all", "others", "nobody"])
        back = [id for id in went if went[id].unit in self.above]
        if again == "nearly all" and len(back) > 1:
            back = rng.sample(back, len(back) - 1)
        if again in ("all", "nearly all") and back:
            for id in back:
                self.people[id] = went[id]
            self.again |= set(back)
            corrected = rng.sample(back, min(len(back), rng.choice([0, 1, 1, 2])))
            for id in corrected:
                keys = [key for key, value in self.people[id].said.items() if value]
                for key in rng.sample(keys, min(len(keys), rng.choice([1, 2]))):
                    self._answer(id, key)
            self._write()
            self._import(back)
            told += f", again {len(back)}, corrected {corrected}"
        elif again == "others" or not self.people:
            face = rng.choice(["leader", "hr"])
            units = [u for u in self.above if "t" in u] if face == "leader" else ["org"]
            made = self._more(rng.choice(units), face, rng.randint(1, 8))
            self._write()
            self._import(made)
            told += f", others {made}"
        return told


def play_undoing(seed: int, folder: Path, kit: Any) -> Undoing:
    """A life with versions, undone imports, what else happens, and versions again."""
    found = Undoing(seed, folder, kit)
    live_with(found, found.undo)
    return found


def live_with(found: Undoing, many_go: Callable[[], str]) -> None:
    """Found an organisation and let it live, with versions before and after many go at once."""
    found.found()
    found.issue()
    for _ in range(found.undoing.choice([1, 1, 2])):
        if found.undoing.random() < 0.5:
            found.live(1)
        found.told.append(many_go())
        if found.undoing.random() < 0.3:
            found.live(1)
        found.issue()
