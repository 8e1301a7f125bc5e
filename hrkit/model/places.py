"""What a unit is called where somebody chooses theirs: in a form, on paper, in another program."""

from __future__ import annotations

from hrkit.model.engagement import Engagement, Unit
from hrkit.model.language import Words

__all__ = ["unit_name"]


def unit_name(engagement: Engagement, unit: Unit, w: Words) -> str:
    """A unit's name with the units around it: two departments may both be called North."""
    if unit.parent is None:
        alone = len(engagement.units) == 1
        return unit.name if alone else w("forms.welcome.whole", name=unit.name)
    names, above = [unit.name], engagement.unit(unit.parent)
    while above.parent is not None:
        names.insert(0, above.name)
        above = engagement.unit(above.parent)
    return " › ".join(names)
