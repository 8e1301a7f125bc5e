"""Organisations in which many are erased between two versions: a whole import, a handful, a unit.

Nothing is kept of who they were or where they stood, so the kit does not know it any more.  Whoever reads
all versions does; and to her those who answer again, under whatever code, are the people who went.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .undoing import Undoing, live_with


@dataclass
class ErasingMany(Undoing):
    """An organisation of which several are erased at once, now and then."""

    def erase_many(self) -> str:
        """Erase several; some of them answer again, with something else among it, or others come."""
        rng = self.undoing
        gone = [id for id in self._leaving() if id in self.people]
        went = {id: deepcopy(self.people[id]) for id in gone}
        for id in gone:
            self.kit.erase(self.folder, f"code-{id}")
            self.people.pop(id)
            self.stored.pop(id, None)
        self._alone(gone)
        told = f"erased {gone}"
        if rng.random() < 0.4:
            self.issue()
            told += ", issued"
        again = rng.choice(["all", "nearly all", "others", "others", "nobody", "nobody"])
        back = [id for id in went if went[id].unit in self.above]
        if again == "nearly all" and len(back) > 1:
            back = rng.sample(back, len(back) - 1)
        if again in ("all", "nearly all") and back:
            self.people |= {id: went[id] for id in back}
            self.again |= set(back)
            corrected = rng.sample(back, min(len(back), rng.choice([0, 1, 1, 2])))
            for id in corrected:
                keys = [key for key, value in self.people[id].said.items() if value]
                for key in rng.sample(keys, min(len(keys), rng.choice([1, 2]))):
                    self._answer(id, key)
            self._write()
            self._import(back)
            told += f", again {len(back)}, corrected {corrected}"
        if again == "others" or not self.people or rng.random() < 0.3:
            face = rng.choice(["leader", "leader", "hr"])
            units = [u for u in self.above if "t" in u] if face == "leader" else ["org"]
            made = self._more(rng.choice(units), face, rng.randint(1, 12))
            self._write()
            self._import(made)
            told += f", others {made}"
        return told

    def _leaving(self) -> list[str]:
        """Everybody of an import, a handful of one side, or those of a unit."""
        rng = self.undoing
        how = rng.choice(["import", "some", "some", "unit"])
        if how == "import" and self.imports:
            return sorted(rng.choice(self.imports).before)
        face = rng.choice(["leader", "leader", "leader", "hr"])
        those = [id for id, person in self.people.items() if person.perspective == face]
        if how == "unit":
            unit = rng.choice([u for u in self.above if u != "org"])
            inside = {unit, *(u for u, up in self.above.items() if up == unit)}
            those = [id for id in those if self.people[id].unit in inside]
        return rng.sample(those, min(len(those), rng.randint(2, 12)))


def play_erasing(seed: int, folder: Path, kit: Any) -> ErasingMany:
    """A life with versions, many erased at once, what else happens, and versions again."""
    found = ErasingMany(seed, folder, kit)
    live_with(found, found.erase_many)
    return found
