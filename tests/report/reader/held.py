"""What a sentence says, held against the released tables: what it is about, its numbers, its comparing words.

Each check gets what the grammar has found, and gives back what is wrong.  Rules are said again here, as the
methods page says them, and not taken from the code that prints: a difference is told where its interval
leaves out zero, it is clear from ten answers a side, sides lie apart from 1.0 on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hrkit.disclosure.released import ALL, Ballot, Certainty, Change, Contrast, Gap, Released, Why
from tests.report.reader.names import Names, number, share, tidy, whole

#: Words that claim a difference anywhere in the report, not on the page alone.
CLEAR = ("clearly", "is clearly", "tydeligt", "er vurderingen tydeligt", "ser tydeligt", "duidelijk",
         "is de score duidelijk", "denken beide partijen duidelijk verschillend", "denken ze duidelijk verschillend")  # fmt: skip
UP = ("higher", "højere", "hoger")
Found = Mapping[str, str]
Check = Callable[["Tables", Found, str], Iterator[str]]


class Tables:
    """The released tables of one report, looked up as a reader does: by what a page calls things."""

    def __init__(self, names: Names, section: str = "", against: Released | None = None) -> None:
        self.names, self.released = names, against or names.report.released
        self.root, self.section = names.report.engagement.root.id, section

    def dimension(self, name: str) -> str:
        """The id of a dimension by its name, with quotes or without."""
        return self.names.dimensions[tidy(name).strip("“”‘’")]

    def mean(self, measure: str, group: str, unit: str = "") -> float | None:
        """A printed mean; None where there is none."""
        return self.released.score(measure, group, unit or self.root).mean

    def gap(self, measure: str) -> Gap | None:
        """The difference of the two sides, where it is shown."""
        found = self.released.gap(measure, self.root)
        return found if found and found.shown else None

    def gaps(self) -> list[Gap]:
        """Every difference between the two sides on a dimension."""
        return [g for id in self.names.dimensions.values() if (g := self.gap(id))]

    def told(self, gap: Gap) -> bool:
        """Whether its interval leaves out zero."""
        return gap.low is not None and gap.high is not None and not gap.low <= 0 <= gap.high

    def far(self, gap: Gap) -> bool:
        """Whether it is told, and a level or more."""
        return self.told(gap) and abs(gap.difference or 0) >= 1.0

    def ballot(self, group: str) -> Ballot | None:
        """What a group chose."""
        return next((b for b in self.released.ballots if b.group == group and b.shown), None)

    def changes(self) -> list[Change]:
        """Every change of a dimension since the wave before, whoever's."""
        known = set(self.names.dimensions.values())
        return [c for c in self.released.changes if c.measure in known]

    def contrast(self, kind: str, measure: str, group: str, high: str, low: str) -> Contrast | None:
        """The comparison that says that the one stands higher than the other."""
        found = self.released.contrasted(kind, measure, group)
        same = (c for c in found if (c.high, c.low) == (high, low))
        return next((c for c in same if c.certainty is not Certainty.UNKNOWN), None)

    def kinds(self, kind: str) -> set[str]:
        """Dimensions on which any two of a kind are told apart."""
        sure = (c for c in self.released.contrasts if c.certainty is not Certainty.UNKNOWN)
        return {c.measure for c in sure if c.kind == kind}


def same(what: str, printed: float, released: float | None) -> Iterator[str]:
    """A printed number beside the released one."""
    if released is None or abs(printed - released) > 1e-9:
        yield f"{what} is {released}, and not {printed}"


def means(t: Tables, text: str, measure: str) -> Iterator[str]:
    """``Leaders 3.2, HR 3.5`` of a measure."""
    for part in text.split(", "):
        name, _, value = part.rpartition(" ")
        yield from same(f"{measure} of {name}", number(value), t.mean(measure, t.names.group(name)))


