"""The words: one glossary per language, and every text of the kit held against it.

What a native editor would strike is data (``glossary/CODE.yml``: `never`); what holds for sentences
of every kind (quotation marks, dashes, names that a verb would have to agree with) stands here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

import pytest

from hrkit import kit
from hrkit.model.glossary import Avoided, explained, glossaries, listed
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.model.terms import expanded, kit_terms
from hrkit.model.yamlfile import read_yaml

from .test_texts import said

TEMPLATES = kit.templates()
FILES = [
    *sorted((TEMPLATES / "duties").glob("*.yml")),
    *sorted((TEMPLATES / "texts").glob("*.yml")),
    *sorted((TEMPLATES / "instruments").glob("*.yml")),
    *sorted((TEMPLATES / "actions").rglob("*.yml")),
    *sorted((TEMPLATES / "tools").rglob("*.yml")),
    *sorted((TEMPLATES / "process").glob("*.yml")),
    *sorted((TEMPLATES / "profiles").glob("*.yml")),
    *sorted((TEMPLATES / "handouts").rglob("*.yml")),
    *sorted((TEMPLATES / "letters").rglob("*.yml")),
    *sorted((TEMPLATES / "workshop").rglob("*.yml")),
    TEMPLATES / "perspectives.yml",
    TEMPLATES / "phases.yml",
]
#: What people were asked in the first edition stays word for word, so that it can be compared.
ASKED = re.compile(
    r"^(?:instruments/partnership-1\.yml:sections\[\d+\]\.(?:items|grid)|tools/preparation/preparation-1\.yml:"
    r"|tools/preparation/preparation\.yml:sections\[\d+\]\.(?:items|choose))"
)
#: Fields that hold the name of a group, a dimension, a unit.
NAMES = (
    "dimension|first|gap|group|high|higher|item|list|low|lower|name|names|parent|part|second"
    "|strength|unit|weak"
)


@functools.cache
def texts() -> tuple[tuple[str, str, str], ...]:
    """Every text that a client or respondent reads: place, language, text with the kit's terms."""
    return tuple(_texts())


def _texts() -> Iterator[tuple[str, str, str]]:
    for path in FILES:
        source = read_yaml(path)
        where = path.relative_to(TEMPLATES).as_posix()
        for place, language, text in said(expanded(source.data, kit_terms())):
            if not place.startswith(
                "before."
            ):  # headings of earlier templates are read, not printed
                yield f"{where}:{place}", language, text
    for code, glossary in glossaries().items():
        for id, entry in glossary.terms.items():
            for text in (
                entry.term,
                entry.text,
                *(t for o in entry.others.values() for t in o.values()),
            ):
                if text:
                    yield f"glossary:{id}", code, kit_terms().fill(text, code)


def spoken(text: str) -> str:
    """A text as it is read, with something in the places of its fields."""
    text = re.sub(r"\{\w+:([^{}|]*)\|[^{}]*\}", r"\1", text)
    return re.sub(r"\{\w+\}", "…", text).replace("\u00ad", "")


def found(language: str, rule: re.Pattern[str], *, raw: bool = False) -> list[str]:
    """Every place in a language where a rule is broken; what was asked in version 1 apart."""
    return [
        f"{place}: {match[0]!r} in {text}"
        for place, one, text in texts()
        if one == language and not ASKED.match(place)
        for match in rule.finditer(text if raw else spoken(text))
    ]


def avoided() -> list[Any]:
    return [
        pytest.param(code, one, id=f"{code}-{one.say[0]}")
        for code, glossary in glossaries().items()
        for one in glossary.avoided
    ]


# ------------------------------------------------------------------------------- the glossary


@pytest.mark.parametrize(("language", "one"), avoided())
def test_no_text_says_what_the_glossary_rules_out(language: str, one: Avoided) -> None:
    assert found(language, one.pattern) == [], one.why


@pytest.mark.parametrize(("language", "one"), avoided())
def test_what_is_ruled_out_would_be_found(language: str, one: Avoided) -> None:
    for phrase in one.say:
        for ending in ("", "n"):
            assert one.pattern.search(f"So {phrase.replace('*', ending)}, it says.")
        assert not one.pattern.search(f"x{phrase.replace('*', '')}")
    assert one.why.strip()


def test_the_reports_list_of_words_comes_from_the_glossary() -> None:
    for code in codes():
        entries = words(code).entries
        for id in listed():
            entry = glossaries()[code].terms[id]
            if not entry.tools:
                key = f"sections.glossary.terms.{id}"
                filled = kit_terms().fill(entry.text or "", code)
                assert (entries[f"{key}.term"], entries[f"{key}.text"]) == (entry.term, filled)
    assert {key.split(".")[3] for key in words("en").entries if ".glossary.terms." in key} < {
        *listed()
    }
    assert "sections.glossary.terms.pair.term" in explained("partnership")
    assert "sections.glossary.terms.pair.term" not in explained("service-check")


def test_a_phrase_in_capitals_is_only_found_in_capitals() -> None:
    touches = glossaries()["da"].touches_law
    assert touches.search("drøft det i MED-udvalget") and not touches.search("tal med dem")


