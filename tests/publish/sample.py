"""A sample document that uses every block, in the kit's three languages.

Invented numbers.  The charts are written by hand so that the tests of `publish` need no
plotting library; a report's charts come from matplotlib and go the same way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Contents,
    Cover,
    DocumentInfo,
    Fact,
    Facts,
    Figure,
    Grid,
    Heading,
    Levels,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Span,
    Table,
    Together,
    b,
    em,
)

LEADERS = (3.1, 2.6, 3.8, 2.4, 3.5, 3.2, 2.3, 2.7, 2.2)
HR = (3.4, 3.5, 3.9, 3.6, 4.0, 2.8, 2.6, 2.9, 2.7)

_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" font-family="Lato">'


def _mark(x: float, y: float, colour: str, square: bool, r: float = 4.2) -> str:
    if square:
        points = f"{x},{y - r} {x + r},{y} {x},{y + r} {x - r},{y}"
        return f'<polygon points="{points}" fill="{colour}"/>'
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>'


def gap_chart(names: tuple[str, ...], steps: tuple[str, ...], width: int = 470) -> str:
    """Two marks a row: leaders a circle, HR a diamond."""
    left, right, top, row = 165, width - 34, 40, 29
    height = top + row * len(names) + 4
    out = [_OPEN.format(w=width, h=height)]
    for k in range(5):
        x = left + (right - left) * k / 4
        out.append(
            f'<line x1="{x}" x2="{x}" y1="{top - 6}" y2="{height}" stroke="#d9dee4" '
            f'stroke-width="0.6"/><text x="{x}" y="12" font-size="8" fill="#566270" '
            f'text-anchor="middle">{k + 1}</text><text x="{x}" y="22" font-size="7.6" '
            f'fill="#566270" text-anchor="middle">{steps[k]}</text>'
        )
    order = sorted(range(len(names)), key=lambda i: LEADERS[i] - HR[i])
    for n, i in enumerate(order):
        y = top + row * (n + 0.5)
        one, two = (left + (right - left) * (v - 1) / 4 for v in (LEADERS[i], HR[i]))
        wide = abs(HR[i] - LEADERS[i]) > 0.6
        sign = f"{HR[i] - LEADERS[i]:+.1f}".replace("-", "−").replace(".", ",")
        out.append(
            f'<text x="{left - 14}" y="{y + 3}" font-size="8.5" fill="#1d2733" '
            f'text-anchor="end">{names[i]}</text>'
            f'<line x1="{one}" x2="{two}" y1="{y}" y2="{y}" stroke-width="3" '
            f'stroke="{"#dcae80" if wide else "#d9dee4"}"/>'
            f"{_mark(one, y, '#0b5d7a', False)}{_mark(two, y, '#b35c00', True, 5)}"
            f'<text x="{width - 2}" y="{y + 3}" font-size="8.5" text-anchor="end" '
            f'font-weight="{"bold" if wide else "normal"}" fill="#1d2733">{sign}</text>'
        )
    return "".join([*out, "</svg>"])


def profile_chart(names: tuple[str, ...]) -> str:
    """One mark a row with its band."""
    left, right, top, row = 128, 250, 18, 29
    height = top + row * len(names)
    out = [_OPEN.format(w=264, h=height)]
    for k in range(5):
        x = left + (right - left) * k / 4
        out.append(
            f'<line x1="{x}" x2="{x}" y1="{top - 4}" y2="{height}" stroke="#d9dee4" '
            f'stroke-width="0.6"/><text x="{x}" y="8" font-size="8" fill="#566270" '
            f'text-anchor="middle">{k + 1}</text>'
        )
    for i, name in enumerate(names):
        y, v = top + row * (i + 0.5), (LEADERS[i] + HR[i]) / 2
        x = left + (right - left) * (v - 1) / 4
        out.append(
            f'<text x="{left - 9}" y="{y + 3}" font-size="8" fill="#1d2733" '
            f'text-anchor="end">{name}</text><line x1="{x - 8}" x2="{x + 8}" y1="{y}" y2="{y}" '
            f'stroke="#0b5d7a" stroke-opacity="0.25" stroke-width="5"/>'
            f"{_mark(x, y, '#0b5d7a', False)}"
            f'<text x="{x + 12}" y="{y + 3}" font-size="8" fill="#1d2733">'
            f"{v:.1f}</text>".replace(f"{v:.1f}</text>", f"{v:.1f}</text>".replace(".", ","))
        )
    return "".join([*out, "</svg>"])


def cover_art() -> str:
    """Nine lines, two marks each, white and accent on nothing."""
    out = [_OPEN.format(w=595, h=300)]
    for i in range(9):
        y = 18 + 33 * i
        one, two = (68 + 465 * (v - 1) / 4 for v in (LEADERS[i], HR[i]))
        out.append(
            f'<line x1="68" x2="533" y1="{y}" y2="{y}" stroke="#fff" stroke-opacity="0.25" '
            f'stroke-width="0.6"/><line x1="{one}" x2="{two}" y1="{y}" y2="{y}" stroke="#fff" '
            f'stroke-opacity="0.3" stroke-width="5"/>{_mark(one, y, "#fff", False, 7)}'
            f"{_mark(two, y, '#f0a04b', True, 8)}"
        )
    return "".join([*out, "</svg>"])


WORDS: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("sample.yml").read_text(encoding="utf-8")
)

_SHADES = ("#b35c00", "#dcae80", "#f3e3d0", "#d5e4ea", "#6a9fb3", "#0b5d7a")


def _shade(value: float) -> str:
    return _SHADES[min(5, max(0, int((value - 1.6) / 0.5)))]


def document(language: str = "da", **info: str) -> tuple[Block, ...]:
    """The whole sample; ``info`` overrides fields of its DocumentInfo."""
    w = WORDS[language]
    names, units = tuple(w["names"]), tuple(w["unit_names"])
    comma = (lambda v: f"{v:.1f}") if language == "en" else (lambda v: f"{v:.1f}".replace(".", ","))
    about = DocumentInfo(
        **{
            "title": w["title"],
            "language": language,
            "tag": {"da": "da-DK", "nl": "nl-NL", "en": "en-GB"}[language],
            "subtitle": w["subtitle"],
            "author": w["author"],
            "client": w["client"],
            "date": w["date"],
            "stamp": "2026-11-21",
            "confidentiality": w["secret"],
            "mark": w["mark"],
            "words": {"page": w["page"], "of": w["of"]},
            **info,
        }
    )
    values = [
        [min(5.0, max(1.1, LEADERS[k] + ((u * 7 + k * 3) % 9 - 4) / 5)) for k in range(7)]
        for u in range(len(units))
    ]
    return (
        about,
        Cover(
            about.title,
            w["subtitle"],
            about.client,
            about.author,
            w["date"],
            w["secret"],
            w["legend"],
            w["mark"],
            cover_art(),
            w["alt"],
        ),
        Contents(w["contents"], depth=2),
        Heading(w["summary"], new_page=True),
        Paragraph(w["lead"], lead=True),
        Grid(
            (
                (
                    Figure(profile_chart(names), w["alt"], w["profile"]),
                    Note(w["note"]),
                ),
                (
                    Card(
                        w["carries"],
                        (
                            Paragraph((b(names[2]), Span(" 3,9. " + w["c1"]))),
                            Paragraph((b(names[4]), Span(" 3,7. " + w["c2"]))),
                        ),
                    ),
                    Card(
                        w["divides"],
                        (
                            Paragraph((b(names[3] + ". "), Span(w["d1"]))),
                            Paragraph((b(names[1] + ". "), Span(w["d2"]))),
                        ),
                        "accent",
                    ),
                    Card(w["advise"], (Bullets((w["a1"], w["a2"], w["a3"]), ordered=True),)),
                ),
            ),
            (5, 4),
        ),
        Facts(
            (
                Fact("64", w["f"][0], f"{w['of']} 81"),
                Fact("12", w["f"][1], f"{w['of']} 14"),
                Fact("6", w["f"][2], f"{w['of']} 6"),
                Fact("±" + comma(0.2), w["f"][3]),
            )
        ),
        Callout(w["draft"], "warning"),
        Heading(w["differ"], new_page=True),
        Paragraph((Span(w["talk"]), b(names[3]), Span(w["talk2"]), em(names[5]), Span(w["talk3"]))),
        Figure(gap_chart(names, w["steps"]), w["alt"], w["gap"]),
        Note(w["note"]),
        Grid(
            (
                (Card(names[3], (Paragraph(w["c1"]), Paragraph(w["text"]))),),
                (Card(names[1], (Paragraph(w["c2"]),), "accent"),),
            )
        ),
        Heading(names[3], kicker=w["kicker"], new_page=True),
        Levels(tuple(w["steps"]), (2, 3), w["sentence"]),
        Note(w["note"]),
        Heading(w["see"], 2),
        Paragraph(w["text"]),
        Quote(w["quote"], w["by"]),
        Heading(w["steps_title"], 2),
        Table(
            tuple(w["head"]),
            tuple(tuple(w[r]) for r in ("r1", "r2", "r3")),
            widths=(5, 1.6, 1, 1.4),
        ),
        Note(w["sources"]),
        Heading(w["units"], 1),
        Table(
            (w["unit"], *names[:7]),
            tuple((u, *map(comma, row)) for u, row in zip(units, values, strict=True)),
            caption=w["gap"],
            align=("left", *["center"] * 7),
            shades=tuple(("", *map(_shade, row)) for row in values),
            summary=w["alt"],
        ),
        Callout(w["hidden"]),
        PageBreak(),
        Heading(w["method"], 1),
        Heading(w["how"], 2),
        Bullets(
            (
                w["c1"],
                (Paragraph(w["c2"]), Bullets((w["d1"], (Paragraph(w["d2"]), Bullets((w["a2"],)))))),
                (b("hrkit"), Span(" – "), Span("example.org", link="https://example.org/method")),
            )
        ),
        Together((Heading(names[0], 3), Paragraph(w["text"]))),
        Paragraph(
            (
                Span(
                    "mean = answers[answers.wave == 2].groupby('unit').value.mean()\nmean.round(1)",
                    "code",
                ),
            )
        ),
        Paragraph((Span("ICC(1)", "code"), Span(" 0,12 "), Span("n = 82", "mute"))),
        Card("", (Paragraph(w["a1"]),), "quiet"),
        Table(("n", "k"), (("1", "2"), ("3", "4")), align=("right", "right"), row_headers=False),
        Table(
            (w["unit"], *w["head"][1:]),
            tuple(
                (f"{u} {k}", f"{k * 7 % 31}", comma(k / 7), "–") for k in range(1, 9) for u in units
            ),
            caption=w["units"],
            align=("left", "right", "right", "left"),
            compact=True,
        ),
    )