def two_sides(t: Tables, f: Found, text: str) -> Iterator[str]:
    """A difference: both means, which is the higher, how sure, and its interval where it is given."""
    d = t.dimension(f["d"])
    gap, first, second = t.gap(d), t.names.group(f["g"]), t.names.group(f["h"])
    yield from same(f"{d} of {f['g']}", number(f["a"]), t.mean(d, first))
    yield from same(f"{d} of {f['h']}", number(f["b"]), t.mean(d, second))
    if gap is None or not t.told(gap):
        yield f"{d}: no difference is released that leaves out zero"
        return
    if {gap.first, gap.second} != {first, second}:
        yield f"{d}: the difference is not of these two"
    if number(f["a"]) <= number(f["b"]):
        yield f"{d}: the first is not the higher"
    if "w" in f:
        enough = all((t.released.score(d, g, t.root).behind or 0) >= 10 for g in (first, second))
        if f["w"] in CLEAR and not (enough and gap.certainty is Certainty.CLEAR):
            yield f"{d}: called clear"
        if f["w"] not in CLEAR and gap.certainty is not Certainty.TENDS:
            yield f"{d}: is {gap.certainty}, and not told as that"
    if "x" in f:
        yield from same(f"{d}: difference", number(f["x"]), abs(gap.difference or 0))
        ends = sorted(abs(e or 0) for e in (gap.low, gap.high))
        yield from same(f"{d}: interval", number(f["low"]), ends[0])
        yield from same(f"{d}: interval", number(f["high"]), ends[1])


