"""The furthest two of several means: dimensions, pillars, statements, levels of the chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrkit.assessment.explain.arithmetic import Addend, between, part
from hrkit.assessment.explain.means import read
from hrkit.assessment.explain.subject import Subject
from hrkit.disclosure.derived.contrasts import pairs
from hrkit.disclosure.derived.frame import PAGE, certainty, each
from hrkit.disclosure.released import ALL, Certainty, Contrast

__all__ = ["contrast", "contrasts", "furthest"]


def contrasts(subject: Subject) -> list[str]:
    """Every comparison of several means in which the measure is one of the two that are furthest."""
    if subject.group == ALL or "/" in subject.group:
        return _tiers(subject)
    if subject.pillar:
        return contrast(replace(subject, measure=""), "pillars", subject.measure)
    lines = contrast(replace(subject, measure=""), "dimensions", subject.measure)
    return lines + contrast(subject, "statements")


def contrast(subject: Subject, kind: str, naming: str = "") -> list[str]:
    """The furthest two of dimensions, pillars or a dimension's statements, in one group.

    ``naming`` asks for it only where that measure is one of the two.
    """
    ctx = subject.ctx
    found = ctx.released.contrast(kind, subject.measure, subject.group)
    if found is None or (naming and naming not in (found.high, found.low)):
        return []
    made = _measures(subject, kind)
    count = _comparisons(subject, kind, made)
    means = made.get(found.group, {})
    return furthest(subject, found, means, {id: _named(subject, id) for id in means}, count)


def _comparisons(subject: Subject, kind: str, made: Mapping[str, Mapping[str, Addend]]) -> int:
    """How many a page makes: of ratings one group a facet, and all facets; of statements the gap too."""
    if kind != "ratings":
        return sum(pairs(len(known)) for known in made.values()) + (kind == "statements")
    ctx = subject.ctx
    return sum(
        max(
            (
                pairs(sum(part(ctx.score(key, group.id)) is not None for key in keys))
                for group in ctx.released.groups
            ),
            default=0,
        )
        for keys in _facets(subject).values()
    )


def _facets(subject: Subject) -> dict[str, list[str]]:
    """Facet to the questions outside dimensions that are rated on it."""
    found: dict[str, list[str]] = {}
    for question in subject.ctx.instrument.questions():
        if question.facet.release == "means" and question.section.score_facet is None:
            found.setdefault(question.facet.id, []).append(question.key)
    return found


def _named(subject: Subject, measure: str) -> str:
    """A dimension's or pillar's name; a statement in the words in which the group read it."""
    ctx = subject.ctx
    question = ctx.instrument.keys.get(measure)
    if question is None:
        return subject.name(measure)
    asked = subject.member.perspectives if subject.member else ()
    found = read(ctx, question.item, asked)
    return (found[0][1] if found else ctx.wording(question.item)).rstrip(".")


def _measures(subject: Subject, kind: str) -> dict[str, dict[str, Addend]]:
    """Group to what is compared in it: on a page of all groups, or of one."""
    ctx = subject.ctx
    groups = list(subject.sides) or [g.id for g in ctx.released.groups]
    if kind == "statements":
        section = next(s for s in ctx.instrument.dimensions if s.id == subject.measure)
        names = [section.measure(item) for item in section.scored]
        groups = [subject.group]
    elif kind == "ratings":
        names, groups = _facets(subject)[subject.measure], [subject.group]
    elif kind == "pillars":
        names = list(ctx.instrument.pillars)
    else:
        names = [section.id for section in ctx.instrument.dimensions]
    return {
        group: {name: one for name in names if (one := part(ctx.score(name, group)))}
        for group in groups
    }


def furthest(
    subject: Subject,
    found: Contrast,
    means: Mapping[str, Addend],
    names: Mapping[str, str],
    count: int,
) -> list[str]:
    """Two means of which one is the highest and one the lowest, and what their words rest on.

    Parameters
    ----------
    subject
        What is explained.
    found
        The comparison as it was released.
    means, names
        Id of what is compared to its mean, and to its name in the report's language.
    count
        How many comparisons the page makes of this kind: they share its error.

    Returns
    -------
    list of str
        Lines; none where a mean is not released any more.
    """
    w, sums = subject.ctx.words, subject.sums
    if found.high not in means or found.low not in means:
        return []
    a, b = means[found.high], means[found.low]
    alpha = each(PAGE, count)
    word = w(f"report.certainty.{found.certainty.value}")
    counts = "counts_not" if found.certainty is Certainty.UNKNOWN else "counts"
    fields = {
        "high": names[found.high],
        "a": w.number(a.mean),
        "low": names[found.low],
        "b": w.number(b.mean),
        "sum": f"{sums.minus(a.mean, b.mean)} = {w.number(found.difference)}",
    }
    if found.kind not in ("tiers", "unit"):
        fields["group"] = subject.ctx.in_text(found.group)
    made = certainty(b.one, a.one, count)
    # Units may be told apart only where all of them, taken together, differ.
    if found.certainty is not made and (found.kind != "units" or made is Certainty.UNKNOWN):
        return [w(f"explain.contrast.{found.kind}", **fields), w("explain.kept")]
    return [
        w(f"explain.contrast.{found.kind}", **fields),
        w("explain.beyond", sum=sums.beyond(between(b, a), alpha, sums.error([a, b]))),
        *sums.clustered([a, b]),
        w("explain.page", n=count, level=sums.family(PAGE, count, alpha)),
        w(f"explain.{counts}", word=word),
    ]


def _tiers(subject: Subject) -> list[str]:
    """Of the comparisons of levels of the leadership chain the surest and widest; of one level all."""
    ctx = subject.ctx
    made = ctx.released.contrasted("tiers", subject.measure)
    if subject.group == ALL:
        made = made[:1]
    made = tuple(c for c in made if subject.group in (ALL, c.high, c.low))
    if not made:
        return []
    tiers = _chain(subject)
    known = {
        section.id: {t: one for t in tiers if (one := part(ctx.score(section, t)))}
        for section in ctx.instrument.dimensions
    }
    count = sum(pairs(len(its)) for its in known.values())
    names = {tier: subject.label(tier) for tier in tiers}
    return [
        line
        for one in made
        for line in furthest(subject, one, known[subject.measure], names, count)
    ]


def _chain(subject: Subject) -> list[str]:
    ctx = subject.ctx
    tiers = list(
        dict.fromkeys(s.group for s in ctx.released.scores if "/" in s.group and s.unit == ctx.root)
    )
    head = ctx.released.group(ctx.instrument.people.head)
    return [*([head.id] if head and tiers else []), *tiers]
