"""A wave in memory to the tables that may be shown of it.

``make`` is all that the door calls: everybody's answers and what was kept of earlier versions go
in, what may be shown and what is to be kept of it come out.  Nothing here opens a store.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hrkit.answers.codes import token
from hrkit.answers.quality import KINDS, signs
from hrkit.disclosure.answering import care_of, languages_of
from hrkit.disclosure.cells import groups_of
from hrkit.disclosure.chosen.ballots import ballots
from hrkit.disclosure.chosen.choices import counts, shares
from hrkit.disclosure.comments import comments_of
from hrkit.disclosure.derived.chosen_since import chosen_since
from hrkit.disclosure.derived.derive import derive
from hrkit.disclosure.derived.totals import weighing
from hrkit.disclosure.details import agreements, distributions, reliabilities
from hrkit.disclosure.drafts import Before, Draft, Measure
from hrkit.disclosure.kept.elsewhere import Headcount
from hrkit.disclosure.kept.hold import hold_back
from hrkit.disclosure.kept.past import Past
from hrkit.disclosure.kept.record import record, versions_of
from hrkit.disclosure.kept.snapshot import from_snapshot
from hrkit.disclosure.kept.versions import NONE_BEFORE, Versions, thresholds
from hrkit.disclosure.keys import keys_of
from hrkit.disclosure.least import Least, behind, least_of
from hrkit.disclosure.means import decide
from hrkit.disclosure.measures import measures_of, usual_variance
from hrkit.disclosure.released import (
    ALL,
    Ballot,
    ChosenChange,
    Comment,
    Count,
    Group,
    Released,
    Share,
    Silence,
)
from hrkit.disclosure.scores import scores_of
from hrkit.disclosure.silence import silences
from hrkit.disclosure.since import EarlierWave, Since, changes_since, since_of, told_sides
from hrkit.disclosure.sizes import Counting, sizes_hidden
from hrkit.disclosure.together.hidden import Asked, Hidden, beside, hidden_together, spreads
from hrkit.disclosure.trend import sides_of, uncompared
from hrkit.disclosure.turnout import invited_of, turnout_of
from hrkit.disclosure.vague import few_not_asked, firm, uncounted, vague_of, without_tables
from hrkit.disclosure.wave import WaveAnswers, wave_of
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from pandas import DataFrame

    from hrkit.answers.responses import Responses

__all__ = ["Made", "make", "release_wave"]


@dataclass(frozen=True)
class Made:
    """A version: its tables, and what the store keeps of it, as plain JSON."""

    released: Released
    record: Mapping[str, Any]


@dataclass(frozen=True)
class _Decided:
    released: Released
    past: Past
    drafts: Mapping[str, Draft]


def make(
    responses: Responses,
    engagement: Engagement,
    wave: str,
    *,
    texts: DataFrame,
    kept: Sequence[Mapping[str, Any]] = (),
    since: EarlierWave | None = None,
    frozen: dt.date | None = None,
    content: str = "",
    elsewhere: Collection[Headcount] = (),
) -> Made:
    """Decide what may be shown of a wave, beside what was shown of it before.

    Parameters
    ----------
    responses
        Of everybody who has answered.
    engagement, wave
        Whose, and which round.
    texts
        Answers in own words; see `hrkit.answers.store.Store.comments`.
    kept
        What is kept of the versions before this one, oldest first.
    since
        The wave to compare with.
    frozen
        The day the wave was frozen.
    content
        Digest of the wave's answers; kept where the version shows all of them.
    elsewhere
        Numbers of people that other questionnaires of the engagement print.

    Returns
    -------
    Made
        The same for the same answers, in whatever order they come.
    """
    written, engagement = engagement, engagement.as_in(wave)
    measures = keys_of(engagement.instrument)
    before = versions_of(kept, measures)
    whole = wave_of(responses, engagement.instrument, [unit.id for unit in engagement.units])
    decided = _decided(whole, engagement, wave, frozen, before, since_of(since), texts, elsewhere)
    past, drafts = decided.past, decided.drafts
    left_out = (
        ()
        if since is None
        else uncompared(
            written,
            wave,
            since.then,
            decided.released.groups,
            from_snapshot(since.kept["released"]),
        )
    )
    marked = {token(who): kinds for who, kinds in signs(responses, whole.instrument).items()}
    held = thresholds(engagement, before)
    asked = Asked(held, decided.released.groups, past, least_of(held, before.released))
    found = replace(decided.released, uncompared=left_out)
    found = _answering(found, decided, responses, before, marked, asked)
    version = record(
        found,
        past.wave,
        tree={unit.id: unit.parent for unit in engagement.units},
        measures=measures,
        valid={name: _valid(name, drafts, past.wave) for name in measures},
        own=frozenset((name, cell[1]) for name, draft in drafts.items() for cell in draft.own),
        sides=told_sides(sides_of(list(drafts.values()), engagement.root.id)),
        invited=invited_of(engagement, wave, found.groups),
        marked=[who for who, kinds in marked.items() if kinds],
    )
    version["content"] = content if past.wave.use is None else ""
    return Made(found, json.loads(json.dumps(version)))


def _answering(
    found: Released,
    decided: _Decided,
    responses: Responses,
    before: Versions,
    marked: Mapping[str, frozenset[str]],
    asked: Asked,
) -> Released:
    """A version with what may be told of how people answered."""
    people, wave = responses.people, decided.past.wave
    root = next((one.unit for one in found.turnout), "")
    earlier = [version.released for version in before.versions]
    spoken = {
        token(who): said
        for who, said in zip(people["respondent"], people["language"], strict=True)
        if said
    }
    proved = partial(beside, drafts=decided.drafts, asked=asked)
    care = care_of(marked, wave, decided.drafts, found, root, earlier, KINDS, proved)
    return replace(
        found,
        languages=languages_of(spoken, wave, found, earlier),
        signs=care.signs,
        without=firm(care.without, {g.group: g.told for g in found.turnout if g.told}),
        levels_hold=care.levels_hold,
    )


def _valid(name: str, drafts: Mapping[str, Draft], wave: WaveAnswers) -> npt.NDArray[np.bool_]:
    """Shape (R,): who had a value in a measure, or an answer where it has no mean."""
    if name in drafts:
        return np.isfinite(drafts[name].measure.values)
    j = wave.column[name]
    return wave.given[:, j] & wave.asked[wave.perspective, j]


def release_wave(
    wave: WaveAnswers,
    engagement: Engagement,
    id: str,
    *,
    frozen: dt.date | None = None,
    comments: tuple[Comment, ...] = (),
    before: Versions = NONE_BEFORE,
    since: Since | None = None,
) -> Released:
    """Release a wave that is in memory already; see `make`.

    ``before`` are the versions of this wave that were issued earlier, ``since`` is the wave to
    compare with; ``comments`` are printed as they are.
    """
    found = _decided(wave, engagement, id, frozen, before, since, None).released
    return replace(found, comments=comments) if comments else found


def _decided(
    wave: WaveAnswers,
    engagement: Engagement,
    id: str,
    frozen: dt.date | None,
    before: Versions,
    since: Since | None,
    texts: DataFrame | None,
    elsewhere: Collection[Headcount] = (),
) -> _Decided:
    engagement = thresholds(engagement, before)
    k, details = engagement.protection.scores, engagement.protection.details
    least = least_of(engagement, before.released)
    root = engagement.root.id
    groups = before.groups(groups_of(wave, k), wave.perspectives)
    past, waiting = hold_back(
        wave,
        before,
        groups,
        keys_of(engagement.instrument),
        k,
        details=details,
        sensitive=least.sensitive,
        root=root,
        within={unit.id: frozenset(engagement.within(unit.id)) for unit in engagement.units},
    )
    wave = past.wave
    usual = usual_variance(wave, groups, details)
    measures = list(measures_of(wave, engagement, groups, usual))

    hidden = Hidden(groups=past.barred)
    drafts = {
        m.id: _draft(m, past, engagement, hidden.closed(m.id), least, groups) for m in measures
    }
    asked = Asked(engagement, groups, past, least)
    again: frozenset[str] | None = None
    while found := hidden_together(drafts, asked, again, hidden):
        hidden, again = hidden | found, found.measures
        for name in sorted(again):
            measure = drafts[name].measure
            drafts[name] = _draft(measure, past, engagement, hidden.closed(name), least, groups)
    own = spreads(drafts, asked) - hidden.spreads
    drafts = {
        name: replace(draft, own=frozenset((root, g.id) for g in groups if (name, g.id) in own))
        for name, draft in drafts.items()
    }
    invited = invited_of(engagement, id, groups)
    drafts = sizes_hidden(drafts, Counting(engagement, groups, past, invited, k))
    drafts = _without_near_totals(drafts, past, engagement, groups, least)
    turnout = turnout_of(wave, engagement, id, groups, k)
    vague = vague_of(drafts.values(), turnout, groups, engagement, elsewhere, k)
    counted = tuple(group for group in groups if group.id not in vague)
    scores = scores_of(
        list(drafts.values()),
        root,
        k,
        invited,
        engagement.instrument,
        groups,
        least.mean,
        vague,
        {(one.unit, one.group): one.answered or 0 for one in turnout},
    )
    more = (least.more, before, least.behind)
    picked = ballots(wave, counted, *more)
    shared = shares(wave, counted, *more)
    joint = counts(wave, counted, least.mean, before)
    silent = silences(drafts, wave, root, counted, *more)
    tables: list[Share | Ballot | Count | Silence] = [*picked, *shared, *joint, *silent]
    few = few_not_asked(scores, tables, turnout, groups, engagement, k)
    chosen = uncounted(without_tables(picked, few), groups, vague, engagement)
    derived = derive(scores, engagement, groups, chosen)
    shown = {(s.measure, s.group): s for s in derived.scores if s.unit == root}
    released = Released(
        engagement=engagement.id,
        wave=id,
        instrument=engagement.instrument.id,
        version=engagement.instrument.version,
        draft=frozen is None,
        threshold=k,
        details=details,
        groups=groups,
        scores=derived.scores,
        gaps=derived.gaps,
        bands=derived.bands,
        distributions=tuple(
            one
            for one in distributions(drafts, wave, root, counted)
            if (one.measure, one.group) not in few
        ),
        agreements=agreements(drafts, wave, root, groups, few),
        turnout=tuple(replace(one, told=vague.get(one.group)) for one in turnout),
        reliability=reliabilities(drafts, wave, root, counted, details, few),
        priorities=derived.priorities,
        changes=changes_since(drafts, wave, engagement, groups, since, shown, before, least),
        comments=comments_of(
            engagement,
            texts,
            wave,
            groups,
            details,
            [
                draft.rows((root, group.id))
                for draft in drafts.values()
                for group in groups
                if (root, group.id) in draft.shown
            ]
            if drafts
            else None,
            least.sensitive,
        ),
        shares=uncounted(without_tables(shared, few), groups, vague, engagement),
        counts=tuple(one for one in joint if one.measure not in {measure for measure, _ in few}),
        contrasts=derived.contrasts,
        between=derived.between,
        strengths=derived.strengths,
        silences=without_tables(silent, few),
        ballots=chosen,
        chosen_changes=_chosen_since(engagement, groups, chosen, since),
        frozen=frozen,
        waiting=waiting,
        sensitive=tuple(sorted(least.sensitive.items())),
        insider=engagement.protection.insider,
    )
    return _Decided(released, past, drafts)


def _chosen_since(
    engagement: Engagement, groups: Sequence[Group], chosen: Sequence[Ballot], since: Since | None
) -> tuple[ChosenChange, ...]:
    """How what was chosen changed, from what both waves print of it."""
    if since is None:
        return ()
    asked = (engagement.instrument, since.then.instrument)
    return chosen_since(
        *asked, groups, chosen, since.released, behind(engagement.protection.insider)
    )


def _without_near_totals(
    drafts: Mapping[str, Draft],
    past: Past,
    engagement: Engagement,
    groups: Sequence[Group],
    least: Least,
) -> dict[str, Draft]:
    """Drafts without the totals that would rest on one to ``k`` − 1 answers more or fewer than before."""
    root, found = engagement.root.id, dict(drafts)
    for name, draft in drafts.items():
        printed = past.numbers(name).get((root, ALL), frozenset())
        cells = {(root, g) for g in weighing(engagement.instrument, name, groups)} & draft.shown
        n = sum(int(draft.rows(cell).sum()) for cell in cells)
        if any(0 < abs(n - then) < least.mean(name) for then in printed):
            found[name] = replace(draft, shown=draft.shown - {(root, ALL)})
    return found


def _draft(
    measure: Measure,
    past: Past,
    engagement: Engagement,
    closed: frozenset[str | tuple[str, str]],
    least: Least,
    groups: Sequence[Group],
) -> Draft:
    before = Before()
    if past.versions:
        rows, lost = past.rows(measure.id, measure.values)
        numbers, lacking = past.numbers(measure.id), past.went.lacking(measure.id)
        kin, apart = past.went.kin(measure.id), past.went.apart(groups)
        before = Before(rows, past.same(measure.id), past.owner, lost, numbers, lacking, kin, apart)
    return decide(
        measure,
        past.wave.atom,
        engagement.root.id,
        least.mean(measure.id),
        before,
        details=least.more(measure.id),
        closed=closed,
        insider=engagement.protection.insider,
    )
