"""Whom the services are for, and what a service is called."""

from __future__ import annotations

from hrkit.report.context import Context
from hrkit.tools.services.findings import Service

__all__ = ["full", "short", "users"]


def users(ctx: Context) -> str:
    """The group of those whom the services are for: the instrument's first side."""
    side = ctx.instrument.sides[0]
    found = ctx.released.group(side)
    return found.id if found else side


def full(ctx: Context, one: Service) -> str:
    """A service's whole name."""
    return ctx.wording(one.asked.item).rstrip(".")


def short(ctx: Context, one: Service) -> str:
    """A service's name up to its colon: what follows are examples."""
    return full(ctx, one).partition(":")[0]
