"""The chapters of tools: every figure is that of the statement, service or need that is named beside it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from scipy.stats import norm

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Card, Heading, Note, Table, plain, walk
from hrkit.report.context import Context
from hrkit.rounding import half_up
from hrkit.tools import SECTIONS
from tests.report.reader.names import NUMBER, SHARE, number, share, tidy

#: Tools whose rows are read; those that are filled in openly have no release.
ROWS = ("mirror", "network-leader", "chain-dialogue", "preparation", "services")
_DIFFER = ("they differ", "De ser forskelligt", "de twee verschillen")
_NEAR = ("close with the guess", "gætter tæt på", "met de inschatting dichtbij")
_UNFOUNDED = ("do not bear out", "ikke bekræfter", "niet bevestigen")
#: What a sentence's bound holds over, by tool: both shares of two dozen services, twelve ways and eight
#: needs, three rooms; 1 is that of a table's interval, which is about one share alone.
FAMILIES = {"services": (48,), "preparation": (12, 8), "chain-dialogue": (3,)}
_LEAST = 3


def wilson(p: float, n: int, of: int = 1) -> tuple[float, float]:
    """Both ends of Wilson's interval (1927, JASA 22, 209-212) of a share of n, over so many shares (Šidák)."""
    z = float(norm.isf((1 - 0.95 ** (1 / of)) / 2))
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return ((middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n))


def _values(ctx: Context, keys: set[str]) -> set[float]:
    """Every figure released of some questions: means with their ends, shares with theirs."""
    (tool,) = ctx.instrument.speaks
    found: set[float] = set()
    for score in ctx.released.scores:
        if score.measure in keys and score.mean is not None:
            found |= {x for x in (score.mean, score.low, score.high) if x is not None}
    for one in ctx.released.shares:
        if one.shown and any(one.measure.startswith(key) for key in keys):
            for value in (*one.shares, one.rest):
                found |= _shares(value, one.n, tool)
    return found


def _shares(value: float, n: int | None, tool: str) -> set[float]:
    """A printed share and the ends of its intervals: of the count that it is, known from it and n."""
    sizes = (1, *FAMILIES.get(tool, ()))
    ends = [end for of in sizes for end in wilson(round(value * n) / n, n, of)] if n else []
    return {half_up(x, 2) for x in (value, *ends)}


def subjects(ctx: Context) -> Mapping[str, set[float]]:
    """Each name that stands beside figures, and all that is released of it."""
    by_tags: dict[tuple[str, ...], set[str]] = {}
    for item in ctx.instrument.items.values():
        keys = {item.key(facet) for facet in item.facets} | {item.id}
        keys |= {
            s.measure(item) for s in ctx.instrument.sections if item in s.items and s.score_facet
        }
        by_tags.setdefault(tuple(item.tags) or (item.id,), set()).update(keys)
    found: dict[str, set[float]] = {}
    for item in ctx.instrument.items.values():
        values = _values(ctx, by_tags[tuple(item.tags) or (item.id,)])
        text = tidy(ctx.wording(item)).rstrip(".")
        for name in (text, text.partition(":")[0]):
            found[name] = found.get(name, set()) | values
    for ballot in ctx.released.ballots:
        scale = ctx.instrument.keys[ballot.measure].facet.scale
        for option, label in zip(scale.options, [c.label for c in scale.choices], strict=False):
            value = ballot.share(option) if ballot.shown else None
            if value is not None:
                name = tidy(ctx.text(label))
                found[name] = found.get(name, set()) | _shares(value, ballot.n, "preparation")
    return {name: values for name, values in found.items() if len(name) >= _LEAST}


def _numbers(text: str) -> list[tuple[str, float]]:
    found = re.findall(rf"{SHARE}|{NUMBER}", text)
    return [(one, share(one) if "%" in one else number(one)) for one in found]


def tool_faults(report: Assessment, against: tuple[Context, ...] = ()) -> Iterator[str]:
    """Figures of the tools' chapters that were not released of what they stand beside.

    ``against`` are contexts with other tables, to see that it is noticed.
    """
    for ctx, other in zip(report.context.parts, against or report.context.parts, strict=True):
        (tool,) = ctx.instrument.speaks
        if tool not in ROWS:
            continue
        known = subjects(other)
        every = set().union(*known.values())
        asked = (b for b in walk(report.section("roadmap").blocks) if isinstance(b, Table) and len(b.columns) == 4
                 and not any(plain(row[0])[:1].isdigit() for row in b.rows))  # fmt: skip
        for block in (*walk(SECTIONS["tools"](ctx)), *asked):
            if isinstance(block, Note):
                continue  # explains
            texts = [" | ".join(tidy(plain(c)) for c in row) for row in block.rows] if isinstance(block, Table) else \
                [tidy(block.title) if isinstance(block, Card) else tidy(plain(getattr(block, "text", "")))]  # fmt: skip
            if hasattr(block, "items"):
                texts = [tidy(plain(i)) for i in block.items if isinstance(i, (str, tuple))]
            for text in texts:
                named = [
                    name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
                ]
                # The longest name is the subject: a short one may be a part of it.
                named = [n for n in named if not any(n != m and n in m for m in named)]
                if not named:
                    continue
                allowed = set().union(*(known[n] for n in named))
                for printed, value in _numbers(re.sub(r"\bnr?\.? ?\d+", " ", text)):
                    if not any(abs(value - one) < 1e-6 for one in allowed):
                        elsewhere = " (it is another's)" if value in every else ""
                        yield f"{tool}: {printed} is not released of “{named[0]}”{elsewhere}: “{text}”"
                if tool == "mirror" and not isinstance(block, (Table, Heading)):
                    yield from _mirror(text)


def _mirror(text: str) -> Iterator[str]:
    """What is said of three means follows from the three: agreement, and what the side expects."""
    values = [value for _, value in _numbers(text)]
    if len(values) != 3 or not any(w in text for w in (*_DIFFER, *_UNFOUNDED)):
        return
    own, theirs, guess = values
    a, m, s = abs(theirs - own), abs(guess - theirs), abs(guess - own)
    if any(w in text for w in _UNFOUNDED):
        if not (a < 0.5 and m >= 0.75 - 1e-9):
            yield f"mirror: not unfounded: “{text}”"
    elif a < 0.75 - 1e-9 or (
        m >= 0.5 if any(w in text for w in _NEAR) else not (m >= 0.75 - 1e-9 and s < a)
    ):
        yield f"mirror: not as it is said: “{text}”"
