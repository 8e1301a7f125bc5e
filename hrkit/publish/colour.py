"""A document's two colours, made fit for text (WCAG 2.2), for HTML, Word and Excel."""

from __future__ import annotations

__all__ = ["contrast", "readable", "tint"]


def _parts(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _hex(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    r, g, b = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1–21 (WCAG 2.2, "contrast ratio").

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, ground: str = "#ffffff", least: float = 4.6) -> str:
    """The colour itself, or as much darker as text on a light ground needs.

    >>> readable("#0b5d7a")
    '#0b5d7a'
    """
    while contrast(colour, ground) < least and colour != "#000000":
        colour = _hex([part * 0.92 if part > 6 else 0 for part in _parts(colour)])
    return colour


def tint(colour: str, share: float) -> str:
    """A colour mixed with white; ``share`` 1 is the colour itself, 0 is white.

    >>> tint("#000000", 0.2)
    '#cccccc'
    """
    return _hex([255 - share * (255 - part) for part in _parts(colour)])
