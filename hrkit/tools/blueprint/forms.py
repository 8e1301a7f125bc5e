"""The blueprint's open sheets: a party's, what each gets and gives, what is asked of each other, what is agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.records.values import OpenLine
from hrkit.report.open_form import Fault, FormMaker, OpenField, OpenForm, OpenRow
from hrkit.tools.blueprint.agreed import AGREEMENT, EXCHANGE, GAINS, PARTY, TOOL
from hrkit.tools.blueprint.tasks import MARKS, TENSES, actors, named, parties, tasks

__all__ = ["FORMS", "agreement_form", "exchange_form", "gains_form", "party_form"]


def _form(
    words: Words,
    name: str,
    rows: Sequence[OpenRow],
    heads: Sequence[str],
    fields: Sequence[OpenField],
    **more: object,
) -> OpenForm:
    return OpenForm(
        TOOL,
        name,
        words(f"blueprint.form.{name}.title"),
        (words(f"blueprint.form.{name}.help"),),
        tuple(heads),
        tuple(rows),
        tuple(fields),
        held=True,
        **more,  # type: ignore[arg-type]
    )


def _whom(engagement: Engagement, words: Words) -> tuple[tuple[str, str], ...]:
    """Whom one may choose."""
    return tuple((one, named(words, one)) for one in actors(engagement.instrument))


def party_form(engagement: Engagement, words: Words) -> OpenForm:
    """Every party's sheet: two rows a task, as it is and as it should be; a column an actor."""
    marks = tuple((mark, words(f"blueprint.mark.{mark}")) for mark in MARKS)
    rows = [
        OpenRow(
            f"{task.id} {tense}",
            (named(words, party), task.name, words(f"blueprint.tense.{tense}")),
            f"party:{party}",
        )
        for party in parties(engagement.instrument)
        for task in tasks(engagement.instrument, words)
        for tense in TENSES
    ]
    heads = [words(f"blueprint.column.{one}") for one in ("party", "task", "tense")]
    fields = [
        OpenField(actor, named(words, actor), marks, 15) for actor in actors(engagement.instrument)
    ]
    return _form(words, PARTY, rows, heads, fields)


def gains_form(engagement: Engagement, words: Words) -> OpenForm:
    """What each party wins and grows by, and what it gives."""
    rows = [
        OpenRow("own", (named(words, party),), f"party:{party}")
        for party in parties(engagement.instrument)
    ]
    fields = [
        OpenField(one, words(f"blueprint.column.{one}"), width=40) for one in ("gain", "give")
    ]
    return _form(words, GAINS, rows, [words("blueprint.column.party")], fields)


def exchange_form(engagement: Engagement, words: Words) -> OpenForm:
    """What actors ask of each other: a line each, in the group's own words."""
    whom = _whom(engagement, words)
    kinds = tuple((one, words(f"blueprint.kind.{one}")) for one in ("more", "less", "keep"))
    lists = {"from": whom, "to": whom, "kind": kinds}
    names = ("from", "to", "kind", "see", "return", "yes-from", "yes-to", "review")
    fields = [
        OpenField(
            one,
            words(f"blueprint.exchange.{one}"),
            lists.get(one, ()),
            32 if one in ("see", "return") else 14,
        )
        for one in names
    ]
    return _form(words, EXCHANGE, (), (), fields, free=12)


def agreement_form(engagement: Engagement, words: Words) -> OpenForm:
    """What the group settles of each task; exactly one decides, for there is one place to say it."""
    whom = _whom(engagement, words)
    lists: Mapping[str, tuple[tuple[str, str], ...]] = {
        "decides": whom,
        "does": whom,
        "reps": tuple((one, words(f"blueprint.reps.{one}")) for one in ("heard", "told", "none")),
        "needs": tuple(
            (one, words(f"blueprint.needs.{one}")) for one in ("mandate", "skill", "system", "time")
        ),
        "weight": tuple((one, words(f"blueprint.weight.{one}")) for one in ("1", "2", "4")),
    }
    names = (
        "decides",
        "does",
        "advises",
        "reps",
        "from",
        "yes-decides",
        "yes-does",
        "needs",
        "weight",
        "parked",
    )
    fields = [
        OpenField(one, words(f"blueprint.agreement.{one}"), lists.get(one, ()), 16) for one in names
    ]
    rows = [OpenRow(task.id, (task.name,)) for task in tasks(engagement.instrument, words)]
    return _form(
        words, AGREEMENT, rows, [words("blueprint.column.task")], fields, faults=_half_said
    )


def _half_said(lines: Sequence[OpenLine]) -> Sequence[Fault]:
    """Whoever says who decides says who does it, and the other way round; unless the task is parked."""
    return [
        (
            line.scope,
            line.row,
            missing,
            "is empty",
            "say who decides and who does it, or until when it is parked",
        )
        for line in lines
        for missing in ("decides", "does")
        if not line.field(missing) and not line.field("parked")
    ]


FORMS: Mapping[str, FormMaker] = {
    PARTY: party_form,
    AGREEMENT: agreement_form,
    EXCHANGE: exchange_form,
    GAINS: gains_form,
}
