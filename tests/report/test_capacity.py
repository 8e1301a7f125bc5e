"""Whether a plan can be carried: worked examples, what could wait, and what the page says of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Heading, Table, plain, walk
from hrkit.model.engagement import Capacity
from hrkit.model.followed import Followed
from hrkit.report.capacity import Fit, Work, fit, loads, strained
from hrkit.report.context import Context
from hrkit.report.planned_work import capacities, carriers, rows, work
from hrkit.report.sections.roadmap_fit import carried, phases, since_last
from hrkit.report.tool_steps import ToolStep


def test_nine_of_six_and_what_could_wait() -> None:
    asked = [Work("a", "hr", 5, 2), Work("b", "hr", 3, 3), Work("c", "hr", 1, 1)]
    (one,) = strained(asked, {"hr": 2 * 3})
    assert (one.load, one.capacity, one.wait, one.left) == (9, 6, ("a",), 4)


def test_five_of_six_is_tight() -> None:
    assert fit(5, 6) is Fit.TIGHT and fit(4.8, 6) is Fit.FITS and fit(6, 6) is Fit.TIGHT
    assert strained([Work("a", "hr", 5, 2)], {"hr": 6}) == ()


def test_ten_days_over_two_quarters_are_five_and_five() -> None:
    assert loads([Work("a", "hr", 10, 1, (0, 1))]) == {("hr", 0): 5, ("hr", 1): 5}


def test_a_duty_never_waits_and_of_equals_the_larger_effort_does() -> None:
    asked = [Work("a", "hr", 2, 2, duty=True), Work("b", "hr", 2, 2), Work("c", "hr", 3, 3)]
    (one,) = strained(asked, {"hr": 4})
    assert one.wait == ("c",) and one.left == 4
    (alone,) = strained([dataclasses.replace(asked[0], days=9)], {"hr": 4})
    assert alone.wait == () and alone.left == 9


def test_an_owner_without_capacity_is_told_of_and_never_over() -> None:
    assert fit(9, None) is Fit.UNKNOWN
    assert strained([Work("a", "somebody", 99, 1)], {"hr": 1}) == ()


# ---------------------------------------------------------------------------------- on the page


@pytest.fixture(scope="module")
def ctx(client: Callable[[str, str], Assessment]) -> Context:
    return client("municipality", "da").context


def with_(ctx: Context, *followed: Followed, **changes: object) -> Context:
    engagement = dataclasses.replace(ctx.engagement, followed=followed, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(ctx, engagement=engagement)


def test_the_steps_of_the_report_are_work_of_somebody(ctx: Context) -> None:
    found = rows(ctx)
    assert found and all(row.owner and row.days > 0 for row in found)
    assert {one.owner for one in work(ctx)} <= {*ctx.instrument.perspectives, "hr_head"}
    assert carriers(ctx, "pair") == ctx.instrument.sides
    assert carriers(ctx, "partners") == ctx.instrument.sides[1:]


def test_what_was_agreed_takes_its_own_effort_owner_and_quarters(ctx: Context) -> None:
    wave = ctx.released.wave
    day = ctx.engagement.report.date or dt.date(2027, 1, 1)
    due = (day + dt.timedelta(days=150)).isoformat()
    own = Followed("Our own step", "", "open", wave, owner=str(ctx.owner("hr")), due=due,
                   effort="10", effect="large", rests_on="mirror:blind:time.leader")  # fmt: skip
    gone = dataclasses.replace(own, action="Gone", status="dropped")
    found = rows(with_(ctx, own, gone))
    assert (found[0].owner, found[0].days, found[0].effect) == ("hr", 10, 3)
    assert found[0].quarters == (0, 1)
    assert "Gone" not in {row.text for row in found}


def test_capacity_is_what_the_engagement_says_or_the_usual_days_of_those_invited(
    ctx: Context,
) -> None:
    said, usual = capacities(with_(ctx, capacity={"hr": Capacity(2, 3)}))
    assert said == {"hr": 6} and "hr" not in usual
    n = ctx.engagement.invited_to(ctx.wave.id, ctx.root, ("leader",))
    assert usual["leader"] == 3 * (n or 0)


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_the_page_says_nine_of_six(ctx: Context, language: str) -> None:
    words = ctx.engagement.words(language)
    wave = ctx.released.wave
    agreed = tuple(
        Followed(
            name,
            "",
            "open",
            wave,
            owner="hr",
            horizon="now",
            effort=days,
            effect=effect,
            rests_on=f"x:y:{name}",
        )
        for name, days, effect in (("a", "5", "medium"), ("b", "3", "large"), ("c", "1", "small"))
    )
    spoken = dataclasses.replace(
        with_(ctx, *agreed, capacity={"hr": Capacity(2, 3)}),
        words=words,
        profile={**ctx.profile, "steps": 0},
        steps=(),
    )
    blocks = carried(spoken)
    table = next(b for b in walk(blocks) if isinstance(b, Table))
    assert words("roadmap.fit.of", load="9", capacity="6") in [
        plain(c) for r in table.rows for c in r
    ]
    said = str(blocks)
    assert words("roadmap.gap.empty") in said and words("roadmap.gap.unasked", n=3) in said


def test_what_tools_ask_for_stands_there_until_it_is_agreed(ctx: Context) -> None:
    step = ToolStep("mirror:blind:time", "hr", "Talk about time", "They differ", "later", "large")
    asked = dataclasses.replace(ctx, steps=(step,))
    mine = next(row for row in rows(asked) if row.id == step.id)
    assert (mine.days, mine.horizon, mine.agreed) == (15, "later", False)
    taken = Followed("Talk", "", "open", ctx.released.wave, rests_on=step.id)
    assert step.id not in {row.id for row in rows(with_(asked, taken))}


def test_what_became_of_the_last_plan_and_where_the_way_begins(ctx: Context) -> None:
    assert since_last(ctx) == ()
    (line,) = phases(ctx)
    assert "→" in plain(line.text)  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_a_plan_is_said_to_be_carried_by_those_whose_room_is_known(
    ctx: Context, language: str
) -> None:
    """Nobody knows how many HR partners there are: "yes" would be said of them too."""
    said = ctx.engagement.words(language)

    def title(**told: object) -> str:
        silent = dataclasses.replace(ctx.released, turnout=())
        spoken = dataclasses.replace(with_(ctx, **told), words=said, released=silent)
        return next(plain(b.text) for b in walk(carried(spoken)) if isinstance(b, Heading))

    owners = {owner for owner, _ in loads(work(ctx))}
    everybody = {owner: Capacity(90, 9) for owner in owners}
    assert title(capacity=everybody) == said("roadmap.fit.title.fits")
    assert "hr_head" in owners
    assert title(capacity={}) == said("roadmap.fit.title.partly")
