"""Whether employee representatives hear of a round before anybody is asked.

The day stands under ``process:`` in ``engagement.yml``.  What has to be discussed with whom is a matter
of law and agreements; that nobody is asked first is a rule of the kit.
"""

from __future__ import annotations

from hrkit.errors import Problem
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.process import REPRESENTATIVES

__all__ = ["told_too_late", "untold"]


def told_too_late(engagement: Engagement) -> tuple[Problem, ...]:
    """The latest round, where it opens before the day on which representatives are told."""
    told, wave = engagement.process.get(REPRESENTATIVES), engagement.wave()
    if told is None or wave.opens is None or wave.opens >= told:
        return ()
    return (
        Problem(
            f"{FILE}, process.{REPRESENTATIVES}",
            f"{wave.id} opens on {wave.opens}, before employee representatives are told ({told})",
            "tell them first, or let the round open later",
        ),
    )


def untold(engagement: Engagement) -> tuple[str, ...]:
    """A word where the engagement keeps days of its process and this one is missing."""
    if not engagement.process or REPRESENTATIVES in engagement.process:
        return ()
    return (
        f"no day says when employee representatives are told: write process.{REPRESENTATIVES} in {FILE}"
        " before the forms open; see: hrkit plan-process",
    )
