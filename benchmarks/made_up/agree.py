"""Whether pictures and sentences of a report agree."""

from __future__ import annotations

from hrkit.disclosure.released import Certainty, Released, Score
from hrkit.model.instrument import Instrument
from hrkit.report.charts.marks import band


def disagreements(one: Released, instrument: Instrument, root: str) -> list[str]:
    """Where picture and sentence do not agree: bands as charts draw them, words as pages print them.

    Bands of the two sides, and of a unit beside the whole, lie apart exactly where the words say
    that they differ; those of levels of the chain only where they do.
    """
    found = []
    for section in instrument.dimensions:
        gap = one.gap(section.id, root)
        if gap is not None and gap.shown:
            pair = [one.score(section.id, g, root) for g in (gap.first, gap.second)]
            found += _odd(f"gap {section.id}", pair, gap.certainty, both=True)
            zero = gap.low is not None and gap.high is not None and gap.low <= 0 <= gap.high
            if zero != (gap.certainty is Certainty.UNKNOWN):
                found.append(f"gap {section.id}: interval {gap.low} to {gap.high}, {gap.certainty}")
        for contrast in one.contrasted("tiers", section.id):
            pair = [one.score(section.id, g, root) for g in (contrast.high, contrast.low)]
            found += _odd(f"tiers {section.id}", pair, contrast.certainty, both=False)
        for contrast in one.contrasts:
            if contrast.kind == "unit" and contrast.measure == section.id:
                pair = [
                    one.score(section.id, contrast.group, u) for u in (contrast.high, contrast.low)
                ]
                found += _odd(f"unit {section.id}", pair, contrast.certainty, both=True)
    for change in one.changes:
        zero = change.low <= 0 <= change.high
        if zero != (change.certainty is Certainty.UNKNOWN):
            found.append(f"change {change.measure} {change.group}: {change.low} to {change.high}")
    return found


def _odd(what: str, pair: list[Score], certainty: Certainty, *, both: bool) -> list[str]:
    drawn = [band(score, (-9.0, 9.0), alone=False) for score in pair]
    if drawn[0] is None or drawn[1] is None:
        return [f"{what}: no band"]
    apart = max(a[0] for a in drawn if a) - min(a[1] for a in drawn if a)
    sure = certainty is not Certainty.UNKNOWN
    # A band ends at a thousandth of a point.
    if apart > 0.002 and not sure:
        return [f"{what}: bands {apart:.3f} apart, and we cannot tell"]
    if both and sure and apart < -0.002:
        return [f"{what}: bands overlap by {-apart:.3f}, and {certainty}"]
    return []