# -------------------------------------------------------------------------------------- typing

TYPED = {
    "a straight quotation mark or apostrophe": r"[\"']",
    "two spaces": r"  ",
    "a hyphen between figures": r"(?<![\w-])\d+-\d+(?![\w-])",
    "a dash without its spaces": r"[^\W\d_]–\s|\s–[^\W\d_]",
}
QUOTES = {"en": r"[‘”](?=\w)|[”„]\w", "da": r"[“„‘]", "nl": r"[“”„]"}
PER_CENT = {"en": r"\d\s%", "da": r"\d%", "nl": r"\d\s%"}


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("what", TYPED)
def test_texts_are_typeset(language: str, what: str) -> None:
    wrong = found(language, re.compile(TYPED[what]))
    if what.startswith("a straight"):  # an apostrophe that the asked statements keep is typeset too
        wrong += [
            f"{p}: {t}" for p, one, t in texts() if one == language and re.search(TYPED[what], t)
        ]
    assert wrong == []


@pytest.mark.parametrize("language", codes())
def test_quotation_marks_and_per_cent_are_those_of_the_language(language: str) -> None:
    assert found(language, re.compile(QUOTES[language])) == []
    assert found(language, re.compile(PER_CENT[language])) == []


# ---------------------------------------------------------------------------------- sentences

#: Verbs that would have to agree with a name that is filled in, one or many.
AGREEING = {
    "en": "is|are|has|have|was|were|does|do|sees?|rates?|counts?|stands?|belongs?|lies?|lie|tends?|appears?"
    "|scores?|answers?|states?|feels?|thinks?|wants?|needs?|carries|carry|comes?|gets?|works?",
    "nl": "is|zijn|heeft|hebben|wordt|worden|ziet|zien|kijkt|kijken|scoort|scoren|telt|tellen|staat|staan"
    "|ligt|liggen|lijkt|lijken|hoort|horen|draagt|dragen|vindt|vinden|antwoordt|antwoorden|kan|kunnen"
    "|krijgt|krijgen|oordeelt|oordelen|toont|tonen|komt|komen|heet|heten",
}


#: A name after one of these is no subject.
PREPOSITIONS = {
    "en": {"of", "from", "on", "for", "by", "with", "to", "in", "than", "between"},
    "nl": {
        "van",
        "voor",
        "vanuit",
        "op",
        "over",
        "bij",
        "aan",
        "met",
        "uit",
        "in",
        "dan",
        "tussen",
    },
}
#: Verbs that Danish dimensions would be the subject of; Danish verbs agree with nothing.
DOES = {**AGREEING, "da": "er|ligger|ser|står|scorer|har|vurderes|kommer|bærer|hører|kan|skal"}


def subjects(language: str, names: str, verbs: str) -> list[str]:
    """Places where a filled-in name is followed by a verb of its own; quoted names are quotations."""
    rule = re.compile(rf"(?:(\w+),? )?\{{(?:{names})\}}(?: \([^()]*\))? (?:{verbs})\b")
    return [
        f"{place}: {match[0]!r} in {text}"
        for place, one, text in texts()
        if one == language
        for match in rule.finditer(text)
        if (match[1] or "").lower()
        not in PREPOSITIONS.get(language, {"på", "hos", "fra", "om", "for"})
    ]


@pytest.mark.parametrize("language", AGREEING)
def test_no_verb_has_to_agree_with_a_name(language: str) -> None:
    """A name may be one or many; the verb is chosen by it (`{group:sees|see}`), or there is none."""
    assert subjects(language, NAMES, AGREEING[language]) == []


#: Words whose form depends on the gender, or the first letter, of a name that a client may put in another's place.
BOUND = {
    "en": r"\b(?:a|an)",
    "da": r"\b(?:en|et|den|det|denne|dette|din|dit|min|mit|hver|hvert|ny|nyt|anden|andet|én|ét|hvilken|hvilket|egen"
    r"|eget|ingen|intet)",
    "nl": r"\b(?:de|het|deze|dit|dat|elke|elk|iedere|ieder|welke|welk|andere|ander|onze|ons|nieuwe|nieuw)",
}
#: What was asked before stays as it was.
EARLIER = frozenset({"partnership-1.yml", "partnership-2-0.yml", "preparation-1.yml"})


@pytest.mark.parametrize("language", sorted(BOUND))
def test_what_depends_on_a_names_gender_is_chosen_by_it(language: str) -> None:
    """`{term.unit:elke|elk} {term.unit.one}`, since a unit may be called a team."""
    rule = re.compile(BOUND[language] + r" \{term\.\w+\.one\}", re.IGNORECASE)
    assert rule.search({"en": "a", "da": "et", "nl": "de"}[language] + " {Term.unit.one}")
    wrong = [
        f"{path.name}:{place}: {text}"
        for path in FILES
        if path.name not in EARLIER
        for place, one, text in said(read_yaml(path).data)
        if one == language and rule.search(text)
    ]
    assert wrong == []


