"""Letters of a round: with the engagement's own names, dates and words, and what is left open told."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import zipfile

import pytest
import yaml
from click.testing import CliRunner

from hrkit import synthetic
from hrkit.cli import main
from hrkit.commands.letters import letters
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Invited
from hrkit.model.languages import codes
from hrkit.model.letters import BLANK, minutes_to_answer
from hrkit.model.letters import letters as filled
from tests.pages import pages_of

OWN = {"link": "https://svar.example/{k}#1", "summary": "2027-03-01", "meeting": "2027-03-09"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("letters")
    synthetic.build(synthetic.client("municipality"), home)
    for store in home.glob("answers.sqlite*"):
        store.unlink()
    return home


def changed(folder, tmp_path, **changes):
    home = tmp_path / "changed"
    home.mkdir(exist_ok=True)
    data = yaml.safe_load((folder / "engagement.yml").read_text("utf-8"))
    (home / "engagement.yml").write_text(json.dumps({**data, **changes}), "utf-8")
    return home


@pytest.mark.parametrize("language", codes())
def test_every_letter_is_one_page_and_the_same_words_in_each_format(folder, tmp_path, language):
    made = letters(folder, language=language, output=tmp_path)
    assert not list(folder.glob("answers.sqlite*"))
    for letter in filled(engagements.load(folder), language):
        stem = tmp_path / f"fjordby-w1-{language}-{letter.id}"
        (page,) = pages_of(stem.with_suffix(".pdf"))
        mail = stem.with_suffix(".txt").read_text("utf-8")
        with zipfile.ZipFile(stem.with_suffix(".docx")) as book:
            word = re.sub(r"<[^>]+>", "", book.read("word/document.xml").decode())
        for text in (letter.greeting, *letter.paragraphs, letter.signed):
            assert text in mail
            assert re.sub(r"\W", "", text) in re.sub(r"\W", "", page.replace("\N{SOFT HYPHEN}", ""))
            assert re.sub(r"\W", "", text) in re.sub(r"\W", "", word)
        # The note to the sender is on the sheet for the sender, and in no letter.
        assert letter.sender not in mail
    (sheet,) = pages_of(tmp_path / f"fjordby-w1-{language}-overview.pdf")
    assert sheet.count(BLANK) == 0
    assert len(made.paths) == 3 * 5 + 2


@pytest.mark.parametrize("language", codes())
def test_no_letter_promises_what_the_engagement_does_not_say(folder, language):
    engagement = dataclasses.replace(engagements.load(folder), audience={})
    for letter in filled(engagement, language):
        said = " ".join((letter.subject, letter.greeting, *letter.paragraphs, letter.signed))
        assert "{" not in said and engagement.client in said
        assert said.count(BLANK) == len(letter.open)
        assert ("audience" in letter.left_out) == (letter.id != "reminder")


def test_dates_links_and_thresholds_are_the_engagements_own(folder, tmp_path):
    home = changed(folder, tmp_path, letters=OWN, protection={"scores": 7, "details": 12})
    by = {letter.id: letter for letter in filled(engagements.load(home), "nl")}
    # What comes from outside is text: its braces are no fields.
    assert any(
        text == "Begin hier: https://svar.example/{k}#1" for text in by["invitation"].paragraphs
    )
    closing = " ".join(by["closing"].paragraphs)
    assert "op 1 maart 2027" in closing and "op 9 maart 2027" in closing
    assert by["closing"].open == ("told",) and closing.count(BLANK) == 1
    assert "minstens 7" in closing and "vanaf 12" in closing


def test_who_is_asked_is_who_is_invited(folder):
    engagement = engagements.load(folder)
    few = tuple(Invited("w1", "org", one, 9) for one in ("hr", "leader"))
    by = {one.id: one for one in filled(dataclasses.replace(engagement, invited=few), "en")}
    told = " ".join(by["representatives"].paragraphs)
    assert "We ask the leaders and HR." in told and "If employees are to be asked" in told
    assert any(text.startswith("We ask HR about the same") for text in by["leaders"].paragraphs)
    alone = dataclasses.replace(engagement, invited=few[1:])
    by = {one.id: one for one in filled(alone, "en")}
    assert not any("about the same things" in text for text in by["leaders"].paragraphs)
    everybody = {one.id: one for one in filled(engagement, "en")}
    assert "If employees are" not in " ".join(everybody["representatives"].paragraphs)


def test_a_country_has_its_own_wording(folder, tmp_path):
    home = changed(folder, tmp_path, country="be")
    by = {letter.id: letter for letter in filled(engagements.load(home), "nl")}
    assert "CPBW" in by["representatives"].greeting
    assert "ondernemingsraad" in filled(engagements.load(folder), "nl")[0].greeting


def test_the_minutes_are_those_the_questionnaire_promises(folder):
    instrument = engagements.load(folder).instrument
    said = re.search(r"up to (\d+) minutes", str(instrument.intro["en"]))
    assert said and int(said[1]) == minutes_to_answer(instrument)


def test_an_own_letter_wins_and_half_of_one_is_refused(folder, tmp_path):
    home = changed(folder, tmp_path)
    (home / "letters").mkdir()
    text = dict.fromkeys(codes(), "=1+1 {client} {term.unit.one} #let x")
    own = {
        "id": "reminder", "to": text, "when": text, "sender": text, "signed": text,
        "subject": {"text": text}, "greeting": {"text": text}, "paragraphs": [{"text": text}],
    }  # fmt: skip
    file = home / "letters" / "reminder.yml"
    file.write_text(json.dumps(own), "utf-8")
    made = letters(home, ["reminder"], language="en")
    assert "=1+1 Fjordby Kommune unit #let x" in made.paths[0].read_text("utf-8")
    own["signed"] = {"da": "Hilsen"}
    file.write_text(json.dumps(own), "utf-8")
    with pytest.raises(HrkitError, match="Letters of this engagement cannot be used"):
        letters(home, ["reminder"], overwrite=True)


def test_what_is_not_there_is_named_and_a_wrong_date_is_refused(folder, tmp_path):
    with pytest.raises(HrkitError, match="There is no letter 'thanks'; there are representatives"):
        letters(folder, ["closing", "thanks"], output=tmp_path / "new")
    assert not (tmp_path / "new").exists()
    home = changed(folder, tmp_path, letters={"summary": "soon"})
    with pytest.raises(HrkitError, match="soon is no date"):
        letters(home)
    other = changed(folder, tmp_path, instrument="service-check", targets={}, invited=[])
    done = letters(other, ["invitation", "leaders"], language="da", output=tmp_path / "service")
    told = "".join(path.read_text("utf-8") for path in done.paths if path.suffix == ".txt")
    assert "Hvilke af HR’s ydelser bruges, og hvor godt fungerer de?" in told
    assert "Snart bliver I spurgt, hvilke af HR’s ydelser" in told
    assert "samarbejde" not in told
    # Nobody tells leaders that leaders are asked too, whether or not the instrument has sides.
    assert "Vi spørger også topledelsen og HR om" in told


def test_the_command_names_the_files_and_what_is_left(folder, tmp_path):
    done = CliRunner().invoke(main, ["letters", str(folder), "closing", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert str(tmp_path / "fjordby-w1-da-closing.txt") in done.output
    assert "note: closing: write in summary, meeting, told" in done.output


def test_a_letter_changes_no_figure(folder):
    """What only letters say decides nothing about a version: neither its figures nor its look."""
    from hrkit.disclosure.kept.basis import settings_digest

    engagement = engagements.load(folder)
    other = dataclasses.replace(
        engagement, letters=dataclasses.replace(engagement.letters, told=dt.date(2027, 3, 1))
    )
    for look in (False, True):
        assert settings_digest(engagement, look) == settings_digest(other, look)
