"""A form as one file: filled in from the disk, saved, taken; and whatever else comes is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.store import open_store
from hrkit.commands.form import form
from hrkit.commands.import_answers import import_answers
from hrkit.errors import AnswersError, HrkitError
from hrkit.model import engagement_file as engagements

from . import lab
from .conftest import BELONGING

PROGRAM = lab.chromium()
Write = Callable[..., Path]


@pytest.fixture
def asked(folder: Path) -> Path:
    with (folder / "engagement.yml").open("a", encoding="utf-8") as file:
        file.write(BELONGING)
    return folder


def content(**changed: Any) -> dict[str, Any]:
    good = {
        "hrkit": "answers",
        "format": 1,
        "engagement": "acme",
        "client": "Åkær Kommune",
        "instrument": "partnership",
        "version": "2.1.1",
        "wave": "w2",
        "perspective": "leader",
        "unit": "school",
        "tier": None,
        "pair": None,
        "language": "da",
        "code": "K7MQ-4XRT-9B",
        "answers": {"trust.01": "4", "open.01": "HR < os =SUM(1) <b>tak</b>"},
    }
    return {key: value for key, value in {**good, **changed}.items() if value != "absent"}


@pytest.fixture
def write(tmp_path: Path, engagement: Any) -> Write:
    def put(name: str = "one.hrkit.json", text: str | None = None, **changed: Any) -> Path:
        path = tmp_path / "back" / name
        path.parent.mkdir(exist_ok=True)
        changed = {"version": engagement.instrument.version, **changed}
        path.write_text(text if text is not None else json.dumps(content(**changed)), "utf-8")
        return path

    return put


def test_each_perspective_has_its_file_and_nothing_is_loaded(folder: Path) -> None:
    made = form(folder)
    assert len(made) == len(engagements.load(folder).instrument.perspectives)
    for path in made:
        text = path.read_text("utf-8")
        assert len(text.encode()) < 300_000
        assert "default-src 'none'" in text and "unsafe" not in text
        plain = text.replace("http-equiv", "")
        assert not re.search(r"(?:src|href)\s*=\s*[\"']|url\(|@import|https?://", plain)
    with pytest.raises(HrkitError, match="king"):
        form(folder, ["king"])


def test_words_of_a_client_cannot_run(folder: Path) -> None:
    path = folder / "engagement.yml"
    bad = "</script><script>alert(1)</script><!--"
    path.write_text(path.read_text("utf-8").replace("Skole og dagtilbud", bad), "utf-8")
    (made,) = form(folder, ["leader"])
    text = made.read_text("utf-8")
    assert text.count("<script") == 2 and text.count("</script>") == 2 and "<!--" not in text


def test_a_file_is_taken_once_and_as_it_is(folder: Path, write: Write) -> None:
    path = write()
    assert import_answers(path, folder).parts[0].added.new == 1
    assert import_answers(path, folder).parts[0].added.same == 1
    with open_store(engagements.load(folder)) as store:
        found = store.read("w2")
        (person,) = found.people.itertuples()
        assert (person.unit, person.perspective, person.language) == ("school", "leader", "da")
        # Own words are text, whatever they look like.
        assert "HR < os =SUM(1) <b>tak</b>" in set(found.answers["value"])
    # Saved anew with other answers, it is the same person, and somebody says so.
    write(answers={"trust.01": "2"})
    with pytest.raises(AnswersError, match="otherwise"):
        import_answers(path, folder)
    assert import_answers(path, folder, replace=True).parts[0].added.replaced == 1


def test_a_folder_of_files_is_taken_whole(folder: Path, write: Write) -> None:
    write("a.hrkit.json")
    path = write("b.hrkit.json", code="K7MQ-4XRT-9C")
    assert import_answers(path.parent, folder).parts[0].added.new == 2
    write("c.hrkit.json", code="K7MQ-4XRT-9C", answers={"trust.01": "1"})
    write("d.hrkit.json", engagement="other")
    with pytest.raises(AnswersError) as error:
        import_answers(path.parent, folder)
    assert "same person's as b.hrkit.json" in str(error.value) and "other" in str(error.value)


@pytest.mark.parametrize(("twice", "counts"), [("last", "5"), ("first", "2")])
def test_of_two_files_of_one_person_their_savings_say_which_came_last(
    folder: Path, write: Write, twice: str, counts: str
) -> None:
    """No time is told: a form counts how often it was saved, also where it goes on from a file."""
    write("later.hrkit.json", saves=3, answers={"trust.01": "5"})
    path = write("sooner.hrkit.json", saves=1, answers={"trust.01": "2"})
    with pytest.raises(AnswersError, match="say --twice last"):
        import_answers(path.parent, folder)
    done = import_answers(path.parent, folder, twice=twice)
    assert done.parts[0].added.new == 1
    assert any(f"the {twice} counts, by how often" in note for note in done.notes)
    with open_store(engagements.load(folder)) as store:
        assert set(store.read("w2").answers["value"]) == {counts}
    # Where they do not say it, nobody guesses.
    write("later.hrkit.json", saves=1, answers={"trust.01": "5"})
    with pytest.raises(AnswersError, match="keep the one that came last"):
        import_answers(path.parent, folder, twice=twice)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"engagement": "other"}, "other"),
        ({"client": "Another A/S"}, "Another A/S"),
        ({"version": "1.0.0"}, "1.0.0"),
        ({"instrument": "service-check"}, "service-check"),
        ({"format": 2}, "another version"),
        ({"format": True}, "another version"),
        ({"wave": "w9"}, "w9"),
        ({"perspective": "<img src=x onerror=alert(1)>"}, "perspective"),
        ({"unit": '=HYPERLINK("http://evil.example")'}, "unit"),
        ({"unit": {"a": 1}}, "unit"),
        ({"code": "1' OR '1'='1"}, "code"),
        ({"code": "0000-0000-00"}, "code"),
        ({"language": "xx"}, "language"),
        ({"tier": "t9"}, "tier"),
        ({"more": 1, "__proto__": {}}, "no form writes"),
        ({"answers": []}, "answers"),
        ({"answers": {}}, "no answer"),
        ({"answers": {"trust.01": 4}}, "trust.01"),
        ({"answers": {"trust.01": "<script>alert(1)</script>"}}, "none of its answers"),
        ({"answers": {"trust.01": "=1+1"}}, "none of its answers"),
        ({"answers": {"open.01": "x" * 4001}}, "4001"),
        ({"answers": {"nothing.99": "1"}}, "not asked"),
        ({"hrkit": "report"}, "no file that a form"),
        ({"saves": "2"}, "has no saves"),
        ({"saves": True}, "has no saves"),
        ({"saves": 10**9}, "has no saves"),
        ({"client": "absent"}, "client"),
    ],
)
def test_whatever_no_form_saves_is_refused(
    folder: Path, write: Write, changed: dict, said: str
) -> None:
    with pytest.raises(AnswersError) as error:
        import_answers(write(**changed), folder)
    assert said in str(error.value) and "nothing was changed" in str(error.value)
    with open_store(engagements.load(folder)) as store:
        assert len(store.read().people) == 0


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "\x00", "[" * 100_000, '{"hrkit": "answers", "hrkit": "answers"}',
     '{"hrkit": NaN}', " " * 600_000, "<html>", "PK\x03\x04"],
)  # fmt: skip
def test_whatever_is_no_such_file_is_refused(folder: Path, write: Write, text: str) -> None:
    with pytest.raises(AnswersError, match="mend"):
        import_answers(write(text=text), folder)


def test_all_faults_are_named_at_once(folder: Path, write: Write) -> None:
    path = write(unit="moon", code="x", answers={"trust.01": "9x", "nix": "1"})
    with pytest.raises(AnswersError) as error:
        import_answers(path, folder)
    assert len(error.value.problems) >= 4


@pytest.mark.browser
@pytest.mark.skipif(PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM")
def test_filled_in_from_the_disk_saved_and_taken(asked: Path, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import expect

    expect.set_options(timeout=20_000)
    (path,) = form(asked, ["leader"])
    errors: list[str] = []
    requested: list[str] = []

    def fit(what: str) -> None:
        found = Axe().run(page).response["violations"]
        assert not found, (what, [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found])
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, what

    with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}) as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.on("request", lambda request: requested.append(request.url))
        page.goto(path.as_uri())
        box = page.locator(".hrkit-form")
        box.get_by_label("Sprog").select_option("en")
        box.get_by_label("Language").select_option("da")
        fit("welcome")
        box.get_by_role("button", name="Begynd").click()
        expect(box).to_contain_text("Vælg, hvor du arbejder")
        box.get_by_label("Hvor arbejder du?").select_option("care-north")
        box.get_by_label("Hvilket ledelsesled").select_option("t2")
        box.get_by_label("Hvilket makkerpar").select_option("p1")
        box.get_by_role("button", name="Begynd").click()
        expect(box.locator(".hk-statement")).to_be_focused()
        for number in range(2, 9):
            page.keyboard.press(str(1 + number % 5))
            expect(box.locator(".hk-place")).to_contain_text(f"{number} af ")
        while not box.locator("textarea").count():
            box.locator(".hk-turn .hk-main").click()
        box.locator("textarea").fill("Æblegrød & <b>ro</b>")
        while not box.locator(".hk-file").count():
            box.locator(".hk-turn .hk-main").click()
        fit("end")
        expect(box).to_contain_text("kun på denne side")
        with page.expect_download() as loaded:
            box.get_by_role("button", name="Gem som fil").click()
        saved = tmp_path / loaded.value.suggested_filename
        loaded.value.save_as(saved)
        expect(box.locator(".hk-file [role=status]")).to_contain_text("Send den nu")
        assert saved.name.startswith("acme-w2-leader-") and saved.name.endswith(".hrkit.json")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0

        # Opened again: the file goes on where it was.
        page.goto(path.as_uri())
        box.get_by_label("Din fil").set_input_files(saved)
        expect(box.locator(".hk-place")).to_contain_text("8 af ")
        box.get_by_role("button", name="Tilbage").click()
        expect(box.locator("input:checked")).to_have_count(1)
        # And counts on how often it was saved.
        while not box.locator(".hk-file").count():
            box.locator(".hk-turn .hk-main").click()
        with page.expect_download() as loaded:
            box.get_by_role("button", name="Gem som fil").click()
        first, again = (json.loads(p.read_text("utf-8")) for p in (saved, loaded.value.path()))
        assert first["code"] == again["code"] and (first["saves"], again["saves"]) == (1, 2)
        # Another's file is none of this form's.
        other = tmp_path / "other.hrkit.json"
        other.write_text(saved.read_text("utf-8").replace('"acme"', '"firm"'), "utf-8")
        page.goto(path.as_uri())
        box.get_by_label("Din fil").set_input_files(other)
        expect(box).to_contain_text("Filen hører ikke til dette skema")
    assert not errors, errors
    assert all(url.startswith(("file:", "blob:")) for url in requested)

    import_answers(saved, asked)
    said = json.loads(saved.read_text("utf-8"))
    with open_store(engagements.load(asked)) as store:
        found = store.read("w2")
        (person,) = found.people.itertuples()
        assert (person.unit, person.level, person.pair) == ("care-north", "t2", "p1")
        keys = engagements.load(asked).instrument.keys
        assert {(row.item, row.facet): row.value for row in found.answers.itertuples()} == {
            (keys[k].item.id, keys[k].facet.id): v for k, v in said["answers"].items()
        }
        assert len(found.answers) == 8
