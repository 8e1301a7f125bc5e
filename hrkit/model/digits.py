"""Which digits stand for an answer where somebody types it, or rings it on paper.

A rating is its own number.  Categories are numbered in the order in which they stand.  0 is "don't
know" and 9 "not relevant" or, where the scale uses these itself, the next that is free.  Paper and
keying page take both from here, so that what is printed is what is typed.
"""

from __future__ import annotations

from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Scale

__all__ = ["digits"]

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
    if scale.kind == "rating":
        found = {choice.value: choice.value for choice in scale.choices}
    else:
        found = {str(i): choice.value for i, choice in enumerate(scale.choices, 1)}
    for way in scale.ways_out:
        found[next(one for one in _WAYS[way.value] if one not in found)] = way.value
    return found
