"""A client's own words for people and places: in every form, or refused."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from hrkit.model import instrument_file as instruments
from hrkit.model.terms import Terms, kit_terms, term_problems, terms_of
from tests.model.own_words import TERMS

OWN = terms_of(TERMS)


@pytest.mark.parametrize(
    ("text", "language", "kits", "own"),
    [
        ("Ask {term.hr_partner.a}.", "en", "Ask an HR partner.", "Ask a people adviser."),
        ("{Term.hr_partner.many} know", "en", "HR partners know", "People advisers know"),
        ("what {term.top_management.def} says", "en", "what top management says",
         "what the executive board says"),
        ("{Term.hr_partner:min|mit} {term.hr_partner.one}", "da", "Min HR-partner",
         "Min HR-konsulent"),
        ("{Term.unit:en|et} {term.unit.one} tæller sine under{term.unit.many}", "da",
         "En enhed tæller sine underenheder", "Et område tæller sine underområder"),
        ("{term.citizen:én|ét} {term.citizen.gen} vej", "da", "én borgers eller kundes vej",
         "ét barns vej"),
        ("van {term.unit.def} naar {term.unit:elke|elk} {term.unit.one}", "nl",
         "van de afdeling naar elke afdeling", "van het team naar elk team"),
        ("telt {term.unit:haar|zijn|zijn} onderdelen", "nl", "telt haar onderdelen",
         "telt zijn onderdelen"),
        ("het {term.unit.stem}overleg", "nl", "het afdelingsoverleg", "het teamoverleg"),
        ("{Term.hr_and_pay.def} og", "da", "HR- og lønpartneren og",
         "HR-konsulenten og lønpartneren og"),
        ("{term.hr_or_pay.one}", "nl", "HR- of payrollpartner", "HR-adviseur of payrollpartner"),
        ("{n} of {group}", "en", "{n} of {group}", "{n} of {group}"),
    ],
)  # fmt: skip
def test_a_sentence_has_its_grammar(text: str, language: str, kits: str, own: str) -> None:
    assert kit_terms().fill(text, language) == kits
    assert OWN.fill(text, language) == own


def test_genitives_follow_from_the_word() -> None:
    terms = terms_of({"unit": {"da": {"one": "hus", "def": "huset", "many": "huse",
                                      "def_many": "husene", "article": "et"}}})  # fmt: skip
    assert terms.form("unit", "gen", "da") == "hus’"
    assert terms.form("unit", "gen_def", "da") == "husets"
    assert kit_terms().form("unit", "gen_many", "en") == "units’"


def without(term: str, language: str, *forms: str) -> dict[str, Any]:
    data = copy.deepcopy(TERMS)
    for form in forms:
        del data[term][language][form]
    return data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (without("unit", "da", "def_many"), "unit.da has no def_many"),
        (without("unit", "da", "many", "article"), "unit.da has no many, article"),
        (without("unit", "nl", "article"), "unit.nl has no article"),
        ({"unit": {"da": TERMS["unit"]["da"]}}, "unit has no forms in nl"),
        ({"hrpartner": {}}, "hrpartner is no term of the kit"),
        ({"top_management": TERMS["top_management"]}, "renamed and top_manager is not"),
        ({"unit": {**TERMS["unit"], "da": {**TERMS["unit"]["da"], "article": "den"}}},
         "'den' is no article"),
        ({"unit": {**TERMS["unit"], "da": {**TERMS["unit"]["da"], "plural": "x"}}},
         "plural is no form of this word"),
        ({"unit": {**TERMS["unit"], "da": {**TERMS["unit"]["da"], "one": "{k}"}}}, "is not a word"),
        ({"unit": {**TERMS["unit"], "da": {**TERMS["unit"]["da"], "one": "x" * 61}}},
         "is not a word"),
        ({"unit": {**TERMS["unit"], "de": {}}}, "de is no language of the kit"),
        ({"unit": "ward"}, "has no languages"),
        ("ward", "is not a list of terms"),
    ],
)  # fmt: skip
def test_half_a_grammar_is_refused(data: Any, says: str) -> None:
    found = [f"{p.where} {p.what}" for p in term_problems(data, ("da", "nl"))]
    assert [one for one in found if says in one], found


def test_all_forms_in_the_engagements_languages_are_enough() -> None:
    assert list(term_problems(TERMS, ("en", "da", "nl"))) == []
    danish = {term: {"da": forms["da"]} for term, forms in TERMS.items()}
    assert list(term_problems(danish, ("da",))) == []
    assert list(term_problems(None, ("da",))) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("{term.nobody.one}", "en"),
        ("{term.unit.a}", "da"),
        ("{term.unit.plural}", "en"),
        ("{term.unit:en|et}", "en"),
        ("{term.unit:a|b|c|d}", "nl"),
        ("{term.unit}", "en"),
    ],
)
def test_a_place_that_cannot_be_filled_is_found(text: str, language: str) -> None:
    assert kit_terms().problem(text, language)


def test_an_instrument_speaks_the_clients_words() -> None:
    kits, own = instruments.load("partnership"), instruments.load("partnership", terms=OWN)
    item = kits.items["roles.01"]
    assert kits.wording(item, "leader", "da").startswith("Jeg har aftalt med min HR-partner")
    assert own.wording(own.items["roles.01"], "leader", "da") == (
        "Jeg har aftalt med min HR-konsulent, hvem af os der gør hvad."
    )
    assert own.people.one("top").name("in_text", "nl") == "de directie"
    assert own.people.name(("hr", "pay"), "label", "en") == "People advisers and pay partners"
    assert instruments.load("partnership", terms=Terms()) is kits
