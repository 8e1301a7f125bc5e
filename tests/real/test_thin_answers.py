"""Empty, thin and odd answers, the whole way: the report says what it cannot say, and shows no more."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from hrkit.answers.store import open_store
from hrkit.cli import main
from hrkit.model import instrument_file as instruments
from hrkit.model.engagement_file import load

from .conftest import (
    INSTRUMENTS,
    NO_VALUE,
    hrkit,
    new,
    printed,
    release,
    text_of,
    without_sources,
)

PARTNERSHIP = instruments.load("partnership")
BALLOT = {
    name: [q for q in PARTNERSHIP.questions(name) if q.facet.scale.kind == "rating"]
    for name in PARTNERSHIP.perspectives
}
#: Sentences of the report, by language.
NOTHING = {
    "en": "Too few have answered for results to be shown.",
    "da": "Der er for få svar til, at resultater kan vises.",
    "nl": "Er zijn te weinig antwoorden om resultaten te tonen.",
}
NO_ADVICE = {
    "en": "Without figures that may be shown, this report gives no advice.",
    "da": "Uden tal, der kan vises, anbefaler rapporten ingen handlinger.",
    "nl": "Zonder cijfers die getoond mogen worden, adviseert dit rapport geen acties.",
}
FEW = {"en": "fewer than 5", "da": "færre end 5", "nl": "minder dan 5"}
NO_COMPARISON = {
    "en": "The two sides cannot be compared: one of the groups is too small to be shown.",
    "da": "De to parter kan ikke sammenlignes: Den ene gruppe er for lille til at blive vist.",
    "nl": "Vergelijken kan niet: een van beide groepen is te klein om te tonen.",
}
TALK_INSTEAD = {
    "en": "fewer than 5 answers, so the two sides are not compared in figures",
    "da": "færre end 5 svar, så de to parter sammenlignes ikke i tal",
    "nl": "minder dan 5 antwoorden, daarom vergelijken we beide partijen niet in cijfers",
}
PROTECTED = {
    "en": "Left out, so that no small group’s answers can be worked out.",
    "da": "Udeladt, så ingen lille gruppes svar kan regnes ud.",
    "nl": "Niet getoond, zodat je de antwoorden van een kleine groep niet kunt afleiden.",
}

Answer = Callable[[int, str], str]


def people(count: int, perspective: str, answer: Answer | str) -> list[dict[str, str]]:
    """Rows of the kit's answer file; ``answer`` is one value, or made of person and question."""
    give = answer if callable(answer) else (lambda _, __: answer)
    return [
        {"perspective": perspective, **{q.key: give(i, q.key) for q in BALLOT[perspective]}}
        for i in range(count)
    ]


def varied(middle: int) -> Answer:
    """Answers one below, at and one above a value, by turns."""
    return lambda person, key: str(middle + (person + len(key) + ord(key[-1])) % 3 - 1)


def best(person: int, key: str) -> str:
    """The answer of somebody for whom nothing could be better."""
    return "1" if PARTNERSHIP.keys[key].item.reversed else "5"


@pytest.fixture
def harbour(tmp_path: Path) -> Callable[..., Path]:
    """An engagement of the partnership instrument with these answers, imported from a CSV file."""

    def make(language: str, rows: Iterable[dict[str, str]] = ()) -> Path:
        folder = new(tmp_path / "client", "Harbour & Co", "partnership", language)
        listed = list(rows)
        if listed:
            path = tmp_path / "given.csv"
            columns = dict.fromkeys(name for row in listed for name in row)
            with path.open("w", encoding="utf-8", newline="") as file:
                table = csv.DictWriter(file, [*columns])
                table.writeheader()
                table.writerows(listed)
            assert f"{len(listed)} new" in hrkit("import", path, "--into", folder)
        return folder

    return make


def means(text: str) -> list[str]:
    """Everything in a report that is printed as a mean with its number of answers."""
    return re.findall(r"\d[.,]\d \([^)]*\), n = \d+|\d[.,]\d \(\d+\)", text)


