"""What things are called in a report, and what a reader takes from a name or a number in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from hrkit.assessment.assessment import Assessment
from hrkit.disclosure.released import ALL

#: A number with one decimal, one with a sign, a share, a whole number or its word.
NUMBER, SIGNED = r"\d+[.,]\d+", r"[+−]?\d+[.,]\d+"
SHARE, WHOLE = r"\d+\s?%", r"(?:\d+|[Oo]ne|[ÉEée]én|[Éé]n|den ene|de ene|the one)"
#: Spaces of all kinds are one; what only tells a printer where to break is nothing.
_SPACES, _NOTHING = re.compile(r"[\s\u00a0\u202f]+"), re.compile("[\u00ad\u2060\u200b]")


def tidy(text: str) -> str:
    """A text as it is read: one kind of space, no marks for the printer."""
    return _SPACES.sub(" ", _NOTHING.sub("", text)).strip()


def number(text: str) -> float:
    """The value of a printed number, with a comma or a point."""
    return float(text.replace("−", "-").replace("+", "").replace(",", "."))


def share(text: str) -> float:
    """The value of a printed share, from 0 to 1."""
    return float(text.replace("%", "").strip()) / 100


def whole(text: str) -> int:
    """A count, in digits or as the word for one."""
    return int(text) if text.isdigit() else 1


def alternatives(names: Iterable[str]) -> str:
    """A pattern for any of some names, the longest first: one may begin as another does."""
    found = sorted({tidy(n) for n in names if n}, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, found)) + ")" if found else r"(?!)"


@dataclass(frozen=True)
class Names:
    """The names of one report in its language, and what they stand for."""

    report: Assessment

    @cached_property
    def dimensions(self) -> Mapping[str, str]:
        """Name to id."""
        ctx = self.report.context
        return {tidy(ctx.name(s)): s.id for s in ctx.instrument.dimensions}

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Every way of naming a group of people to its id."""
        ctx, found = self.report.context, {}
        for group in ctx.released.groups:
            for form in ("label", "short", "in_text"):
                name = tidy(ctx.instrument.people.name(group.perspectives, form, ctx.language))
                found |= {name: group.id, name[:1].upper() + name[1:]: group.id}
        return found

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Name to id."""
        return {tidy(u.name): u.id for u in self.report.engagement.units}

    @cached_property
    def pillars(self) -> Mapping[str, str]:
        """Name to id."""
        ctx = self.report.context
        return {tidy(ctx.text(p["name"])): id for id, p in ctx.instrument.pillars.items()}

    @cached_property
    def tiers(self) -> str:
        """A pattern for a tier of the chain."""
        return r"(?:[Tt]ier|[Ll]edelsesled|[Ll]aag) \d+|" + alternatives(self.groups)

    def group(self, name: str) -> str:
        """The id of a group by its name, the total's own for anybody else's."""
        return self.groups.get(tidy(name), ALL)

    def several(self, names: str) -> list[str]:
        """The ids of some tiers: of a numbered one its number, of top management its group."""
        listed = re.split(r", | (?:and|og|en) ", names)
        return [n[-1] if n[-1:].isdigit() else self.group(n) for n in listed]

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Pattern of each kind of thing that the grammar names."""
        quoted = lambda pattern: f"[“”‘’]?{pattern}[“”‘’]?"  # noqa: E731
        group, dimension = alternatives(self.groups), quoted(alternatives(self.dimensions))
        means = rf"{group} {NUMBER}(?:, {group} {NUMBER})*"
        listed = rf"{dimension}(?:(?:, | (?:and|og|en) ){dimension})*"
        strong = rf"{dimension} \((?:{means}|{NUMBER})\)"
        return {
            "D": dimension, "G": group, "N": NUMBER, "S": SIGNED, "P": SHARE, "I": WHOLE, "M": means,
            "MM": rf"{NUMBER}(?: (?:and|og|en) {NUMBER})?", "DL": listed, "T": self.tiers,
            "DM": rf"{strong}(?:; {strong})*", "U": alternatives(self.units), "L": alternatives(self.pillars),
            "TL": rf"(?:{self.tiers})(?:(?:, | (?:and|og|en) )(?:{self.tiers}))*",
            "GL": rf"{group}(?:(?:, | (?:and|og|en) ){group})*", "X": r".+?",
        }  # fmt: skip

    def pattern(self, template: str) -> re.Pattern[str]:
        """A sentence of the grammar as a pattern: ``{kind:name}`` is a thing with a name of its own.

        ``{kind}`` alone is not asked for; ``[a|b]`` is one of some words.
        """
        found = ""
        for part in re.split(r"(\{[A-Z]+(?::\w+)?\}|\[[^\]]*\])", template):
            if part.startswith("{"):
                kind, _, name = part[1:-1].partition(":")
                found += f"(?P<{name}>{self.kinds[kind]})" if name else f"(?:{self.kinds[kind]})"
            elif part.startswith("["):
                name, _, words = part[1:-1].rpartition("=")
                choice = "|".join(re.escape(one) for one in words.split("|"))
                found += f"(?P<{name}>{choice})" if name else f"(?:{choice})"
            else:
                found += re.escape(part)
        return re.compile(found)
