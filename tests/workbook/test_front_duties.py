"""The front page's duties: shown, erased, purged, papers, handed on, encrypted; no browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

import hrkit
from hrkit.answers.store import open_store
from hrkit.model import engagement_file as engagements
from hrkit.model.language import words
from hrkit.storage import cipher
from hrkit.workbook.front.pages import PAGES
from tests.duties.test_duties import WORDS, answered_once, everything, found
from tests.quick import at_home
from tests.workbook.test_front import Page

__all__ = ["answered_once"]
KEY = "en lang sætning om æbler"


@pytest.fixture
def there(answered_once: tuple[Path, str], tmp_path: Path) -> tuple[Page, Path, str]:
    once, code = answered_once
    folder = Path(shutil.copytree(once, tmp_path / "acme"))
    at_home(folder)
    page = Page(tmp_path)
    page.do("clients:open", folder="acme")
    page.tell({"type": "speak", "language": "da"})
    page.go("duties")
    return page, folder, code


def sent(page: Page) -> str:
    return json.dumps(page.sent, ensure_ascii=False)


def test_what_is_kept_is_written_and_not_brought_into_the_page(
    there: tuple[Page, Path, str],
) -> None:
    page, folder, code = there
    assert not page.do("duties:subject", code="")["good"]
    assert not page.do("duties:subject", code="AAAA-AAAA-AA")["good"]
    said = page.do("duties:subject", code=code, language="da")
    assert said["good"], said
    assert said["call"] == 'hrkit.duties.export_subject("acme", "…", language="da")'
    made = sorted(path.suffix for path in (folder / "duties").iterdir())
    assert made == [".json", ".pdf"]
    assert code not in sent(page) and WORDS not in sent(page)


def test_an_erasure_is_looked_at_and_asked_twice(there: tuple[Page, Path, str]) -> None:
    page, folder, code = there
    (folder / "old.txt").write_text(WORDS, "utf-8")
    (folder / "note.txt").write_text("nothing", "utf-8")
    w, sure = words("da"), {"read": True, "client": "acme a/s"}
    # Without having looked, nothing goes.
    assert not page.do("duties:erase", **sure)["good"]
    said = page.do("duties:erase_look", code=code)
    assert said["good"] and said["text"] == w("front.duties.erase.asked")
    shown = json.dumps(page.view["parts"], ensure_ascii=False)
    assert w("front.duties.erase.unlinked") in shown
    rows = next(p for p in page.parts() if p["kind"] == "table")["rows"]
    assert rows[-1] == ["old.txt", "indeholder ord fra et svar", "er der stadig"]
    for wrong in ({**sure, "read": False}, {**sure, "client": "Beta"}):
        assert not page.do("duties:erase", **wrong)["good"]
    assert page.do("duties:leave")["good"] and not page.do("duties:erase", **sure)["good"]
    with open_store(engagements.load(folder), write=False) as store:
        assert store.subject(code)
    page.do("duties:erase_look", code=code)
    said = page.do("duties:erase", **sure, files=True)
    assert said["good"] and said["text"].startswith("Slettet: "), said
    assert said["call"] == 'hrkit.duties.erase("acme", "…", files=True)'
    assert any(note.startswith("old.txt: ") and "slettet" in note for note in said["notes"])
    assert not (folder / "old.txt").exists() and (folder / "note.txt").exists()
    assert found([WORDS, code], folder) == []
    assert code not in sent(page) and WORDS not in sent(page)
    # It stands among what was done, in the page's language.
    acts = [row[2] for p in page.parts() if p["kind"] == "table" for row in p["rows"]]
    assert acts[0] == "én person slettet" and "oprettet" in acts


def test_a_purge_names_what_goes_and_what_stays(there: tuple[Page, Path, str]) -> None:
    page, folder, _ = there
    w = words("da")
    assert page.do("duties:save", **{"duties/answers_until": "2099-01-01"})["good"]
    said = page.do("duties:purge_look", wave="", before="")
    assert said["text"] == w("front.duties.purge.found_none") and said["notes"]
    assert not page.do("duties:purge", read=True, client="Acme A/S")["good"]
    # The day has come: the page says so, and what was promised goes.
    assert page.do("duties:save", **{"duties/answers_until": "2020-01-01"})["good"]
    late = words("da")("front.duties.overdue", day="1. januar 2020", page="Databeskyttelse")
    # Whoever never opens that page reads it too, and nowhere before a client is open.
    for one in PAGES:
        page.go(one.id)
        told = [part["text"] for part in page.parts() if part["kind"] == "text"]
        assert (told[:1] == [late]) is (one.needs == "client"), one.id
    page.go("duties")
    assert page.do("duties:purge_look")["good"]
    assert not page.do("duties:purge", read=True, client="")["good"]
    said = page.do("duties:purge", read=True, client="Acme A/S")
    assert said["good"] and said["call"] == 'hrkit.duties.purge("acme")', said
    assert late not in json.dumps(page.view["parts"], ensure_ascii=False)
    with open_store(engagements.load(folder), write=False) as store:
        assert not store.waves()
    assert found([WORDS], folder) == []


def test_dates_and_basis_are_written_with_what_a_person_wrote_kept(
    there: tuple[Page, Path, str],
) -> None:
    page, folder, _ = there
    path = folder / "engagement.yml"
    path.write_text("# my own line\n" + path.read_text("utf-8"), "utf-8")
    page.go("duties")
    given = {"answers_until": "2029-01-01", "officer": "Kim, dpo@acme.example", "basis": "consent", "heard": "2026-09-01"}  # fmt: skip
    assert page.do("duties:save", **{f"duties/{key}": one for key, one in given.items()})["good"]
    text = path.read_text("utf-8")
    assert text.startswith("# my own line")
    said = yaml.safe_load(text)["duties"]
    assert {key: str(said[key]) for key in ("answers_until", "officer", "basis")} == {
        key: given[key] for key in ("answers_until", "officer", "basis")
    }
    assert str(said["heard"]) == "2026-09-01"
    assert page.do("duties:save", **{"duties/heard": ""})["good"]
    assert not yaml.safe_load(path.read_text("utf-8"))["duties"].get("heard")
    assert engagements.load(folder).duties.officer.startswith("Kim")


def test_papers_are_asked_for_in_a_process_of_their_own(there: tuple[Page, Path, str]) -> None:
    page, folder, _ = there
    said = page.do("duties:papers", language="nl", names=["notice", "../x"])
    assert said["good"] and said["call"] == 'hrkit.duties.papers("acme", names=["notice"], language="nl")'  # fmt: skip
    (told,) = page.asked
    assert told["job"] == "duties.papers" and told["args"] == [str(folder)]
    heard: list[Any] = []
    import io

    from hrkit.workbook.front import work

    out = io.StringIO()
    work.run(told, out)
    heard = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [Path(one).name.split("-")[-1] for one in heard[-1]["files"]] == ["notice.docx", "notice.pdf"]  # fmt: skip


def test_a_zip_needs_a_password_typed_twice(there: tuple[Page, Path, str]) -> None:
    pyzipper = pytest.importorskip("pyzipper", reason="needs hrkit[encrypted]")
    page, folder, _ = there
    (folder / f"{engagements.load(folder).id}-w1-en-full.pdf").write_bytes(b"%PDF-1.7 hello")
    assert not page.do("duties:deliver", wave="w1", password=KEY, again="another")["good"]
    assert not page.do("duties:deliver", wave="w1", password="short", again="short")["good"]
    assert not list(folder.glob("*.zip"))
    said = page.do("duties:deliver", wave="w1", password=KEY, again=KEY)
    assert said["good"] and said["call"] == 'hrkit.deliver("acme", wave="w1")', said
    (made,) = folder.glob("*.zip")
    with pyzipper.AESZipFile(made) as packed:
        packed.setpassword(KEY.encode())
        assert b"%PDF-1.7 hello" in [packed.read(name) for name in packed.namelist()]
    assert said["notes"] and KEY not in sent(page)


def test_an_encrypted_client_is_opened_with_its_key(there: tuple[Page, Path, str]) -> None:
    pytest.importorskip("sqlcipher3", reason="needs hrkit[encrypted]")
    page, folder, _ = there
    w = words("da")
    assert not page.do("duties:encrypt", key=KEY, again=KEY)["good"]
    assert not page.do("duties:encrypt", key=KEY, again="", read=True)["good"]
    assert page.do("duties:encrypt", key=KEY, again=KEY, read=True)["good"]
    store = folder / "answers.sqlite"
    assert cipher.is_encrypted(store)
    assert not any(WORDS.encode() in data for path, data in everything(folder) if path == store)
    # What takes long knows the key through its pipe; the page and its words never name it.
    page.do("duties:papers", names=["notice"])
    assert page.asked[-1]["keys"][str(store.resolve())] == KEY
    page.hear({"done": {}, "files": []})
    # A job whose page has nothing to add says that it is done: the bar does not stay for ever.
    assert page.sent[-1]["said"]["text"] == w("front.made", what=w("front.duties.papers.title"))
    try:
        # Another kernel does not know it: nothing is shown, and nobody is asked at a terminal.
        cipher._KEYS.clear()
        other = Page(folder.parent)
        other.do("clients:open", folder="acme")
        other.tell({"type": "speak", "language": "da"})
        for id in ("answers", "duties", "setup"):
            other.go(id)
            assert [p["id"] for p in other.view["parts"] if p["kind"] == "form"] == ["unlock"]
        assert not other.do("lock:key", key="a wrong key, quite long")["good"]
        assert not other.do("answers:undo", **{"import": "x"})["good"]
        assert other.do("lock:key", key=KEY)["text"] == w("front.lock.opened")
        other.go("answers")
        assert "unlock" not in json.dumps(other.view["parts"])
        assert not other.do("duties:decrypt")["good"]
        assert other.do("duties:decrypt", read=True)["good"]
        assert cipher.is_database(store)
        assert KEY not in sent(page) + sent(other)
    finally:
        cipher.forget(store)


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_every_state_of_the_page_speaks_its_language(
    there: tuple[Page, Path, str], language: str
) -> None:
    page, _, code = there
    page.tell({"type": "speak", "language": language})
    page.do("duties:erase_look", code=code)
    page.do("duties:purge_look", wave="w1")
    shown = json.dumps(page.view["parts"], ensure_ascii=False)
    assert "front." not in shown
    w = words(language)
    for key in ("erase.sure_yes", "purge.sure_yes", "audit.acts.codes", "encrypt.do"):
        assert w(f"front.duties.{key}") in shown


def test_every_act_and_kind_of_residue_has_its_words() -> None:
    from hrkit.answers.acts import KINDS
    from hrkit.commands.duties.residue import _WHY

    for language in ("da", "nl", "en"):
        known = words(language)
        for kind in KINDS:
            assert f"front.duties.audit.acts.{kind.replace(' ', '_')}" in known
        for kind in _WHY:
            assert f"front.duties.left.{kind}" in known
    assert hrkit.duties.erase
