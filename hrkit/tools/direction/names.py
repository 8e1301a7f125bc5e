"""What a party is called, representatives too, who are no perspective of the questionnaire; and a part of a working life."""

from __future__ import annotations

from hrkit.blocks import Span, Text, b
from hrkit.report.context import Context
from hrkit.tools.direction.canvas import canvas

__all__ = ["party_name", "phase_name"]


def party_name(ctx: Context, party: str) -> str:
    """A party as a table calls it."""
    return ctx.words(f"direction.{party}") if party in canvas().may else ctx.named(party, "label")


def phase_name(ctx: Context, phase: str) -> Text:
    """A part of the cycle; what no source names is marked as ours."""
    name = b(ctx.words(f"direction.phase.{phase}"))
    if phase not in canvas().field_practice:
        return (name,)
    return (name, Span(f"\n{ctx.words('direction.practice')}", "mute"))