#: Signs that say themselves how many there are of what, though the number stands in the first step only.
COUNTED = frozenset(
    [
        "chain.a18",
        "chain.a44",
        "direction.a14",
        "leadership.a15",
        "leadership.a41",
        "presence.a11",
        "renewal.a36",
    ]
)
NUMBERS = "two|three|four|five|six|seven|eight|ten|twelve"


def test_a_first_sign_does_not_lean_on_the_first_step() -> None:
    """A board's page prints what is proposed and its first sign: of *the three lines* nobody there would know which."""
    leaning = set()
    for path in sorted((TEMPLATES / "actions" / "partnership").glob("*.yml")):
        for one in read_yaml(path).data:
            text, first, sign = (one[key]["en"] for key in ("text", "first", "sign"))
            for number in re.findall(
                rf"\b(?:the|those|these|all) ({NUMBERS})\b", sign, re.IGNORECASE
            ):
                if number in first.split() and number not in re.split(r"\W+", text):
                    leaning.add(one["id"])
    assert leaning <= COUNTED


@pytest.mark.parametrize("language", codes())
def test_no_dimension_does_anything(language: str) -> None:
    """Dimensions are no subjects: people rate, the score on a dimension is high."""
    assert subjects(language, "dimension|strength|gap|weak|high|low", DOES[language]) == []


def test_danish_headings_that_ask_have_a_question_mark() -> None:
    asks = re.compile(r"^(?:Hvem|Hvad|Hvor|Hvordan|Hvorfor|Hvilke[nt]?) ")
    heading = re.compile(
        r"[._](?:title|lead|name)(?:_\w+)?$|:(?:sheet|column|headings)\.|\.lead$|title\."
    )
    wrong = [
        f"{place}: {text}"
        for place, language, text in texts()
        if language == "da"
        and heading.search(place)
        and asks.match(text)
        and len(text) < 60
        and not text.endswith(("?", "."))
    ]
    assert wrong == []


def test_danish_sentences_after_a_colon_begin_with_a_capital() -> None:
    begins = "der (?:er|kan|har|var)|vi (?:kan|har|ser|skriver)|man (?:kan|har|ser)|det (?:er|ville|kan|viser)"
    begins += "|de (?:har|er|kan|var)|den ene|alle (?:har|er)|ingen (?:har|er|kan)|han |hun |jeg |gem |skriv |spørg |tag "
    rule = re.compile(rf": (?:{begins})\b(?! ikke længere$)")
    assert found("da", rule) == []


# -------------------------------------------------------------------------------------- the law


#: Texts of the report; what a respondent or whoever types answers in reads is no advice.
SAID = {
    f"texts/{path.name}"
    for path in FILES
    if path.parent.name == "texts" and path.stem not in ("forms", "answers")
}


def test_what_touches_the_law_sends_the_reader_to_an_adviser_once() -> None:
    """Advice, and what the report itself says; questions and what respondents read are no advice."""
    together: dict[tuple[str, str], list[str]] = {}
    for place, language, text in texts():
        file, _, key = place.partition(":")
        if file.startswith("actions/"):
            together.setdefault((f"{file}{key.split(']')[0]}", language), []).append(text)
        elif file in SAID and text.endswith("."):
            together.setdefault((place, language), []).append(text)
    touched, wrong = 0, []
    for (place, language), all_ in together.items():
        text, one = " ".join(all_), glossaries()[language]
        in_law = any(
            glossaries()[code].touches_law.search(" ".join(together.get((place, code), ())))
            for code in codes()
        )
        remarks = len(one.remark.findall(text))
        touched += in_law
        if remarks > 1 or (in_law and remarks != 1):
            wrong.append(f"{place} {language}: {remarks} in {text}")
    assert wrong == []
    assert touched > 60


PLANTED = [
    (test_no_verb_has_to_agree_with_a_name, "en", "Here {group} see it otherwise."),
    (test_no_verb_has_to_agree_with_a_name, "nl", "Hier telt mee dat {group} het ziet, als {group} het zien; {group} telt minder dan {k}."),
    (test_no_dimension_does_anything, "da", "{dimension} ligger tydeligt højere hos {higher}."),
    (test_no_dimension_does_anything, "en", "{strength} carries the rest."),
    (test_quotation_marks_and_per_cent_are_those_of_the_language, "nl", "Kies “ja”."),
    (test_quotation_marks_and_per_cent_are_those_of_the_language, "en", "In 95 % of cases."),
    (test_danish_headings_that_ask_have_a_question_mark, "da", "Hvem der ser rapporten"),
    (test_danish_sentences_after_a_colon_begin_with_a_capital, "da", "De kan ikke vises: der er for få."),
    (test_what_touches_the_law_sends_the_reader_to_an_adviser_once, "da", "Drøft det i MED-udvalget."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "language", "text"), PLANTED, ids=lambda one: str(one)[:20])
def test_a_broken_sentence_would_be_found(
    rule: Any, language: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = ("texts/report.yml:x.title", language, text)
    there = texts()
    monkeypatch.setattr(f"{__name__}.texts", lambda: (*there, planted))
    with pytest.raises(AssertionError, match="x.title"):
        rule(*(language,) * rule.__code__.co_argcount)
