"""Everything of a wave that is measured, with whom it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.cells import cells_of, inside
from hrkit.disclosure.derived.frame import CONVENTIONAL
from hrkit.disclosure.drafts import Measure
from hrkit.disclosure.keys import other_ratings, section_items
from hrkit.disclosure.released import Group, tidy
from hrkit.disclosure.wave import WaveAnswers
from hrkit.measure import Scores, moments
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question

__all__ = ["Floats", "Usual", "measures_of", "usual_variance", "values_of"]


Floats = npt.NDArray[np.float64]

#: From so many degrees of freedom the client's own usual spread is used.
_OWN_USUAL_FROM = 100


@dataclass(frozen=True, slots=True)
class Usual:
    """Variance usual within groups, for one kind of measure.

    Attributes
    ----------
    within
        As it was found, or the conventional one: for units and levels of the chain, which are held
        against one another.
    group
        Never less than the conventional one: for groups of the whole organisation.
    """

    within: float
    group: float


def values_of(wave: WaveAnswers) -> Mapping[str, Floats]:
    """Measure to shape (R,): the value of every row, whether it counts or not."""
    found = {
        section.id: wave.scores.score[:, d] for d, section in enumerate(wave.instrument.dimensions)
    }
    pillars, scores = wave.pillars
    found |= {pillar: scores.score[:, d] for d, pillar in enumerate(pillars)}
    single = [key for _, _, key in section_items(wave.instrument)]
    single += [question.key for question in other_ratings(wave.instrument)]
    return found | {key: wave.turned[:, wave.column[key]] for key in single}


def measures_of(
    wave: WaveAnswers, engagement: Engagement, groups: tuple[Group, ...], usual: Mapping[str, Usual]
) -> Iterator[Measure]:
    """Everything that has a mean, by unit and chain level or in the whole organisation.

    Dimensions are measured by unit and level; pillars, statements, importance and every other
    rating in the whole organisation only.

    Parameters
    ----------
    wave
        The answers.
    engagement, groups
        Whose they are, and in which groups perspectives are reported.
    usual
        Variance usual within groups, by kind of measure; see `usual_variance`.
    """
    cells = cells_of(wave, engagement, groups)
    root = engagement.root.id
    whole = [cell for cell in cells if cell.unit == root and not cell.part]
    for d, section in enumerate(engagement.instrument.dimensions):
        assert section.score_facet is not None
        scale = (float(section.score_facet.scale.low), float(section.score_facet.scale.high))
        yield Measure(
            section.id,
            wave.scores.score[:, d],
            wave.counted(section.id),
            _dont_know(wave.scores, d),
            scale,
            usual["dimension"].group,
            cells,
            _partial(wave.scores, d),
            usual["dimension"].within,
        )
    pillars, found = wave.pillars
    for d, pillar in enumerate(pillars):
        keys = wave.pillar_keys[pillar]
        ends = engagement.instrument.keys[keys[0]].facet.scale
        yield Measure(
            pillar,
            found.score[:, d],
            wave.counted(pillar),
            _dont_know(found, d),
            (float(ends.low), float(ends.high)),
            usual[_few(keys)].group,
            whole,
            _partial(found, d),
        )
    for _, item, key in section_items(engagement.instrument):
        facet = item.facets[0] if len(item.facets) == 1 else engagement.instrument.keys[key].facet
        j = wave.column[key]
        answered = wave.asked[wave.perspective, j] & wave.given[:, j]
        silent = np.where(answered, np.isnan(wave.values[:, j]), np.nan).astype(float)
        scale = (float(facet.scale.low), float(facet.scale.high))
        yield Measure(
            key, wave.turned[:, j], wave.counted(key), silent, scale, usual[item.role].group, whole
        )
    for question in other_ratings(engagement.instrument):
        j = wave.column[question.key]
        ends = question.facet.scale
        answered = wave.asked[wave.perspective, j] & wave.given[:, j]
        silent = np.where(answered, np.isnan(wave.values[:, j]), np.nan).astype(float)
        yield Measure(
            question.key,
            wave.turned[:, j],
            wave.counted(question.key),
            silent,
            (float(ends.low), float(ends.high)),
            usual[_kind(question)].group,
            whole,
        )


def _kind(question: Question) -> str:
    """Ratings outside the dimensions share a usual variance where they share a scale."""
    return f"{question.facet.scale.low} to {question.facet.scale.high}"


def _few(keys: Sequence[str]) -> str:
    """Pillars share a usual variance with those of as many statements: fewer are less steady."""
    return f"pillar of {len(keys)}"


def _dont_know(scores: Scores, d: int) -> Floats:
    """Shape (R,): share of "don't know" among what each was asked and answered in a dimension."""
    answered = (scores.valid[:, d] + scores.dont_know[:, d]).astype(float)
    return np.divide(
        scores.dont_know[:, d], answered, out=np.full(len(answered), np.nan), where=answered > 0
    )


def _partial(scores: Scores, d: int) -> npt.NDArray[np.bool_]:
    """Shape (R,): who rated something of a dimension, and too little for a score."""
    return np.asarray((scores.valid[:, d] > 0) & ~np.isfinite(scores.score[:, d]))


def usual_variance(
    wave: WaveAnswers, groups: tuple[Group, ...], details: int = 10
) -> Mapping[str, Usual]:
    """Variance usual within a group: of dimension scores, statements and importance ratings.

    Pooled over all groups whose spread may be shown *and* all measures of the kind (pillars of as
    many statements are one), and its root
    rounded to tenths: so the interval of a small group does not depend on its own answers, and
    that of a large one hardly says how they are spread on this one measure.  Where there is too
    little to pool (a lone small group, an instrument of a few questions) a conventional spread
    stands in.

    What is pooled is mostly the largest group's.  Where that is of one mind, a small group that is
    not would be believed to be, and be told apart from it by chance: with a side of five to nine
    that is twice as divided, on up to one page of six.  So for groups of the whole organisation it
    counts as no less than the conventional spread.
    """
    members = [inside(wave, group) for group in groups]
    instrument = wave.instrument
    roles: dict[str, str] = {key: item.role for _, item, key in section_items(instrument)}
    roles |= {question.key: _kind(question) for question in other_ratings(instrument)}
    measures = {"dimension": [section.id for section in instrument.dimensions]} | {
        role: [key for key, its in roles.items() if its == role]
        for role in dict.fromkeys(roles.values())
    }
    for pillar, keys in wave.pillar_keys.items():
        measures.setdefault(_few(keys), []).append(pillar)
    measures = {kind: names for kind, names in measures.items() if names}
    values = values_of(wave)
    # An instrument without dimensions has none of the kind; nobody will ask.
    found = {"dimension": Usual(float("nan"), float("nan"))}
    for kind, names in measures.items():
        table = np.column_stack(
            [np.where(wave.counted(name), values[name], np.nan) for name in names]
        )
        squares, freedom = 0.0, 0
        for who in members:
            spread = moments(table[who], np.zeros(int(who.sum()), dtype=int), 1)
            large = spread.n >= details
            squares += float(spread.m2[large].sum())
            freedom += int(np.maximum(spread.n - 1, 0)[large].sum())
        conventional = _conventional(wave, kind, names[0]) * _length(wave, names[0])
        usual = conventional
        if freedom >= _OWN_USUAL_FROM:
            usual = max(tidy(float(np.sqrt(squares / freedom))), 0.1)
        found[kind] = Usual(usual**2, max(usual, conventional) ** 2)
    return found


def _conventional(wave: WaveAnswers, kind: str, measure: str) -> float:
    """Spread that stands in, in parts of the scale: of one statement, of five, or between them.

    A mean of j statements that go together as those of a dimension do (they share the part r of
    their variance) has the variance of one times r + (1 - r) / j.
    """
    if kind == "dimension":
        return CONVENTIONAL["dimension"]
    one = CONVENTIONAL["answer"]
    items = len(wave.pillar_keys.get(measure, (measure,)))
    shared = ((CONVENTIONAL["dimension"] / one) ** 2 - 1 / 5) / (1 - 1 / 5)
    return one * float(np.sqrt(shared + (1 - shared) / items))


def _length(wave: WaveAnswers, measure: str) -> float:
    """From the lowest to the highest answer of a measure."""
    for section in wave.instrument.dimensions:
        if section.id == measure and section.score_facet is not None:
            return float(section.score_facet.scale.high - section.score_facet.scale.low)
    measure = wave.pillar_keys.get(measure, (measure,))[0]
    scale = wave.instrument.keys[measure].facet.scale
    return float(scale.high - scale.low)
