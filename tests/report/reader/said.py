"""What the later pages say, held against the released tables: the order, change, units, tiers, who answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hrkit.disclosure.released import ALL, Certainty, Priority
from hrkit.rounding import half_up
from tests.report.reader.held import CLEAR, UP, Check, Found, Tables, means, same
from tests.report.reader.names import number, share, tidy, whole

#: Share of draws from which a dimension stands firm, and below which nothing is said of it.
FIRM, OPEN = 0.97, 0.2


def _below(t: Tables) -> list[Priority]:
    """The decision list: what lies below its target, in its order."""
    return sorted((p for p in t.released.priorities if p.distance > 0), key=lambda p: p.rank)


def first(t: Tables, f: Found, text: str) -> Iterator[str]:
    """What comes first, and whether it stands firm."""
    found, d = _below(t), t.dimension(f["d"])
    if not found or found[0].measure != d:
        yield f"{d} does not come first"
    # By the product of what is printed, too: nothing below the target has more of it.
    weights = {p.measure: (p.weight or 0) * p.distance for p in found}
    if (
        all(p.weight is not None for p in found)
        and weights.get(d, 0) < max(weights.values()) - 1e-9
    ):
        yield f"{d}: another has a larger importance × distance"


def firm_first(t: Tables, f: Found, text: str) -> Iterator[str]:
    """First, and firmly so."""
    yield from first(t, f, text)
    if (_below(t)[0].first or 0) < FIRM:
        yield "not firm"


def open_first(t: Tables, f: Found, text: str) -> Iterator[str]:
    """First, and not firmly."""
    yield from first(t, f, text)
    if (_below(t)[0].first or 1) >= FIRM:
        yield "firm"


def plain_first(t: Tables, f: Found, text: str) -> Iterator[str]:
    """First by the distance alone."""
    found = _below(t)
    if not found or found[0].distance < max(p.distance for p in found):
        yield "another is further from its target"


def reached(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Nothing is below its target."""
    if _below(t):
        yield "something is below its target"


def firm(t: Tables, f: Found, text: str) -> Iterator[str]:
    """All that stand firm, and the least of their shares."""
    wanted = [p for p in _below(t) if (p.first or 0) >= FIRM]
    if {t.dimension(n) for n in t.names.dimensions if n in f["dl"]} != {p.measure for p in wanted}:
        yield "others stand firm"
    yield from same(
        "share", share(f["p"]), min(0.99, half_up(min(p.first or 0 for p in wanted), 2))
    )


def open_(t: Tables, f: Found, text: str) -> Iterator[str]:
    """All of which it cannot be said."""
    wanted = {p.measure for p in _below(t) if p.first is not None and OPEN <= p.first < FIRM}
    if {t.dimension(n) for n in t.names.dimensions if n in f["dl"]} != wanted:
        yield f"it is open of {sorted(wanted)}"