def shows_nothing(text: str, language: str, why: str = "") -> None:
    assert (why or NOTHING[language]) in text
    assert NO_ADVICE[language] in text
    assert means(text) == []
    assert not NO_VALUE.search(text)


def test_without_a_store_there_is_a_message_and_no_report(harbour) -> None:
    folder = harbour("en")
    result = CliRunner().invoke(main, ["report", str(folder)])
    assert result.exit_code == 1
    assert result.output.startswith("There are no answers yet: answers.sqlite is not there.")
    assert not list(folder.glob("*.pdf"))


@pytest.mark.parametrize("language", ["en", "da", "nl"])
def test_a_store_without_answers_gives_one_sentence_and_no_report(harbour, language) -> None:
    folder = harbour(language)
    open_store(load(folder)).close()
    result = CliRunner().invoke(main, ["report", str(folder)])
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1 and "no answers" in result.output
    assert not list(folder.glob("*.pdf"))


def test_one_respondent(harbour) -> None:
    text = printed(harbour("da", people(1, "leader", "4")))
    shows_nothing(text, "da")
    assert FEW["da"] in text
    assert "4,0" not in text
    assert "n = 1" not in text


def test_everybody_answers_dont_know(harbour) -> None:
    text = printed(harbour("nl", people(12, "leader", "dk") + people(8, "hr", "dk")))
    shows_nothing(text, "nl", "Er is geantwoord, maar meestal ‘weet ik niet’")
    assert "hebben een oordeel gegeven; de anderen hebben ‘weet ik niet’" in text
    assert "12 Leidinggevenden hebben geantwoord" in text


def test_one_perspective_only(harbour) -> None:
    text = printed(harbour("en", people(12, "leader", varied(3))))
    assert NO_COMPARISON["en"] in text
    assert TALK_INSTEAD["en"] in text
    assert ", n = 12" in text
    assert "clearly higher for" not in text
    assert not NO_VALUE.search(text)


def test_hr_smaller_than_the_threshold_is_nowhere_to_be_seen(harbour) -> None:
    folder = harbour("da", people(12, "leader", varied(4)) + people(3, "hr", "1"))
    text = printed(folder)
    assert NO_COMPARISON["da"] in text
    assert f"HR-partnere: {TALK_INSTEAD['da']}" in text
    assert "for få svar" in text
    assert "1,0" not in text
    assert "n = 3" not in text
    released = release(folder)
    for section in PARTNERSHIP.dimensions:
        hr, leaders, everybody = (
            released.score(section.id, group, "org") for group in ("hr", "leader", "all")
        )
        assert (hr.mean, hr.n) == (None, None)
        # Leaders rate their own leadership: that makes no total.
        own = "leader" in section.self_raters
        assert everybody.mean == (None if own else leaders.mean)


def test_hr_and_pay_together_reach_the_threshold(harbour) -> None:
    rows = (
        people(12, "leader", varied(4)) + people(3, "hr", varied(3)) + people(2, "pay", varied(3))
    )
    text = printed(harbour("en", rows))
    assert "HR partners and Pay partners are reported together as HR and pay partners" in text
    assert re.search(r"HR/Pay \d\.\d \([^)]*\), n = 5", text)
    assert TALK_INSTEAD["en"] not in text


def test_exactly_as_many_as_the_threshold(harbour) -> None:
    rows = people(5, "leader", varied(3)) + people(5, "hr", varied(4))
    text = printed(harbour("da", rows))
    assert "n = 5" in text
    assert "Med færre end ti svar hos en part kalder vi ingen forskel tydelig." in text
    assert "tydeligt højere hos" not in text
    assert "Søjlerne til højre" not in text
    assert not NO_VALUE.search(text)


