"""What questions and answers are called in other programs: short, plain, and found again."""

import pytest

from hrkit import kit
from hrkit.answers.ballots import answer_columns
from hrkit.answers.tool_codes import (
    LONGEST,
    LONGEST_ANSWER,
    MARK,
    PERSON_CODES,
    AskedAs,
    QuestionCodes,
    answer_codes,
    answer_numbers,
    id_codes,
    id_numbers,
)
from hrkit.model.instrument_file import load

KIT = (
    "instruments/partnership.yml",
    "instruments/role-blueprint.yml",
    "tools/services/services.yml",
    "tools/preparation/preparation.yml",
)


@pytest.fixture(scope="module", params=KIT)
def instrument(request):
    return load(kit.templates() / request.param)


def test_every_question_has_a_code_of_its_own_that_every_program_takes(instrument):
    codes = QuestionCodes(instrument)
    given = {}
    for key, question in answer_columns(instrument).items():
        for who in ("", *question.item.ask):
            given[AskedAs(key, who)] = codes.of(key, who)
    assert len(set(given.values())) == len(given)
    for asked, code in given.items():
        assert code.isascii() and code.isalnum() and code[0].isalpha() and code.islower()
        assert len(code) <= LONGEST
        assert codes.find(code) == codes.find(code.upper()) == asked
    assert not set(given.values()) & {MARK, *PERSON_CODES.values()}


def test_answers_have_codes_of_their_own(instrument):
    for scale in instrument.scales.values():
        if scale.kind == "text":
            continue
        for codes, most in ((answer_codes(scale), LONGEST_ANSWER), (answer_numbers(scale), 3)):
            assert len(set(codes.values())) == len(codes)
            assert all(code.isalnum() and len(code) <= most for code in codes.values())


def test_an_option_is_found_however_a_program_writes_it():
    codes = QuestionCodes(load(kit.templates() / "instruments/partnership.yml"))
    said = (
        "matters01[trust]",
        "MATTERS01/trust",
        "matters01___trust",
        "matters01_2",
        "matters01#2",
    )
    assert {codes.find(one) for one in said} == {AskedAs("matters.01:trust")}
    assert codes.find("matters01[nothing]") is None
    assert codes.find("Q1") is None


def test_a_list_that_has_grown_moves_nobody():
    before, after = ["north", "south-west"], ["east", "north", "south-west", "south-east"]
    for made in (id_codes, id_numbers):
        now = made(after)
        assert all(now[id] == code for id, code in made(before).items())
        assert len(set(now.values())) == len(after)