def apart(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Sides a level or more apart; how many there are, of how many that can be compared."""
    yield from two_sides(t, {k: v for k, v in f.items() if k not in ("n", "of")}, text)
    gap = t.gap(t.dimension(f["d"]))
    if gap is None or not t.far(gap):
        yield f"{f['d']}: not a level apart"
    far = sum(map(t.far, t.gaps()))
    if "n" in f:
        yield from same("how many lie apart", whole(f["n"]), far)
        yield from same("of how many", whole(f["of"]), len(t.gaps()))
    elif ":" in text and not text.startswith(f["d"]):
        yield from same("how many lie apart", 1, far)


def untold(t: Tables, f: Found, text: str) -> Iterator[str]:
    """No certain difference, with both means."""
    d = t.dimension(f["d"])
    gap = t.gap(d)
    if gap is None or t.told(gap):
        yield f"{d}: a difference is told, or there is none to tell"
    yield from means(t, f["m"], d)


def figures(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Means and no claim: nothing could be said of the two sides."""
    d = t.dimension(f["d"])
    if t.gap(d) is not None:
        yield f"{d}: the sides can be compared, and nothing is said of it"
    yield from means(t, f["m"], d)


def _strong(t: Tables, d: str) -> Iterator[str]:
    sides = [g for s in t.names.report.context.instrument.sides if (g := t.released.group(s))]
    for one in {g.id: g for g in sides}.values():
        score = t.released.score(d, one.id, t.root)
        if not score.shown or (score.mean or 0) <= 3.5 or (score.low or 0) < 3.5:
            yield f"{d}: {one.id} is not surely above 3.5"
    gap = t.gap(d)
    if gap is None or t.told(gap) or d not in t.released.strengths:
        yield f"{d}: no strength"


def high(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Both sides surely above 3.5, and no difference of theirs is told."""
    d = t.dimension(f["d"])
    yield from _strong(t, d)
    if "mm" in f:
        gap, printed = t.gap(d), [number(x) for x in f["mm"].split() if x[0].isdigit()]
        known = [t.mean(d, g) for g in (gap.first, gap.second)] if gap else []
        if printed != known:
            yield f"{d}: means are {known}, and not {printed}"


def strengths(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Every strength that is listed is one, and all are listed or counted."""
    listed = f["dm"].split("; ")
    for one in listed:
        name, _, inside = one.rpartition(" (")
        d = t.dimension(name)
        yield from _strong(t, d)
        yield from means(t, inside.rstrip(")"), d)
    every = [d for d in t.released.strengths if not list(_strong(t, d))]
    yield from same("strengths", len(listed) + whole(f.get("more", "0")), len(every))


def no_strength(t: Tables, f: Found, text: str) -> Iterator[str]:
    """None is one."""
    if [d for d in t.released.strengths if not list(_strong(t, d))]:
        yield "there is a strength"


def differ(t: Tables, f: Found, text: str) -> Iterator[str]:
    """How many differences are told, of how many that can be compared."""
    yield from same("how many differ", whole(f.get("n", "0")), sum(map(t.told, t.gaps())))
    yield from same("of how many", whole(f["of"]), len(t.gaps()))


def differ_on(t: Tables, f: Found, text: str) -> Iterator[str]:
    """The list of dimensions with a difference, whole with those that are counted."""
    named = [n for n in t.names.dimensions if n in f["dl"]]
    for name in named:
        gap = t.gap(t.dimension(name))
        if gap is None or not t.told(gap):
            yield f"{name}: no difference"
    yield from same(
        "how many differ", len(named) + whole(f.get("more", "0")), sum(map(t.told, t.gaps()))
    )


def no_gap(t: Tables, f: Found, text: str) -> Iterator[str]:
    """None is told."""
    if any(map(t.told, t.gaps())):
        yield "a difference is told"


def spread(kind: str) -> Check:
    """Two of a kind in one group: the higher first, told by a comparison that was made."""

    def check(t: Tables, f: Found, text: str) -> Iterator[str]:
        group = t.names.group(f["g"])
        if kind == "statements":
            ids = list(statements(t).values())
            hi, lo, of = ids[whole(f["hi"]) - 1], ids[whole(f["lo"]) - 1], t.section
        elif kind == "pillars":
            hi, lo, of = (t.names.pillars[tidy(f[k])] for k in ("hi", "lo")), None, ""
            hi, lo = hi
        else:
            hi, lo, of = t.dimension(f["hi"]), t.dimension(f["lo"]), ""
        yield from same(hi, number(f["a"]), t.mean(hi, group))
        yield from same(lo, number(f["b"]), t.mean(lo, group))
        if number(f["a"]) <= number(f["b"]) or not t.contrast(kind, of, group, hi, lo):
            yield f"{kind}: {hi} is not told to stand above {lo} in {group}"

    return check


def statements(t: Tables) -> Mapping[int, str]:
    """The statements of the dimension whose page it is: number to measure."""
    section = t.names.report.context.instrument
    found = next(s for s in section.dimensions if s.id == t.section)
    return {i: found.measure(item) for i, item in enumerate(found.items, 1)}


def even(t: Tables, f: Found, text: str) -> Iterator[str]:
    """From the least to the largest mean of a side, of which no two are told apart."""
    group = t.names.group(f["g"])
    known = [m for d in t.names.dimensions.values() if (m := t.mean(d, group)) is not None]
    yield from same("least", number(f["a"]), min(known))
    yield from same("largest", number(f["b"]), max(known))
    if any(map(t.told, t.gaps())) or [c for c in t.released.contrasted("dimensions", "", group)
                                      if c.certainty is not Certainty.UNKNOWN]:  # fmt: skip
        yield "something is told apart"


def total(t: Tables, f: Found, text: str) -> Iterator[str]:
    """The total of the page's dimension, with its interval."""
    score = t.released.score(t.section, ALL, t.root)
    yield from same("total", number(f["a"]), score.mean)
    if "low" in f:
        yield from same("low", number(f["low"]), score.low)
        yield from same("high", number(f["high"]), score.high)


def no_common(t: Tables, f: Found, text: str) -> Iterator[str]:
    """No total, since the sides lie apart."""
    gap = t.gap(t.section)
    if (
        gap is None
        or not t.far(gap)
        or t.released.score(t.section, ALL, t.root).why is not Why.DIVIDED
    ):
        yield "the sides do not lie apart"


def unrated(t: Tables, f: Found, text: str) -> Iterator[str]:
    """The share of answers that rate nothing, of the page's dimension."""
    score = t.released.score(t.section, t.names.group(f["g"]), t.root)
    yield from same("no rating", share(f["p"]), round((score.dont_know or 0) + 1e-9, 2))


def rests(t: Tables, f: Found, text: str) -> Iterator[str]:
    """The means of the lowest of some statements of the page's dimension."""
    numbers = [int(x) for x in f["items"].replace(",", " ").split() if x.isdigit()]
    known = statements(t)
    wrong = [list(means(t, f["m"], known[n])) for n in numbers]
    if all(wrong):
        yield f"statements {numbers}: {wrong[0][0]}"


#: Claim to its check.
CHECKS: Mapping[str, Check] = {
    "gap": two_sides, "apart": apart, "untold": untold, "high": high, "strengths": strengths,
    "no_strength": no_strength, "differ": differ, "agree": differ, "differ_on": differ_on, "no_gap": no_gap,
    "spread": spread("dimensions"), "pillars": spread("pillars"), "statements": spread("statements"),
    "even": even, "total": total, "no_common": no_common, "rests": rests, "unrated": unrated, "figures": figures,
}  # fmt: skip
