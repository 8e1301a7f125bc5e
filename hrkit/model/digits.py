"""Which digits stand for an answer where somebody types it, or rings it on paper.

A rating is its own number.  Categories are numbered in the order in which they stand.  0 is "don't
know" and 9 "not relevant" or, where the scale uses these itself, the next that is free.  Paper and
keying page take both from here, so that what is printed is what is typed.  Of a list that is chosen
from, the numbers of what was chosen are typed one after the other, in any order: 258 or 825.
"""

from __future__ import annotations

from itertools import permutations

from hrkit.model.ballot import ballot
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Scale

__all__ = ["digits", "numbered"]

_WAYS = {DONT_KNOW: ("0", "00", "90"), NOT_RELEVANT: ("9", "99", "91")}


def digits(scale: Scale) -> dict[str, str]:
    """Digits to the value that is stored; nothing for own words.

    Parameters
    ----------
    scale
        A rating of whole numbers, or categories.
    """
    if scale.kind == "text":
        return {}
    if scale.kind == "pick":
        return _picked(scale)
    if scale.kind == "rating":
        found = {choice.value: choice.value for choice in scale.choices}
    else:
        found = {str(i): choice.value for i, choice in enumerate(scale.choices, 1)}
    for way in scale.ways_out:
        found[next(one for one in _WAYS[way.value] if one not in found)] = way.value
    return found


def numbered(scale: Scale) -> dict[str, str]:
    """The number of each option of a list to the option; all numbers have as many digits."""
    wide = len(str(len(scale.options)))
    return {str(i).zfill(wide): option for i, option in enumerate(scale.options, 1)}


def _picked(scale: Scale) -> dict[str, str]:
    numbers = numbered(scale)
    return {
        "".join(some): ballot(scale.options, {numbers[one] for one in some})
        for count in range(1, scale.most + 1)
        for some in permutations(numbers, count)
    }
