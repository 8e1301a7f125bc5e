"""A form for each role gives a file for each role: all of them in one command, under one name, or none."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest
from click.testing import CliRunner

from hrkit.answers.store import open_store
from hrkit.cli import main
from hrkit.commands.check import check
from hrkit.commands.import_answers import import_answers
from hrkit.errors import AnswersError
from hrkit.forms.surveys import tools
from hrkit.forms.surveys.outline import outline

from ..sample import dump
from ..simulated import EXPORTS, Person, write_csv
from .filled import PROGRAMS
from .test_written import crowd, expected, made, said


def run(*arguments):
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def forms(tmp_path):
    """An engagement, eight people, and the file of the form that each was sent."""
    engagement = made(tmp_path / "harbour")
    survey = outline(engagement.as_in("w2"), engagement.wave("w2"), coded=True)
    people = crowd(engagement)
    place = tmp_path / "exports"
    place.mkdir()
    files = tools.writer("msforms")(survey).files
    return engagement, people, list(PROGRAMS["msforms"](files, people, engagement, place))


@pytest.fixture(autouse=True)
def _folder(tmp_path):
    (tmp_path / "harbour").mkdir()


def answers(engagement):
    with open_store(engagement) as store:
        return store.read("w2")


def counted(responses):
    class Reading:
        def __init__(self):
            self.responses = responses

    return Counter(said(Reading()))


def test_all_forms_are_taken_in_one_go_and_taken_back_in_one_go(forms):
    engagement, people, files = forms
    assert run("check", *files, "--into", engagement.folder).exit_code == 0
    done = run("import", *files, "--into", engagement.folder, "--name", "spring forms")
    assert done.exit_code == 0, done.stderr
    assert f"{len(people)} rows, {len(people)} new" in done.stdout
    # What is said of all of them in the same words is said once.
    assert f"form1.xlsx (and {len(people) - 1} files more) was read as an export" in done.stdout
    assert done.stdout.count("was read as an export") == 1
    assert counted(answers(engagement)) == Counter(expected(engagement, people))
    assert len(run("imports", engagement.folder).stdout.strip().splitlines()) == 1
    # All of them again, or one alone, is nothing new.
    again = run("import", *files, "--into", engagement.folder)
    assert f"0 new, {len(people)} already there" in again.stdout
    assert "0 new, 1 already there" in run("import", files[3], "--into", engagement.folder).stdout
    undone = run("undo", engagement.folder, "spring forms")
    assert f"{len(people)} people of it went" in undone.stdout
    assert len(answers(engagement)) == 0
    # And may come again afterwards.
    assert f"{len(people)} new" in run("import", *files, "--into", engagement.folder).stdout


def test_a_folder_of_exports_is_all_of_them(forms):
    engagement, people, files = forms
    (files[0].parent / "notes.md").write_text("x")
    (files[0].parent / "~$form1.xlsx").write_bytes(b"a lock of Excel's")
    (files[0].parent / ".DS_Store").write_bytes(b"x")
    assert run("check", files[0].parent, "--into", engagement.folder).exit_code == 0
    done = run("import", files[0].parent, "--into", engagement.folder)
    assert f"{len(people)} rows, {len(people)} new" in done.stdout


def test_files_of_other_programs_beside_what_forms_have_saved_are_named(forms):
    engagement, _, files = forms
    saved = {"hrkit": "answers", "format": 1, "engagement": "harbour", "client": engagement.client,
             "instrument": "partnership", "version": engagement.instrument.version, "wave": "w2",
             "perspective": "leader", "unit": "sheds", "language": "en", "code": "ABCD-EFGH-JK",
             "answers": {"trust.01": "4"}}  # fmt: skip
    (files[0].parent / "a.hrkit.json").write_text(json.dumps(saved), encoding="utf-8")
    checked = check(files[0].parent, engagement.folder)
    assert not checked.problems, checked.problems
    assert any("were not read: form1.xlsx, form10.xlsx" in note for note in checked.notes)
    # Named by itself it stands beside them.
    done = import_answers([*files, files[0].parent / "a.hrkit.json"], engagement.folder)
    assert done.parts[0].added.new == len(files) + 1
    assert not check(files[0].parent / "a.hrkit.json", engagement.folder).problems


def test_one_by_one_and_then_together(forms):
    engagement, people, files = forms
    for path in files[:2]:
        assert run("import", path, "--into", engagement.folder).exit_code == 0
    done = import_answers(files, engagement.folder)
    assert (done.parts[0].added.new, done.parts[0].added.same) == (len(people) - 2, 2)


def test_one_wrong_file_and_none_is_taken(forms):
    engagement, _, files = forms
    (files[0].parent / "wrong.csv").write_text("code,unit\n1,nowhere\n", encoding="utf-8")
    text = files[0].with_name("bad.xlsx")
    text.write_bytes(b"no workbook")
    before = dump(engagement) if (engagement.folder / "answers.sqlite").exists() else None
    done = run("import", *files, text, files[0].parent / "wrong.csv", "--into", engagement.folder)
    assert done.exit_code == 1 and not done.stdout
    # One list of what is wrong in both.
    assert "  - bad.xlsx" in done.stderr and "  - wrong.csv row 1" in done.stderr
    assert before is None and not (engagement.folder / "answers.sqlite").exists()


def test_a_code_counts_once_over_all_files(forms):
    engagement, people, _ = forms
    one, other = (
        Person("leader", "sheds", {"trust.01": n, "open.01": f"Words {n}"}, code="") for n in "42"
    )
    paths = [
        coded(engagement, [one], files_of(engagement) / "a.csv", "k1"),
        coded(engagement, [other, people[0]], files_of(engagement) / "b.csv", "K1", "k2"),
    ]
    with pytest.raises(
        AnswersError, match=r"b.csv row 2: the code K1 stands in a.csv row 2 already"
    ):
        import_answers(paths, engagement.folder)
    assert check(paths, engagement.folder).problems
    for twice, kept in (("last", "2"), ("first", "4")):
        done = import_answers(paths, engagement.folder, twice=twice, name=twice)
        assert (done.parts[0].rows, done.parts[0].added.new) == (2, 2)
        (told,) = (note for note in done.notes if "one code" in note)
        assert "a.csv row 2 (2 answers)" in told and "b.csv row 2 (2 answers)" in told
        found = answers(engagement).answers
        assert kept in set(found[found["item"] == "trust.01"]["value"])
        assert f"Words {kept}" in set(found["value"])
        run("undo", engagement.folder, twice)


def files_of(engagement):
    return engagement.folder.parent


def coded(engagement, people, path, *codes):
    import csv

    _, write = EXPORTS["LimeSurvey", "CSV, codes"]
    rows = list(csv.reader(write(path, engagement, people).read_text("utf-8-sig").splitlines()))
    for row, text in zip(rows, ("code", *codes), strict=True):
        row.append(text)
    for row, text in zip(rows, ("wave", *["w2"] * len(codes)), strict=True):
        row.append(text)
    return write_csv(path, rows)


def test_a_file_and_the_same_file_grown(forms):
    """Somebody names the export of last week and that of today: nobody counts twice for it."""
    engagement, people, _ = forms
    home = files_of(engagement)
    old = coded(engagement, people[:4], home / "old.csv", *[""] * 4)
    new = coded(engagement, people, home / "new.csv", *[""] * len(people))
    with pytest.raises(AnswersError, match="4 things to mend") as caught:
        import_answers([old, new], engagement.folder)
    assert all("is exactly like old.csv row" in one.what for one in caught.value.problems)
    done = import_answers([old, new], engagement.folder, doubles="same", name="a")
    assert done.parts[0].added.new == len(people)
    assert any("4 rows that a later file has too count once" in note for note in done.notes)
    run("undo", engagement.folder)
    done = import_answers([old, new], engagement.folder, doubles="other")
    assert done.parts[0].added.new == len(people) + 4
    shutil.copy(old, home / "copy.csv")
    with pytest.raises(AnswersError, match=r"copy.csv: says just what old.csv says"):
        import_answers([old, home / "copy.csv"], engagement.folder)


def test_two_files_of_one_name(forms):
    engagement, people, _ = forms
    home = files_of(engagement)
    paths = []
    for n, name in enumerate(("leaders", "hr")):
        (home / name).mkdir()
        paths.append(coded(engagement, [people[n]], home / name / "results.csv", ""))
    done = import_answers(paths, engagement.folder)
    assert done.parts[0].added.new == 2
    assert any(note.startswith("leaders/results.csv (and 1 file more) was") for note in done.notes)
    paths[1].write_text(paths[1].read_text("utf-8-sig").replace(",w2", ",w9"), encoding="utf-8")
    with pytest.raises(AnswersError, match=r"hr/results.csv row 2.*w9"):
        import_answers(paths, engagement.folder)


def test_a_mapping_for_all_or_one_each(forms):
    engagement, _, _ = forms
    home = files_of(engagement)
    lines = ["instrument: partnership", "wave: {value: w2}", "unit: {value: sheds}", "answers: {a: trust.01}"]  # fmt: skip
    maps, paths = [], []
    for n, role in enumerate(("leader", "hr")):
        maps.append(home / f"{role}.yml")
        maps[-1].write_text(
            "\n".join([*lines, f"perspective: {{value: {role}}}"]), encoding="utf-8"
        )
        paths.append(write_csv(home / f"{role}.csv", [["a"], [str(n + 2)]]))
    done = run(
        "import", *paths, "--mapping", maps[0], "--mapping", maps[1], "--into", engagement.folder
    )
    assert "2 rows, 2 new" in done.stdout
    assert set(answers(engagement).people["perspective"]) == {"leader", "hr"}
    run("undo", engagement.folder)
    done = run("import", *paths, "--mapping", maps[0], "--into", engagement.folder)
    assert "2 rows, 2 new" in done.stdout
    assert set(answers(engagement).people["perspective"]) == {"leader"}
    more = run("import", *paths, *(a for one in (*maps, maps[0]) for a in ("--mapping", one)), "--into", engagement.folder)  # fmt: skip
    assert more.exit_code == 1 and "3 mappings for 2 files" in more.stderr


def test_google_forms_of_a_role_each(tmp_path):
    """A Google form for each role: two sheets as CSV, taken in one go."""
    from hrkit.model import engagement_file as engagements

    from ..test_surveys import ENGAGEMENT

    place = tmp_path / "harbour"
    (place / "engagement.yml").write_text(ENGAGEMENT, encoding="utf-8")
    engagement = engagements.load(place)
    _, write = EXPORTS["Google Forms", "sheet as CSV"]
    people = [Person(who, "sheds", {"trust.01": "4", "trust.03": "2"}) for who in ("leader", "hr")]
    paths = [write(tmp_path / f"{one.perspective}.csv", engagement, [one]) for one in people]
    done = import_answers(paths, place)
    assert done.parts[0].added.new == 2
    assert any("was read as an export of Google Forms" in note for note in done.notes)
