"""The number of answers that an interval is made of, as a reader who knows the rules takes it.

Of perspectives that are reported together, a figure of one alone is said to be of so many or more, and what is
made of a number is made of that one: of all together, but for as many as may be too few to be counted.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.disclosure.derived.told import asked_of
from hrkit.model.instrument import Instrument

#: Fewer are never counted.
THRESHOLD = 5

Key = tuple[str, str, str]


def said(
    numbers: Mapping[Key, int], groups: Mapping[str, tuple[str, ...]], instrument: Instrument
) -> dict[Key, int]:
    """By measure, unit and group: from the number of people behind each mean."""
    together: dict[tuple[str, str], int] = {}
    whole = {key: _of_all(instrument, key[0], groups.get(key[2], ())) for key in numbers}
    for (_, unit, group), n in ((key, n) for key, n in numbers.items() if whole[key]):
        together[unit, group] = max(n, together.get((unit, group), 0))
    found = dict(numbers)
    for key, n in numbers.items():
        most = together.get(key[1:], 0)
        if not whole[key] and 0 < most - n < THRESHOLD:
            found[key] = max(THRESHOLD, most - THRESHOLD + 1)
    return found


def _of_all(instrument: Instrument, measure: str, members: tuple[str, ...]) -> bool:
    return len(members) < 2 or set(asked_of(instrument, measure, members)) == set(members)
