"""How many have to answer before something of a measure is shown: more where it is sensitive.

An instrument marks questions, or whole sections, as ``sensitive``: of offensive behaviour nothing is
shown before twenty have answered.  Whatever is made of a marked question (a dimension, a pillar, a
facet made of two) needs as many, so that no mean of several can be taken apart into what is
withheld.  A mark only raises the thresholds of the engagement, and one under which a version was
issued stays, whatever the instrument says later: people answered under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hrkit.disclosure.keys import keys_of
from hrkit.disclosure.released import BEHIND, Released
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument

__all__ = ["LEAST", "PLAIN", "Least", "behind", "least_of", "marked"]

#: The fewest people behind a printed share.
LEAST = BEHIND


@dataclass(frozen=True)
class Least:
    """The fewest answers behind anything.

    Attributes
    ----------
    scores, details
        Of a mean, and of what says more than a mean, where nothing is marked.
    sensitive
        Measure to the fewest answers behind anything of it.
    behind
        The fewest people behind a share that is printed.
    """

    scores: int = 5
    details: int = 10
    sensitive: Mapping[str, int] = field(default_factory=dict)
    behind: int = LEAST

    def mean(self, measure: str) -> int:
        """The fewest behind a mean, a number or a change of it."""
        return max(self.scores, self.sensitive.get(measure, 0))

    def more(self, measure: str) -> int:
        """The fewest behind whatever says more than a mean."""
        return max(self.details, self.sensitive.get(measure, 0))


#: Where nothing is marked.
PLAIN = Least()


def behind(insider: bool) -> int:
    """The fewest people behind a printed share: one more where readers know one of the answers."""
    return LEAST + insider


def marked(instrument: Instrument, earlier: Iterable[Released] = ()) -> Mapping[str, int]:
    """Measure to how many it needs, of those that are marked now or were in an earlier version.

    Items that are answered in own words stand among them by their key.
    """
    questions = instrument.measured
    found = {
        key: question.item.sensitive
        for key, question in questions.items()
        if question.item.sensitive
    }
    for version in earlier:
        for measure, n in version.sensitive:
            found[measure] = max(n, found.get(measure, 0))
    for measure, keys in keys_of(instrument).items():
        # A measure is as sensitive as the most sensitive question in it.
        n = max([found.get(measure, 0), *(found.get(key, 0) for key in keys)])
        if n:
            found[measure] = n
    return found


def least_of(engagement: Engagement, earlier: Iterable[Released] = ()) -> Least:
    """The fewest answers behind anything of a wave.

    Parameters
    ----------
    engagement
        With the thresholds that hold (`hrkit.disclosure.kept.versions.thresholds`).
    earlier
        What was issued of the wave before; nothing where nobody has answered yet.
    """
    rules = engagement.protection
    return Least(
        rules.scores,
        rules.details,
        marked(engagement.instrument, earlier),
        behind(rules.insider),
    )
