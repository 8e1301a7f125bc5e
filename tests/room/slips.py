"""Phones in a browser that come with a slip."""

from __future__ import annotations

from typing import Any

__all__ = ["join"]


def join(page: Any, link: str, code: str) -> None:
    """Open what the QR code of a slip names, and begin once it was read what becomes of the answers."""
    page.goto(f"{link}#{code}")
    page.locator(".hk-doors .hk-main").click()
