"""What the blueprint may claim of leaders' answers; what sheets show is repeated and not concluded."""

from __future__ import annotations

from hrkit.report.claims import Claim

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (
    Claim(
        "blueprint.unclear",
        "blueprint",
        "at least a fifth of leaders like these do not know who decides, say that several or nobody decides, or that nobody does it",
        "the lower end of the share over all tasks is 20 % or more, and so many are rare where it is a fifth",
        "four shares of all tasks: 5 % of pages",
        "a fifth of leaders, for every task and answer",
        ("blueprint.short.unclear", "blueprint.short.undone"),
    ),
)