def test_everybody_at_the_end_of_the_scale_is_withheld(harbour) -> None:
    folder = harbour("en", people(12, "leader", best) + people(8, "hr", best))
    text = printed(folder)
    assert PROTECTED["en"] in text
    assert "5.0" not in text
    assert means(text) == []
    assert all(score.mean is None for score in release(folder).scores)


def test_everybody_in_the_middle(harbour) -> None:
    folder = harbour("da", people(12, "leader", "3") + people(8, "hr", "3"))
    text = printed(folder)
    # From ten answers a unanimous mean is withheld: bars and bands beside it would tell it.
    assert "Ledere 3,0" not in text
    assert re.search(r"HR 3,0 \([^)]*\), n = 8", text)
    assert not NO_VALUE.search(text)
    assert "tydeligt højere hos" not in text
    # A unanimous statement has no spread that could be shown.
    assert "Søjlerne til højre" not in text


def test_a_statement_that_nobody_answered(harbour) -> None:
    def answer(person: int, key: str) -> str:
        return "" if key == "trust.08" else varied(3)(person, key)

    folder = harbour("nl", people(12, "leader", answer) + people(8, "hr", answer))
    released = release(folder)
    assert released.score("trust.08", "leader", "org").why == "nobody"
    assert released.score("trust", "leader", "org").n == 12
    text = printed(folder)
    assert not NO_VALUE.search(text)


def test_a_dimension_that_nobody_answered(harbour) -> None:
    def answer(person: int, key: str) -> str:
        return "" if key.startswith("trust.") else varied(3)(person, key)

    text = printed(harbour("en", people(12, "leader", answer) + people(8, "hr", answer)))
    assert "No result may be shown for this dimension." in text
    assert "Nobody was asked, or nobody could answer." in text
    assert not NO_VALUE.search(text)


# -------------------------------------------------------------------------------- languages

ENGLISH = re.compile(
    r"\b(the|and|with|this|that|which|are|not|from|their|answers|shown|people|should)\b", re.I
)


@pytest.mark.parametrize("language", ["da", "nl"])
def test_a_full_report_has_no_english_word(written, language: str, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(written("municipality", language, "pdf"))
    text = without_sources(text_of(tmp_path / "report.pdf"), PARTNERSHIP)
    assert ENGLISH.findall(text) == []


@pytest.mark.parametrize("language", ["da", "nl"])
def test_a_report_without_numbers_has_no_english_word(harbour, language) -> None:
    rows = people(3, "leader", varied(3)) + people(2, "hr", "dk")
    text = without_sources(printed(harbour(language, rows)), PARTNERSHIP)
    assert ENGLISH.findall(text) == []


# ----------------------------------------------------------------------- everybody the same


def test_equal_means_are_not_ranked_and_no_spread_is_not_called_certain(harbour) -> None:
    alike = printed(harbour("en", people(12, "leader", "3") + people(8, "hr", "3")))
    assert not re.search(r"Highest is [\w &]+ with 3\.0, lowest", alike)
    assert "±0.0" not in alike
    assert "(3.0–3.0)" not in alike


def test_perspectives_of_an_instruments_own_are_pooled_by_name(tmp_path) -> None:
    text = (INSTRUMENTS / "lq2002-hostility.yml").read_text("utf-8")
    own = (
        "asked: [soldier, officer, nco]\n  pool: {nco: officer}\n  names:\n"
        '    officer: {en: "Officers"}\n    nco: {en: "Sergeants"}'
    )
    path = tmp_path / "pooled.yml"
    path.write_text(text.replace("asked: [soldier]\n  names:", own), "utf-8")
    folder = new(tmp_path / "client", "A company", path)
    rows = ["perspective,hostil.01,hostil.02,hostil.03", *["soldier,1,2,3"] * 7]
    rows += [*["officer,1,0,2"] * 4, *["nco,2,1,1"] * 3]
    (tmp_path / "given.csv").write_text("\n".join(rows), "utf-8")
    hrkit("import", tmp_path / "given.csv", "--into", folder)
    assert "Officers and Sergeants are reported together" in printed(folder)
