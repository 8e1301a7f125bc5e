"""A question by what is released of it: a mean, shares of answers, a number of answers, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrkit.assessment.explain import means, several
from hrkit.assessment.explain.subject import Subject
from hrkit.disclosure.derived.chosen_since import counts_of, level_of
from hrkit.disclosure.released import ALL, Ballot, ChosenChange, Why
from hrkit.measure import same_share
from hrkit.model.instrument import DONT_KNOW, Question

__all__ = ["question"]


def question(subject: Subject) -> list[str]:
    """Everything that is printed about one question."""
    ctx, w = subject.ctx, subject.ctx.words
    asked = ctx.instrument.measured[subject.measure]
    group = subject.member
    lines = [means.head(subject), *means.pooled(subject)]
    lines.append(w("explain.asked", list=w.join([ctx.perspective(one) for one in asked.item.ask])))
    who = group.perspectives if group else asked.item.ask
    lines += [
        w("explain.read", group=name, text=text) for name, text in means.read(ctx, asked.item, who)
    ]
    release = asked.facet.release
    if release == "means":
        lines += means.value(subject, single=True)
        lines += means.parts(subject) if subject.group == ALL else []
        lines += [w("explain.turned")] if asked.item.reversed else []
        section = asked.section
        if section.score_facet and asked.item in section.scored:
            lines += several.contrast(
                replace(subject, measure=section.id), "statements", subject.measure
            )
        elif section.score_facet is None:
            of_facet = replace(subject, measure=asked.facet.id)
            lines += several.contrast(of_facet, "ratings", subject.measure)
    elif release == "shares":
        lines += _shares(subject, asked)
    elif release == "picks":
        lines += _picks(subject, asked)
    elif release == "counts":
        lines += _counts(subject)
    elif release == "texts":
        n = sum(c.question == asked.item.id for c in ctx.released.comments)
        lines.append(w("explain.texts", n=n))
    else:
        lines.append(w("explain.nothing"))
    return lines


def _counts(subject: Subject) -> list[str]:
    ctx, w = subject.ctx, subject.ctx.words
    few = w("report.summary.few", k=ctx.released.threshold)
    found = [
        w("explain.answered", n=few if one.n is None else one.n)
        for one in ctx.released.counts
        if one.measure == subject.measure and one.group == subject.group
    ]
    return found or [w("explain.answered_not")]


def _hidden(subject: Subject, why: Why) -> list[str]:
    ctx, w = subject.ctx, subject.ctx.words
    if why is Why.SMALL:
        return [
            w(
                "explain.shares_few",
                details=max(ctx.released.details, ctx.released.least(subject.measure)),
            )
        ]
    if why is Why.PROTECTED:
        return [w("explain.shares_protected")]
    said = w(f"report.why.sentence.{why.value}", k=ctx.released.least(subject.measure))
    return [w("explain.hidden", why=said)]


def _picks(subject: Subject, asked: Question) -> list[str]:
    """What was chosen of a list: shares of people, and of choices where few chose an option."""
    ctx, w = subject.ctx, subject.ctx.words
    ballot, scale = ctx.released.ballot(subject.measure, subject.group), asked.facet.scale
    if not ballot.shown:
        return _hidden(subject, ballot.why)
    names = {choice.value: ctx.text(choice.label) for choice in scale.choices}
    said = [
        f"  {w.percent(part):>5}  {names[value]}"
        for value, part in zip(ballot.values, ballot.shares, strict=True)
    ]
    if ballot.together:
        said.append(f"  {_joint(subject, ballot, names, scale.exactly)}")
    if subject.group == ALL:
        return [w("explain.shares_all"), *said]
    how = "explain.picks" if scale.exactly else "explain.picks_at_most"
    head = w(how, n=ballot.n, k=scale.most, count=len(scale.choices))
    return [head, *said, *_chosen_since(subject, names)]


def _joint(subject: Subject, ballot: Ballot, names: Mapping[str, str], exactly: int) -> str:
    """What is told of the options that few chose: all of them together, or that there are some."""
    w, count = subject.ctx.words, len(ballot.together)
    listed = ", ".join(names[value] for value in ballot.together)
    if ballot.rest is None:
        return w("explain.picks_few", list=listed)
    rest, each = w.number(ballot.rest, 2), w.percent(ballot.rest / count, 1)
    return w("explain.picks_together", list=listed, rest=rest, count=count, each=each, k=exactly)


def _chosen_since(subject: Subject, names: Mapping[str, str]) -> list[str]:
    """How the shares of what was chosen moved, with the test that says how sure that is."""
    ctx, w, before = subject.ctx, subject.ctx.words, subject.before
    every = ctx.released.chosen_changes
    rows = [c for c in every if (c.measure, c.group) == (subject.measure, subject.group)]
    if not rows or before is None:
        return []
    alpha = w.percent(level_of(len(every)), 3)
    n = before.ballot(subject.measure, subject.group).n or 0
    m = ctx.released.ballot(subject.measure, subject.group).n or 0
    lines = [w("explain.chosen_since", count=len(every), alpha=alpha, n=n, m=m)]
    for row in rows:
        first, second = counts_of(row.before, n, row.now, m)
        chance = w.percent(same_share(first, n, second, m), 3)
        found = {"option": names[row.option], "before": w.percent(row.before)}
        found |= {"now": w.percent(row.now), "certainty": _certainty(subject, row)}
        said = w(
            "explain.chosen_change", first=first, second=second, chance=chance, n=n, m=m, **found
        )
        lines.append(f"  {said}")
    return lines


def _certainty(subject: Subject, row: ChosenChange) -> str:
    return subject.ctx.words(f"report.certainty.{row.certainty.value}")


def _shares(subject: Subject, asked: Question) -> list[str]:
    ctx, w = subject.ctx, subject.ctx.words
    share = ctx.released.share(subject.measure, subject.group)
    if not share.shown:
        return _hidden(subject, share.why)
    scale = asked.facet.scale
    names = {choice.value: ctx.text(choice.label) for choice in scale.choices}
    names |= {DONT_KNOW: ctx.text(scale.dont_know)}
    said = [
        f"  {w.percent(part):>5}  {names[value]}"
        for value, part in zip(share.values, share.shares, strict=True)
    ]
    if share.together:
        joint = w("explain.together", list=", ".join(names[value] for value in share.together))
        said.append(f"  {w.percent(share.rest):>5}  {joint}")
    if subject.group == ALL:
        return [w("explain.shares_all"), *said]
    return [w("explain.shares", n=share.n), *said]