def why(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Where both sides stand, and which share of whom chose it."""
    yield from means(t, f["m"], d := t.dimension(f["d"]) if "d" in f else t.section)
    ballot = t.ballot(t.names.group(f["g"]))
    chosen = ballot.share(d) if ballot else None
    yield from _top(t, f)
    yield from same(
        f"{d} chosen by {f['g']}", share(f["p"]), None if chosen is None else half_up(chosen, 2)
    )


def _top(t: Tables, f: Found) -> Iterator[str]:
    asked = t.names.report.context.instrument.ballot
    if asked is None or whole(f["k"]) != asked.facet.scale.exactly:
        yield f"nobody chose {f['k']}"


def why_all(t: Tables, f: Found, text: str) -> Iterator[str]:
    """The same on average over several groups' choices."""
    yield from _top(t, f)
    yield from means(t, f["m"], d := t.dimension(f["d"]) if "d" in f else t.section)
    told = [
        s
        for b in t.released.ballots
        if b.shown and b.group != ALL and (s := b.share(d)) is not None
    ]
    if len(told) < 2:
        yield "an average over groups, and one group is shown"
    yield from same(f"{d} chosen", share(f["p"]), half_up(sum(told) / max(1, len(told)), 2))


def together(t: Tables, f: Found, text: str) -> Iterator[str]:
    """What few chose, and their part of all choices."""
    ballot = t.ballot(t.names.group(f["g"]))
    named = {t.dimension(n) for n in t.names.dimensions if n in f["dl"]}
    if ballot is None or named != set(ballot.together):
        yield "others are given together"
        return
    each = t.names.report.context.instrument.ballot
    assert each is not None
    yield from same(
        "part", share(f["p"]), half_up((ballot.rest or 0) / each.facet.scale.exactly, 2)
    )


def changes(t: Tables, f: Found, text: str) -> Iterator[str]:
    """How many changes are marked, whoever's; a change is one whose interval leaves out zero."""
    moved = [c for c in t.changes() if not c.low <= 0 <= c.high]
    yield from same("changes", whole(f.get("n", "0")), len(moved))


def change(t: Tables, f: Found, text: str) -> Iterator[str]:
    """A change of a group, how sure it is, with both means and its interval."""
    d, group = t.dimension(f["d"]), t.names.group(f["g"])
    found = next((c for c in t.changes() if (c.measure, c.group) == (d, group)), None)
    if found is None or found.low <= 0 <= found.high:
        yield f"{d}: no change of {group} is told"
        return
    if (f["w"] in CLEAR) != (found.certainty is Certainty.CLEAR):
        yield f"{d}: is {found.certainty}"
    if (f["way"] in UP) != (found.difference > 0):
        yield f"{d}: went the other way"
    for name, value in (("a", found.before), ("b", found.now), ("x", found.difference), ("low", found.low), ("high", found.high)):  # fmt: skip
        yield from same(f"{d}: {name}", number(f[name]), value)
    yield from same(f"{d} now", number(f["b"]), t.mean(d, group))


def seen(t: Tables, f: Found, text: str) -> Iterator[str]:
    """How large a change has to be: some released size, neither the least nor the largest of three and more."""
    sizes = sorted(c.detectable for c in t.changes() if c.group == t.names.group(f["g"]))
    if number(f["a"]) not in sizes or (
        len(sizes) > 2 and sizes.index(number(f["a"])) > len(sizes) // 2
    ):
        yield f"{f['a']} is not in the middle of {sizes}"


def chosen_changes(t: Tables, f: Found, text: str) -> Iterator[str]:
    """How many choices have moved."""
    moved = {c.option for c in t.released.chosen_changes if c.certainty is not Certainty.UNKNOWN}
    yield from same("choices", whole(f.get("n", "0")), len(moved))


def chosen_seen(t: Tables, f: Found, text: str) -> Iterator[str]:
    """How far a share has to move."""
    sizes = [
        c.detectable
        for c in t.released.chosen_changes
        if c.group == t.names.group(f["g"]) and c.detectable
    ]
    if not min(sizes) - 0.005 <= whole(f["n"]) / 100 <= max(sizes) + 0.005:
        yield f"{f['n']} points are not among {sizes}"


def units(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Two units on a dimension."""
    d = t.dimension(f["d"])
    hi, lo = (t.names.units[tidy(f[k])] for k in ("hi", "lo"))
    told = [
        c
        for c in t.released.contrasts
        if (c.kind, c.measure, c.high, c.low) == ("units", d, hi, lo)
    ]
    if not told or told[0].certainty is Certainty.UNKNOWN or number(f["a"]) <= number(f["b"]):
        yield f"{d}: {hi} is not told to stand above {lo}"
        return
    yield from same(f"{d} of {hi}", number(f["a"]), t.mean(d, told[0].group, hi))
    yield from same(f"{d} of {lo}", number(f["b"]), t.mean(d, told[0].group, lo))


def tiers(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Two tiers on a dimension, or some of one mean beside another."""
    d = t.dimension(f["d"])
    told = [c for c in t.released.contrasts if (c.kind, c.measure) == ("tiers", d)]
    pairs = {
        (c.high.rpartition("/")[2], c.low.rpartition("/")[2]): c
        for c in told
        if c.certainty is not Certainty.UNKNOWN
    }
    if number(f["a"]) <= number(f["b"]):
        yield f"{d}: the first is not the higher"
    for hi in t.names.several(f["hi"]):
        for lo in t.names.several(f["lo"]):
            found = pairs.get((hi, lo))
            if found is None:
                yield f"{d}: {hi} is not told to stand above {lo} (told: {sorted(pairs)})"
                continue
            yield from same(f"{d} of {hi}", number(f["a"]), t.mean(d, found.high))
            yield from same(f"{d} of {lo}", number(f["b"]), t.mean(d, found.low))


def more(kind: str) -> Check:
    """On how many more dimensions two of a kind are told apart."""

    def check(t: Tables, f: Found, text: str) -> Iterator[str]:
        yield from same(f"more {kind}", whole(f["n"]), len(t.kinds(kind)) - 1)

    return check


def none(kind: str) -> Check:
    """On no dimension."""

    def check(t: Tables, f: Found, text: str) -> Iterator[str]:
        if t.kinds(kind):
            yield f"{kind} are told apart on {sorted(t.kinds(kind))}"

    return check


def silent(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Who did not answer, and where the mean would lie if they stood a point lower or higher."""
    d, group = t.dimension(f["d"]), t.names.group(f["g"])
    score = t.released.score(d, group, t.root)
    n, invited, mean = whole(f["n"]), whole(f["invited"]), number(f["a"])
    yield from same(f"{d} of {group}", mean, score.mean)
    yield from same("those who are silent", n, invited - (score.n or 0))
    for key, step in (("low", -1), ("high", 1)):
        other = min(5.0, max(1.0, mean + step))
        yield from same(
            f"{d}: {key}", number(f[key]), half_up(((invited - n) * mean + n * other) / invited, 1)
        )


def silent_half(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Those who are silent could move the mean one way only: at the end of the scale it stays."""
    other, kept = ("high", "low") if f["way"] in UP else ("low", "high")
    yield from silent(t, {**f, other: f["b"], kept: f["a"]}, text)


def silent_same(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Those who are silent would change nothing, a point lower or higher."""
    yield from silent(t, {**f, "low": f["a"], "high": f["a"]}, text)


def answered(t: Tables, f: Found, text: str) -> Iterator[str]:
    """How many of a group answered, of how many, and which share that is."""
    group, n, invited = t.names.group(f["g"]), whole(f["n"]), whole(f["invited"])
    if not any(
        (x.unit, x.group, x.answered, x.invited) == (t.root, group, n, invited)
        for x in t.released.turnout
    ):
        yield f"{group}: not {n} of {invited}"
    if "p" in f:
        yield from same("share", share(f["p"]), half_up(n / invited, 2))
    elif n != invited:
        yield "not everyone"


def elsewhere(t: Tables, f: Found, text: str) -> Iterator[str]:
    """What is held where it is first said."""
    yield from ()


#: Claim to its check.
LATER_CHECKS: Mapping[str, Check] = {
    "first_firm": firm_first, "first_open": open_first, "first_plain": plain_first, "reached": reached, "firm": firm,
    "open": open_, "why": why, "why_all": why_all, "together": together, "changes": changes, "no_change": changes,
    "change": change, "seen": seen, "chosen_changes": chosen_changes, "chosen_same": chosen_changes,
    "chosen_seen": chosen_seen, "units": units, "more_units": more("units"), "no_units": none("units"),
    "tiers": tiers, "more_tiers": more("tiers"), "no_tiers": none("tiers"), "silent": silent, "silent_same": silent_same, "silent_half": silent_half, "answered": answered,
    "everyone": answered, "asked_for": elsewhere,
}  # fmt: skip
