"""What a survey in another program asks, of whom, in which words: plain data, without any answer.

A question that some roles read in other words stands there once for each wording, asked of the roles
that read it; its code is that of the first of them (`hrkit.answers.tool_codes`).  Texts are as
people wrote them: whoever writes a file says there what a text may not do in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hrkit.answers.tool_codes import (
    MARK,
    PERSON_CODES,
    QuestionCodes,
    answer_codes,
    answer_numbers,
    id_codes,
    id_numbers,
)
from hrkit.forms import pages
from hrkit.forms.surveys.described import Option, SurveyOutline, SurveyPage, SurveyQuestion
from hrkit.model.belonging import NO_PAIR
from hrkit.model.engagement import Engagement, Wave
from hrkit.model.instrument import Question, Scale
from hrkit.model.language import Texts
from hrkit.text import clean

__all__ = ["outline"]


def outline(
    engagement: Engagement, wave: Wave, language: str = "", *, coded: bool = False
) -> SurveyOutline:
    """The survey of a wave.

    Parameters
    ----------
    engagement
        As the wave is asked, with its units.
    language
        The one it speaks; all that respondents may answer in, the engagement's own first, if empty.
    coded
        Whether people are asked for their personal code; nobody has to have one.
    """
    own = language or engagement.language
    spoken = (own,) if language else (own, *(x for x in engagement.languages if x != own))

    def said(key: str, **fields: object) -> Texts:
        return {code: engagement.words(code)(key, **fields) for code in spoken}

    intro = {code: _intro(engagement, wave, code) for code in spoken}
    ends = ("forms.ui.thanks", "forms.survey.thanks", "forms.survey.happens")
    thanks = {code: tuple(engagement.words(code)(key) for key in ends) for code in spoken}
    return SurveyOutline(
        engagement.id,
        engagement.client,
        wave.id,
        own,
        spoken,
        {code: _one(engagement.instrument.title[code]) for code in spoken},
        intro,
        thanks,
        {MARK: engagement.id, PERSON_CODES["wave"]: wave.id},
        (*_person(engagement, spoken, said), *([_code(said)] if coded else [])),
        tuple(_parts(engagement, spoken)),
        _round(wave, said, spoken) if len(engagement.waves) > 1 else None,
    )


def _round(wave: Wave, said: Callable[..., Texts], spoken: tuple[str, ...]) -> SurveyQuestion:
    name = {code: _one(wave.name[code]) for code in spoken}
    option = Option(
        wave.id, id_codes((wave.id,))[wave.id], str(id_numbers((wave.id,))[wave.id]), name
    )
    return SurveyQuestion(
        "",
        PERSON_CODES["wave"],
        said("answers.columns.wave"),
        "one",
        options=(option,),
        scale="wave",
        required=True,
    )


def _code(said: Callable[..., Texts]) -> SurveyQuestion:
    return SurveyQuestion("", PERSON_CODES["code"], said("forms.ui.code"), "line", scale="code")


def _one(text: str) -> str:
    """A text on one line, without what cannot be seen."""
    return " ".join(clean(text).split())


def _intro(engagement: Engagement, wave: Wave, code: str) -> tuple[str, ...]:
    w = engagement.words(code)
    page = pages.welcome_page(engagement, wave, code)
    # Another program saves as it does: nothing is promised of it.
    otherwise = {w("forms.welcome.choice.text"): w("forms.survey.choice")}
    told = [page["intro"]]
    for point in page["points"]:
        lead = point["lead"] + ("" if point["lead"].endswith("?") else ":")
        told.append(f"{lead} {otherwise.get(point['text'], point['text'])}")
    told += [page["closes"]] if page["closes"] else []
    return tuple(_one(text) for text in told)


def _person(
    engagement: Engagement, spoken: tuple[str, ...], said: Callable[..., Texts]
) -> Iterator[SurveyQuestion]:
    """Role, unit, and tier and pair where they are asked."""
    instrument = engagement.instrument

    def options(names: Mapping[str, Texts]) -> tuple[Option, ...]:
        codes, numbers = id_codes(names), id_numbers(names)
        return tuple(
            Option(id, codes[id], str(numbers[id]), {k: _one(v) for k, v in label.items()})
            for id, label in names.items()
        )

    roles = {
        id: {code: pages.role_name(instrument, id, code) for code in spoken}
        for id in instrument.perspectives
    }
    yield SurveyQuestion(
        "",
        "perspective",
        said("forms.ui.role"),
        "one",
        options=options(roles),
        scale="perspective",
        required=True,
    )
    if len(engagement.units) > 1:
        units = {
            unit.id: {
                code: pages.unit_name(engagement, unit, engagement.words(code)) for code in spoken
            }
            for unit in engagement.units
        }
        yield SurveyQuestion(
            "",
            "unit",
            said("forms.ui.unit"),
            "one",
            options=options(units),
            scale="unit",
            required=True,
        )
    if engagement.tiers:
        tiers = {one.id: {code: one.name[code] for code in spoken} for one in engagement.tiers}
        asked = _all_or(one.perspectives for one in engagement.tiers)
        yield SurveyQuestion(
            "",
            PERSON_CODES["level"],
            said("forms.ui.tier"),
            "one",
            roles=asked,
            options=options(tiers),
            scale="tier",
        )
    if engagement.pairs:
        pairs: dict[str, Texts] = {
            one.id: dict.fromkeys(spoken, one.name) for one in engagement.pairs
        }
        none = Option(NO_PAIR, "none", "0", said("forms.ui.no_pair"))
        asked = _all_or(one.perspectives for one in engagement.pairs)
        yield SurveyQuestion(
            "",
            PERSON_CODES["pair"],
            said("forms.ui.pair"),
            "one",
            roles=asked,
            options=(*options(pairs), none),
            scale="pair",
        )


def _all_or(lists: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    """The perspectives that any of some lists names; nobody in particular if one names none."""
    found: dict[str, None] = {}
    for one in lists:
        if not one:
            return ()
        found |= dict.fromkeys(one)
    return tuple(found)


def _parts(engagement: Engagement, spoken: tuple[str, ...]) -> Iterator[SurveyPage]:
    instrument = engagement.instrument
    codes = QuestionCodes(instrument)
    sections: dict[str, list[Question]] = {}
    for question in instrument.questions():
        sections.setdefault(question.section.id, []).append(question)
    for asked in sections.values():
        section = asked[0].section
        yield SurveyPage(
            section.id,
            {code: _one(section.name[code]) for code in spoken},
            {code: _one(section.about[code]) for code in spoken},
            tuple(
                one for question in asked for one in _wordings(engagement, codes, question, spoken)
            ),
        )


def _wordings(
    engagement: Engagement, codes: QuestionCodes, question: Question, spoken: tuple[str, ...]
) -> Iterator[SurveyQuestion]:
    """A question once for each wording."""
    instrument, item, scale = engagement.instrument, question.item, question.facet.scale
    alike: dict[tuple[str, ...], list[str]] = {}
    several = len(item.facets) > 1
    for role in item.ask:
        words = []
        for code in spoken:
            text = instrument.wording(item, role, code)
            label = question.facet.label[code]
            words.append(_one(f"{text} – {label}" if several else text))
        alike.setdefault(tuple(words), []).append(role)
    everybody = set(item.ask) == set(instrument.perspectives)
    for wording, roles in alike.items():
        alone = len(alike) == 1
        yield SurveyQuestion(
            question.key,
            codes.of(question.key, "" if alone else roles[0]),
            dict(zip(spoken, wording, strict=True)),
            {"text": "words", "pick": "many"}.get(scale.kind, "one"),  # type: ignore[arg-type]
            () if alone and everybody else tuple(roles),
            _options(scale, spoken),
            scale.id,
            scale.exactly,
            scale.at_most,
            by_role={role: codes.of(question.key, role) for role in roles},
        )


def _options(scale: Scale, spoken: tuple[str, ...]) -> tuple[Option, ...]:
    if scale.kind == "text":
        return ()
    codes, numbers = answer_codes(scale), answer_numbers(scale)
    return tuple(
        Option(
            one.value,
            codes[one.value],
            numbers[one.value],
            {code: _one(one.label[code]) for code in spoken},
        )
        for one in (*scale.choices, *scale.ways_out)
    )
