"""What sheets of parties show, by rules: no statistics, for a sheet is one group's open word.

A *sheet* says of every task which part each actor has, as it is (``now``) and as it should be
(``wish``).  Within one sheet, with D who decides, U who carries out (whoever does both is in each):
``nobody-decides``, ``two-decide``, ``decided-not-done``, ``done-undecided``, ``crowded``.  Between sheets:
``who`` (they name others as deciding), ``past-me`` (a party has no part where another says it has),
``unseen`` (a party says it does what no other sheet says), ``everyone-points-away`` (each names somebody
else who does it, and not all the same), ``twice`` (two say that they alone do it), ``dk`` (half do not know).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = [
    "ALONE",
    "BETWEEN",
    "RoleFinding",
    "alone",
    "between",
    "deciders",
    "doers",
    "found",
    "load",
]

#: The part of each actor in one task, on one sheet.
Cells = Mapping[str, str]
#: RoleTask and tense to the cells of one party.
Sheet = Mapping[tuple[str, str], Cells]

ALONE = ("nobody-decides", "two-decide", "decided-not-done", "done-undecided", "crowded")
BETWEEN = ("who", "past-me", "unseen", "everyone-points-away", "twice", "dk")
#: So many advisers are a crowd; a load that grows by so much asks for relief (our judgement).
CROWD, MORE = 4, 1.25


@dataclass(frozen=True, slots=True)
class RoleFinding:
    """A rule that holds of a task: on which sheets, or of which parties.

    ``parties`` are those whose sheets show it or whom it is about; ``of`` so many filled the task in.
    """

    rule: str
    task: str
    tense: str
    parties: tuple[str, ...]
    of: int


def deciders(cells: Cells) -> frozenset[str]:
    """Who decides."""
    return frozenset(actor for actor, mark in cells.items() if mark in ("decides", "both"))


def doers(cells: Cells) -> frozenset[str]:
    """Who carries out."""
    return frozenset(actor for actor, mark in cells.items() if mark in ("does", "both"))


def alone(cells: Cells) -> tuple[str, ...]:
    """What one sheet shows of a task.

    Where somebody's part is not known, nothing is said to be missing.
    """
    if not cells:
        return ()
    d, u = deciders(cells), doers(cells)
    sure = "dont-know" not in cells.values()
    holds = {
        "nobody-decides": not d and sure,
        "two-decide": len(d) > 1,
        "decided-not-done": bool(d) and not u and sure,
        "done-undecided": not d and bool(u) and sure,
        "crowded": sum(mark == "advises" for mark in cells.values()) >= CROWD,
    }
    return tuple(rule for rule in ALONE if holds[rule])


def between(sheets: Mapping[str, Cells]) -> Mapping[str, tuple[str, ...]]:
    """What sheets laid side by side show of a task: each rule that holds, with the parties it is about."""
    filled = {party: cells for party, cells in sheets.items() if cells}
    if len(filled) < 2:
        return {}
    decides = {p: deciders(cells) for p, cells in filled.items()}
    does = {p: doers(cells) for p, cells in filled.items()}
    rules: dict[str, tuple[str, ...]] = {}
    told = {p: d for p, d in decides.items() if d}
    if len(set(told.values())) > 1:
        rules["who"] = tuple(told)
    past = tuple(
        party
        for party, cells in filled.items()
        if cells.get(party, "none") in ("none", "told")
        and any(party in decides[p] | does[p] for p in filled if p != party)
    )
    if past:
        rules["past-me"] = past
    unseen = tuple(
        p for p in filled if p in does[p] and not any(p in does[o] for o in filled if o != p)
    )
    if unseen:
        rules["unseen"] = unseen
    # Where all name the same one who filled in no sheet, nobody points away: they agree.
    if all(does.values()) and len(set(does.values())) > 1 and not any(p in does[p] for p in filled):
        rules["everyone-points-away"] = tuple(filled)
    twice = tuple(p for p in filled if does[p] == {p})
    if len(twice) > 1:
        rules["twice"] = twice
    lost = tuple(
        p for p, cells in filled.items() if "dont-know" in cells.values() and not told.get(p)
    )
    if 2 * len(lost) >= len(filled):
        rules["dk"] = lost
    return rules


def found(sheets: Mapping[str, Sheet], tasks: Sequence[str], tense: str) -> tuple[RoleFinding, ...]:
    """Everything that sheets show in a tense, task by task."""
    made = []
    for task in tasks:
        cells = {party: sheet.get((task, tense), {}) for party, sheet in sheets.items()}
        of = sum(bool(one) for one in cells.values())
        each = {party: alone(one) for party, one in cells.items()}
        for rule in ALONE:
            parties = tuple(party for party, rules in each.items() if rule in rules)
            if parties:
                made.append(RoleFinding(rule, task, tense, parties, of))
        for rule, parties in between(cells).items():
            made.append(RoleFinding(rule, task, tense, parties, of))
    return tuple(made)


def load(does: Mapping[str, bool], weights: Mapping[str, int]) -> int:
    """What a party carries: the weights (1, 2 or 4) of the tasks that it does; 1 where none is given.

    >>> load({"a": True, "b": False, "c": True}, {"a": 4})
    5
    """
    return sum(weights.get(task, 1) for task, mine in does.items() if mine)


def heavier(now: int, then: int) -> bool:
    """Whether a load grows by a quarter or more.

    >>> heavier(14, 21), heavier(16, 19)
    (True, False)
    """
    return now > 0 and then >= MORE * now
