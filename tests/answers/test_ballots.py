"""What is chosen of a list, in files: a column an option, read into one answer."""

from __future__ import annotations

import random

import pytest

from hrkit.answers.ballots import answer_columns
from hrkit.answers.readers.template import read_answers
from hrkit.answers.store import open_store
from hrkit.answers.writers.template import write_template
from hrkit.errors import AnswersError
from hrkit.model import engagement_file as engagements
from hrkit.model.ballot import ballot

from .sample import ENGAGEMENT
from .test_template import filled, sheets_of

NINE = ("roles", "trust", "presence", "expertise", "direction", "leadership", "across", "chain",
        "renewal")  # fmt: skip
KEYS = [f"matters.01:{name}" for name in NINE]
HEADER = ["code", "wave", "unit", "perspective", "trust.06", *KEYS]


@pytest.fixture
def engagement(folder):
    path = folder / "engagement.yml"
    path.write_text(ENGAGEMENT.replace("instrument: small", "instrument: partnership"), "utf-8")
    return engagements.load(folder)


@pytest.fixture
def take(engagement, write_csv):
    def read(*rows, header=HEADER):
        whole = [["", "w1", "north", "leader", "", *row] for row in rows]
        return read_answers(write_csv([header, *whole]), engagement)

    return read


def row(**cells):
    return [cells.get(name, "") for name in NINE]


def said(reading):
    return list(reading.responses.answers["value"])


def test_an_option_has_a_column_and_the_question_none(engagement):
    keys = answer_columns(engagement.instrument)
    assert [key for key in keys if key.startswith("matters")] == KEYS


@pytest.mark.parametrize(
    "yes", ["1", "1,0", "x", "X", "Valgt", "chosen", "gekozen", "ja", "✓", "1 – Valgt"]
)
@pytest.mark.parametrize("no", ["", "0", "Ikke valgt", "not chosen", "nee"])
def test_whatever_people_write_for_chosen_and_not(take, yes, no):
    cells = dict.fromkeys(NINE, no) | {"trust": yes, "chain": yes, "roles": yes}
    assert said(take(row(**cells))) == ["roles trust chain"]


def test_four_are_refused_with_the_row_and_what_to_do(take):
    with pytest.raises(AnswersError) as refused:
        take(row(trust="1", chain="1", roles="1"), row(trust="1", chain="1", roles="1", across="x"))
    (problem,) = refused.value.problems
    assert problem.where.endswith("row 3, matters.01")
    assert problem.what == "4 are chosen (roles, trust, across, chain), and 3 may be"
    assert problem.fix == "correct it, or leave all of them blank"


def test_what_is_no_answer_is_refused(take):
    with pytest.raises(AnswersError) as refused:
        take(row(trust="3", chain="maybe", roles="dk"))
    assert len(refused.value.problems) == 3


def test_fewer_are_taken_and_told(take):
    reading = take(row(trust="1", chain="1"), row(trust="1", chain="1", roles="1"))
    assert said(reading) == ["trust chain", "roles trust chain"]
    assert any("row 2 chooses fewer than 3 under matters.01" in note for note in reading.notes)


def test_a_row_of_nothing_but_not_chosen_is_no_answer(take):
    with pytest.raises(AnswersError, match=r"1 thing to mend"):
        take(row(**dict.fromkeys(NINE, "0")))


def test_an_option_that_is_not_there_is_a_heading_nobody_knows(take):
    with pytest.raises(AnswersError) as refused:
        take(row(), header=[*HEADER[:-1], "matters.01:luck"])
    assert "matters.01:luck" in refused.value.problems[0].what


def test_what_comes_in_is_what_the_store_holds(engagement, take):
    with open_store(engagement) as store:
        store.add(take(row(trust="1", chain="1", roles="1")), doubles="other")
        assert list(store.read("w1").answers["value"]) == ["roles trust chain"]


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize(("language", "word"), [("da", "Valgt"), ("en", "Chosen")])
def test_both_workbooks_come_back_as_they_were_filled_in(
    engagement, tmp_path, form, language, word
):
    picked = set(random.Random(4).sample(NINE, 3))
    path = write_template(engagement, tmp_path / "empty.xlsx", language, form=form)
    title, lines = sheets_of(engagement, path)["leader"]
    said = engagement.words(language)
    told = {f"matters.01:{option}": word for option in picked}
    told |= {"wave": "w1", "unit": "north"}
    told |= {said(f"answers.columns.{one}"): told[one] for one in ("wave", "unit")}
    heads = lines if form else [[head] for head in lines[0]]
    cells = {
        ((place, 2) if form else (1, place)): told[key]
        for place, line in enumerate(heads)
        if (key := str(line[0]).partition(" ")[0]) in told
    }
    assert len(cells) == 5
    reading = read_answers(filled(path, tmp_path, {title: cells}), engagement)
    assert list(reading.responses.answers["value"]) == [ballot(NINE, picked)]
