"""Do the answers in the store and the files beside it speak of the same things?

An answer is stored with the ids its wave, unit, perspective and item had when it was given.  The
files go on being edited.  What the answers use and the files do not have (any more) is found here,
the same for ``hrkit check`` and for every report: named, without saying how many answers there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from hrkit.answers.responses import Responses
from hrkit.errors import EngagementError, Problem, StoreError
from hrkit.model import instrument_file
from hrkit.model.editions import earlier
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Instrument

__all__ = ["fitted", "misfits", "nothing_there", "strange_waves"]


def misfits(responses: Responses, engagement: Engagement, wave: str) -> tuple[Problem, ...]:
    """What the answers of one wave use and ``engagement.yml`` or the instrument does not have.

    Parameters
    ----------
    responses
        Of that wave only.
    engagement
        With every unit that is written down, not only those of the wave.
    wave
        Its id.
    """
    where = f"answers of {wave}"
    return (
        *_units(responses, engagement, wave, where),
        *_perspectives(responses, engagement, where),
        *_questions(responses, engagement, where),
    )


def fitted(responses: Responses, engagement: Engagement, wave: str) -> Responses:
    """The responses of a wave with their units as `Engagement.as_in` has them.

    Raises
    ------
    EngagementError
        With everything the answers use and the files do not have.
    """
    if found := misfits(responses, engagement, wave):
        raise EngagementError(f"The answers of {wave} and {FILE} do not agree.", found)
    people = responses.people
    places = {id: engagement.place(id, wave) for id in people["unit"].unique()}
    if all(id == place for id, place in places.items()):
        return responses
    return replace(responses, people=people.assign(unit=people["unit"].map(places)))


def _units(
    responses: Responses, engagement: Engagement, wave: str, where: str
) -> Iterator[Problem]:
    written = {unit.id: unit for unit in engagement.units}
    for id in sorted(set(responses.people["unit"])):
        if engagement.place(id, wave) is not None:
            continue
        unit = written.get(id)
        if unit is None:
            heirs = [one.id for one in engagement.units if id in one.was]
            if heirs:
                yield Problem(
                    where,
                    f"use the unit {id}, and {', '.join(heirs)} came later",
                    f"put {id} back under units, with until:",
                )
            else:
                yield Problem(
                    where,
                    f"use the unit {id}, which {FILE} does not have",
                    f"put it back under units, with until: if it was closed, or write "
                    f'was: ["{id}"] at the unit it is now',
                )
        elif unit.merged_into and unit.until is None:
            yield Problem(
                where,
                f"use the unit {id}, whose people belong to {unit.merged_into}, which was not there",
                f"say until which wave {id} was there (until:), or correct from: of "
                f"{unit.merged_into}",
            )
        elif unit.until is not None:
            yield Problem(
                where,
                f"use the unit {id}, which was closed after {unit.until}",
                "correct until:, or say where its people are now (merged_into:)",
            )
        else:
            yield Problem(
                where,
                f"use the unit {id}, which is there from {unit.since} on",
                "correct from:, or give a new unit that took over the name an id of its own",
            )


def _perspectives(responses: Responses, engagement: Engagement, where: str) -> Iterator[Problem]:
    instrument = engagement.instrument
    for id in sorted(set(responses.people["perspective"]) - set(instrument.perspectives)):
        yield Problem(
            where,
            f"use the perspective {id}, which {instrument.id} does not ask",
            "put it back under perspectives",
        )


def _questions(responses: Responses, engagement: Engagement, where: str) -> Iterator[Problem]:
    instrument = engagement.instrument
    known = {(q.item.id, q.facet.id): q for q in instrument.questions()}
    given = responses.answers[["item", "facet", "value"]].drop_duplicates()
    lost: dict[str, None] = {}
    off: dict[str, None] = {}
    for item, facet, value in given.sort_values(["item", "facet"]).itertuples(index=False):
        question = known.get((item, facet))
        if question is None:
            lost[item if item not in instrument.items else f"{item}:{facet}"] = None
            continue
        scale = question.facet.scale
        # A way out stays one, whatever the scale offers now.
        if scale.kind != "text" and value not in {*scale.answers, DONT_KNOW, NOT_RELEVANT}:
            off[question.key] = None
    what = f"which {instrument.id} {instrument.version} does not have"
    earlier = _earlier(instrument, lost)
    for key in lost:
        yield Problem(
            where,
            f"use the item {key}, {what}",
            f"finish the wave as it was begun: write instrument: {earlier}, or extends: {earlier} "
            "in an instrument of your own"
            if earlier
            else "put it back; an item in a section with score: false counts in no score",
        )
    for key in off:
        yield Problem(
            where,
            f"to {key} are not on its scale as it is now",
            "give the item its old scale back, and a new one a new id",
        )


def _earlier(instrument: Instrument, lost: Collection[str]) -> str | None:
    """The earlier edition of the kit that has all the items which this one lacks."""
    base = next(iter(instrument.speaks), instrument.id)
    for name in earlier(base):
        if {key.partition(":")[0] for key in lost} <= set(instrument_file.load(name).items):
            return name
    return None


def strange_waves(stored: Collection[str], engagement: Engagement) -> tuple[Problem, ...]:
    """Waves that the store has answers of and ``engagement.yml`` does not have."""
    known = {id for wave in engagement.waves for id in engagement.stored_under(wave.id)}
    return tuple(
        Problem(
            "answers",
            f"are of a wave {id}, which {FILE} does not have",
            f'put it back under waves, or write was: ["{id}"] at the wave it is now',
        )
        for id in sorted(set(stored) - known)
    )


def nothing_there(engagement: Engagement, wave: str, stored: Collection[str]) -> StoreError:
    """There is no answer in a wave: one sentence, with where the answers are that there are."""
    strange = sorted(set(stored) - {i for w in engagement.waves for i in (w.id, *w.was)})
    other = [one.id for one in engagement.waves if set(engagement.stored_under(one.id)) & {*stored}]
    said = f"The wave {wave} has no answers yet"
    if strange:
        listed = " and ".join(strange)
        return StoreError(
            f"{said}; the store has answers of {listed}, which {FILE} does not have: if it is the "
            f'same wave under another id, write was: ["{strange[0]}"] there.'
        )
    if other:
        return StoreError(
            f"{said}; there are answers of {' and '.join(other)} (--wave {other[-1]})."
        )
    return StoreError(f"{said}: there is nothing to show.")
