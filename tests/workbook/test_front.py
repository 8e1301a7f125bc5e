"""The front page's engine: what somebody does comes in as messages, what is to be seen goes out; no browser."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.commands.lab import lab, starter_of
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.language import words
from hrkit.report.action_files import library
from hrkit.workbook.front import units, work
from hrkit.workbook.front.desk import FrontDesk
from hrkit.workbook.front.jobs import begun
from hrkit.workbook.front.pages import PAGES
from hrkit.workbook.front.settings import place_of
from tests.cli.conftest import sheet, write_csv
from tests.quick import at_home

SECRET = "Zebra-sentinel"
NAME = "Søndre Å Kommune"


class Page:
    """A page whose messages are all kept."""

    def __init__(self, root: Path, language: str = "da") -> None:
        self.sent: list[Any] = []
        self.asked: list[Any] = []
        self.hear: Callable[[Mapping[str, Any]], None] = lambda _message: None
        self.desk = FrontDesk(root, language, told=self.sent.append, begin=self._begin)
        self.view: dict[str, Any] = {}
        self.tell({"type": "look", "language": "da-DK"})

    def _begin(self, told: Any, heard: Any) -> Any:
        self.asked.append(told)
        self.hear = heard
        return self

    stdin = io.StringIO()

    def tell(self, content: Any, buffers: Any = ()) -> Any:
        message, parts = self.desk.handle(content, buffers)
        # What goes out is what JSON can say.
        self.sent.append(json.loads(json.dumps(message)))
        if message.get("type") == "view":
            self.view = message
        return message if not parts else (message, parts)

    def go(self, page: str) -> None:
        self.tell({"type": "go", "page": page})
        assert self.view["page"] == page

    def do(self, deed: str, **values: Any) -> dict[str, Any]:
        """Press a button; what is said of it comes back."""
        self.tell({"type": "do", "do": deed, "values": values})
        return self.view["said"] or {}

    def drop(self, name: str, data: bytes, piece: int = 300) -> None:
        pieces = [data[i : i + piece] for i in range(0, len(data), piece)]
        for i, one in enumerate(pieces):
            back = self.tell({"type": "piece", "name": name, "i": i, "of": len(pieces)}, [one])
            assert back == {"type": "piece", "name": name, "i": i}

    def parts(self) -> Iterator[dict[str, Any]]:
        def within(parts: Any) -> Iterator[dict[str, Any]]:
            for part in parts:
                yield part
                yield from within(part.get("parts", ()))

        return within(self.view["parts"])

    def field(self, id: str) -> dict[str, Any]:
        return next(
            part for part in self.parts() if part.get("id") == id and part["kind"] != "form"
        )


def made(root: Path, language: str = "da") -> tuple[Page, Path]:
    """A client that was made on the page."""
    page = Page(root, language)
    said = page.do(
        "clients:new",
        name=NAME,
        consultant="Kim Holm",
        language=language,
        instrument="partnership",
        units="Nord\n  Skoler\n  Sundhed\nSyd",
    )
    assert said["good"] and said["call"].startswith("hrkit.new("), said
    assert page.view["page"] == "setup"
    return page, root / "soendre-aa-kommune"


def again(once: Path, place: Path) -> tuple[Page, Path]:
    """The same client in another place, opened."""
    folder = Path(shutil.copytree(once, place / once.name))
    if (folder / "answers.sqlite").is_file():
        at_home(folder)
    page = Page(place)
    page.do("clients:open", folder=folder.name)
    return page, folder


@pytest.fixture(scope="module")
def started_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client that was made on the page; to be copied."""
    _, folder = made(tmp_path_factory.mktemp("started"))
    # Whether they are up to date takes longer to find out than all the rest.
    for name in ("answers.xlsx", "form.xlsx"):
        (folder / name).unlink()
    return folder


@pytest.fixture
def started(started_once: Path, tmp_path: Path) -> tuple[Page, Path]:
    return again(started_once, tmp_path)


def ready(page: Page, **more: str) -> None:
    """Say who sees the report."""
    assert page.do("setup:save", **{"audience/da": "Direktionen og HR-chefen."}, **more)["good"]


# ------------------------------------------------------------------------- making and settings


def test_a_client_is_made_and_what_check_says_stands_beside_its_field(
    started: tuple[Page, Path],
) -> None:
    page, folder = started
    assert page.view["page"] == "setup"
    before = (folder / "engagement.yml").read_text("utf-8")
    assert "de, der skal svare, får det at vide" in page.field("audience/da")["problem"].lower()
    ready(page, **{"consultant/email": "kim@holm.example", "sector": "public"})
    assert not any(part.get("problem") for part in page.parts())
    assert next(part["look"] for part in page.parts() if part["kind"] == "text") == "good"
    after = (folder / "engagement.yml").read_text("utf-8")
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert comments == [line for line in after.splitlines() if line.startswith("#")]
    engagement = engagements.load(folder)
    assert [unit.name for unit in engagement.units] == [NAME, "Nord", "Skoler", "Sundhed", "Syd"]
    assert engagement.unit("skoler").parent == "nord" and engagement.sector == "public"
    assert engagement.consultant.name == "Kim Holm" and not engagement.undecided


def test_a_client_is_made_like_one_before(started: tuple[Page, Path]) -> None:
    page, folder = started
    ready(page)
    page.go("clients")
    said = page.do("clients:new", name="Beta", like=folder.name)
    assert said["good"] and said["notes"], said
    other = engagements.load(folder.parent / "beta")
    assert [unit.id for unit in other.units] == [unit.id for unit in engagements.load(folder).units]
    assert other.undecided
    # The first one is opened again, by its folder; a folder that is none of them is not.
    page.do("clients:open", folder="../..")
    assert page.view["client"] == "Beta"
    page.do("clients:open", folder=folder.name)
    assert page.view["client"] == NAME


def test_rounds_units_invited_words_and_look_are_written(
    started: tuple[Page, Path], tmp_path: Path
) -> None:
    page, folder = started
    ready(page, **{"waves/0/opens": "2026-11-01", "protection/scores": "7"})
    rows = [{**row} for row in page.field("units")["value"]]
    rows[1]["name"] = "Område Nord"
    rows = [row for row in rows if row["id"] != "syd"] + [
        {"id": "", "name": "Vest", "parent": "nord"}
    ]
    page.drop("more.csv", "Enhed;Hører under\nØst;\nKyst;Øst\n".encode())
    assert page.do("setup:units", units=rows, paste="", sheet=["more.csv"])["good"]
    cells = {"nord": {"leader": "12", "hr": ""}, "oest": {"leader": "8"}}
    assert page.do("setup:invited", invited=cells, wave="w1")["good"]
    assert page.do("setup:invited", invited={"nord": {"leader": "13"}}, wave="w1")["good"]
    said = page.do("setup:invited", invited={"nord": {"leader": "tolv"}}, wave="w1")
    assert not said["good"] and len(said["rows"]) == 1
    unit = {"one": "afsnit", "def": "afsnittet", "many": "afsnit", "def_many": "afsnittene", "article": "et"}  # fmt: skip
    assert page.do("setup:words", **{f"terms/unit/da/{k}": v for k, v in unit.items()})["good"]
    page.drop("Logo (1).PNG", _png())
    said = page.do("setup:look", **{"branding/primary": "#114477", "branding/logo_alt": "Et mærke"}, logo=["Logo (1).PNG"])  # fmt: skip
    assert said["good"]
    look = next(part for part in page.parts() if part["kind"] == "look")
    assert look["primary"] == "#114477" and look["logo"].startswith("data:image/png;base64,")
    engagement = engagements.load(folder)
    assert (
        engagement.unit("nord").name == "Område Nord" and engagement.unit("kyst").parent == "oest"
    )
    assert {unit.id for unit in engagement.units} == {"org", "nord", "skoler", "sundhed", "vest", "oest", "kyst"}  # fmt: skip
    assert [(row.unit, row.n) for row in engagement.invited] == [("nord", 13)]
    assert engagement.protection.scores == 7 and engagement.branding.logo == "logo.png"
    assert engagement.terms.form("unit", "def", "da") == "afsnittet"
    # Half of a word's forms is said beside the form that is missing.
    page.do("setup:words", **{"terms/citizen/da/one": "patient", "terms/citizen/da/many": ""})
    assert any(part.get("id", "").startswith("terms/citizen") for part in page.parts() if part.get("problem")) or page.view["parts"][0]["look"] == "warn"  # fmt: skip
    blank = {f"terms/{t}/da/{f}": "" for t in ("unit", "citizen") for f in unit}
    assert page.do("setup:words", **blank)["good"]
    assert not yaml.safe_load((folder / "engagement.yml").read_text("utf-8")).get("terms")
    # What was dropped lies nowhere any more.
    assert not page.desk.state._dropped
    assert page.do("setup:plan")["good"] and "plan" in page.desk.state.kept


def _png() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 20), "#114477").save(out, "PNG")
    return out.getvalue()


def test_a_file_that_was_changed_elsewhere_is_not_overwritten(started: tuple[Page, Path]) -> None:
    from hrkit.workbook.front import settings

    _, folder = started
    file = settings.read(folder)
    (folder / "engagement.yml").write_text(file.text + "# mine\n", "utf-8")
    with pytest.raises(HrkitError, match="changed elsewhere"):
        settings.write(file, file.text)
    assert (folder / "engagement.yml").read_text("utf-8").endswith("# mine\n")


def test_fields_that_were_filled_in_beside_another_file_are_not_written(
    started: tuple[Page, Path],
) -> None:
    """Two pages on one client, or a page and an editor: whoever saves last does not undo the other's words."""
    page, folder = started
    other = Page(folder.parent)
    other.do("clients:open", folder=folder.name)
    for one in (page, other):
        one.go("setup")
    assert page.do("setup:save", **{"consultant/name": "Ann Lee", "client": NAME})["good"]
    before = (folder / "engagement.yml").read_text("utf-8")
    for deed, values in (
        ("setup:save", {"consultant/name": "Kim Holm", "client": NAME}),
        ("setup:units", {"units": [], "paste": "Øst"}),
    ):
        page.go("setup")
        path = folder / "engagement.yml"
        path.write_text(before + f"# {deed}\n", "utf-8")
        said = page.do(deed, **values)
        assert not said["good"] and "ændret et andet sted" in said["text"], said
        assert path.read_text("utf-8") == before + f"# {deed}\n"
        path.write_text(before, "utf-8")
    said = other.do("setup:save", **{"consultant/name": "Kim Holm", "client": NAME})
    assert not said["good"] and "ændret et andet sted" in said["text"], said
    # What stands there is shown now, and can be changed.
    assert other.field("consultant/name")["value"] == "Ann Lee"
    assert other.do("setup:save", **{"consultant/name": "Kim Holm", "client": NAME})["good"]


def test_line_ends_and_mark_of_a_file_stay(started: tuple[Page, Path]) -> None:
    page, folder = started
    path = folder / "engagement.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    ready(page)
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf") and b"Direktionen" in after
    assert after.count(b"\n") == after.count(b"\r\n")


def test_only_what_the_forms_name_is_written(started: tuple[Page, Path]) -> None:
    page, folder = started
    before = (folder / "engagement.yml").read_text("utf-8")
    page.do("setup:save", **{"store": "sqlite:////tmp/x", "id": "x", "synthetic": "true"})
    assert (folder / "engagement.yml").read_text("utf-8") == before
    for content in (None, 7, {}, {"type": "do"}, {"type": "do", "do": "setup:nothing"}, {"type": "fetch", "file": 0, "from": 0}):  # fmt: skip
        page.tell(content)
    page.tell({"type": "piece", "name": "../../x", "i": 3, "of": 2}, [b"x"])
    assert (folder / "engagement.yml").read_text("utf-8") == before


PASTED = [
    ("Nord\nSyd", [("nord", "org"), ("syd", "org")]),
    ("Nord\n\tSkoler\n\t\tØst\nSyd", [("nord", "org"), ("skoler", "nord"), ("oest", "skoler"), ("syd", "org")]),
    ("Enhed\tHører under\nSkoler\tNord\nNord\t", [("skoler", "nord"), ("nord", "org")]),
    ("- Nord\n  - Nord 2", [("nord", "org"), ("nord-2", "nord")]),
    ("Acme\nNord\tAcme", [("nord", "org")]),
]  # fmt: skip


@pytest.mark.parametrize(("pasted", "expected"), PASTED)
def test_units_are_read_as_they_are_pasted(pasted: str, expected: list[tuple[str, str]]) -> None:
    found = units.from_text(pasted, "org", {"org": "Acme"})
    assert [(one.id, one.parent) for one in found] == expected


@pytest.mark.parametrize("pasted", ["Nord\nNord", "Nord\tVest", "\u200b", "x" * 300])
def test_a_list_of_units_that_cannot_be_used_is_refused(pasted: str) -> None:
    with pytest.raises(HrkitError):
        units.from_text(pasted, "org", {"org": "Acme"})


def test_a_problem_names_its_place() -> None:
    assert place_of("acme/engagement.yml line 3, waves[0].name.da") == ("waves", 0, "name", "da")
    assert place_of("engagement.yml, branding.logo") == ("branding", "logo")
    assert place_of("actions/x.yml line 3, add[0]") is None


# ----------------------------------------------------------------------- answers and what is shown


@pytest.fixture(scope="module")
def answered_once(started_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven leaders and four HR partners, taken in on the page; to be copied."""
    tmp_path = tmp_path_factory.mktemp("answered")
    page, folder = again(started_once, tmp_path)
    ready(page)
    rows = sheet(folder, {"leader": 7, "hr": 4}, codes=True)
    rows = [[cell.replace("Remark", SECRET) for cell in row] for row in rows]
    text = write_csv(tmp_path / "filled.csv", rows).read_bytes()
    wrong = [list(row) for row in rows]
    wrong[2][-8] = "kryds"
    wrong[3][1] = "w9"
    bad = write_csv(tmp_path / "wrong.csv", wrong).read_bytes()
    page.go("answers")
    page.drop("wrong.csv", bad, 5000)
    said = page.do("answers:take", file=["wrong.csv"])
    assert not said["good"] and len(said["rows"]) >= 2
    assert all(row[0].startswith("wrong.csv række") and row[1] for row in said["rows"])
    page.drop("filled.csv", text, 5000)
    assert page.do("answers:check", file=["filled.csv"])["good"]
    said = page.do("answers:take", file=["filled.csv"])
    assert said["good"] and "11" in said["text"], said
    assert SECRET not in json.dumps(page.sent)
    return folder


@pytest.fixture
def answered(answered_once: Path, tmp_path: Path) -> tuple[Page, Path]:
    return again(answered_once, tmp_path)


def test_a_code_in_two_rows_is_settled_on_the_page(started_once: Path, tmp_path: Path) -> None:
    page, folder = again(started_once, tmp_path)
    ready(page)
    rows = sheet(folder, {"leader": 6}, codes=True)
    rows.append(list(rows[1]))
    page.go("answers")
    page.drop("twice.csv", write_csv(tmp_path / "twice.csv", rows).read_bytes(), 5000)
    said = page.do("answers:check", file=["twice.csv"])
    assert not said["good"] and any(
        "vælg, hvilke svar der tæller" in cell for row in said["rows"] for cell in row
    )
    said = page.do("answers:take", file=["twice.csv"], twice="last")
    assert said["good"] and "6" in said["text"], said
    assert rows[1][0] not in json.dumps(said)


def test_nothing_that_goes_to_the_browser_is_an_answer(answered: tuple[Page, Path]) -> None:
    page, _ = answered
    page.go("answers")
    turnout = next(part for part in page.parts() if part["kind"] == "table")
    counts = {row[1]: row[2] for row in turnout["rows"]}
    # Seven leaders are told; four of HR are too few, and no number says how many they are.
    assert counts["Ledere"] == "7"
    few = [said for group, said in counts.items() if group != "Ledere"]
    assert few and not any(re.fullmatch(r"\d+", said) for said in few)
    for one in page.view["pages"]:
        page.go(one[0])
    page.do("advice:look")
    for message in page.sent:
        text = json.dumps(message, ensure_ascii=False)
        # Comments stand on the review page and nowhere else; codes nowhere; nor does how many a small side is.
        assert SECRET not in text or message["page"] == "remarks"
        assert not re.search(r"\bK0\d\d\b", text), text
        assert "side of" not in text
    remarks = [one for one in page.sent if one.get("page") == "remarks"]
    assert SECRET in json.dumps(remarks)


def test_comments_are_passed_shortened_and_taken_back(answered: tuple[Page, Path]) -> None:
    page, folder = answered
    page.go("remarks")
    ids = [part["id"] for part in page.parts() if part["kind"] == "remark"]
    assert len(ids) == 11 and any(part.get("warning") for part in page.parts())
    one, two = ids[:2]
    said = {one: {"pass": True, "text": ""}, two: {"pass": True, "text": 'Kort: "sådan"'}, "x": {"pass": True}}  # fmt: skip
    assert page.do("remarks:save", remarks=said)["good"]
    assert [(c.id, c.text) for c in engagements.load(folder).comments] == [(one, ""), (two, 'Kort: "sådan"')]  # fmt: skip
    said = {one: {"pass": False}, two: {"pass": True, "text": ""}}
    assert page.do("remarks:save", remarks=said)["good"]
    assert [(c.id, c.text) for c in engagements.load(folder).comments] == [(two, "")]


def test_advice_is_chosen_struck_and_worded(answered: tuple[Page, Path]) -> None:
    page, folder = answered
    page.go("advice")
    first, second, third = [p for p in page.parts() if p["kind"] == "action"][:3]
    assert first["options"][0][0] == ""
    said = {
        first["id"]: {"state": "choose", "text": "Gør det sådan her."},
        second["id"]: {"state": "strike", "text": second["text"]},
        third["id"]: {"state": "", "text": third["text"]},
    }
    assert page.do("advice:save", actions=said)["good"]
    found = library(engagements.load(folder))
    assert found is not None and found.chosen == (first["id"],)
    assert found.find(first["id"]).text["da"] == "Gør det sådan her."  # type: ignore[union-attr]
    assert second["id"] in {one.id for one in found.gone}
    again = {p["id"]: p for p in page.parts() if p["kind"] == "action"}
    assert again[first["id"]]["text"] == "Gør det sådan her."
    # What a person decided in a file of their own is theirs.
    (folder / "actions" / "mine.yml").write_text(f"strike: [{third['id']}]\n", "utf-8")
    page.go("advice")
    fixed = page.field(third["id"])
    assert fixed["fixed"] and "actions/mine.yml" in fixed["about"]
    kit = {id: {"state": "", "text": ""} for id in (first["id"], second["id"])}
    said_ = page.do("advice:save", actions=kit)
    assert said_["good"] and said_["notes"] and not (folder / "actions" / "front.yml").exists()
    assert library(engagements.load(folder)).chosen == ()  # type: ignore[union-attr]


def test_a_release_is_asked_twice_and_the_next_round_is_begun(answered: tuple[Page, Path]) -> None:
    page, folder = answered
    page.go("finish")
    assert not page.do("finish:freeze", read=True, client=NAME)["good"]
    assert page.do("finish:ask", wave="w1")["good"]
    assert not page.do("finish:freeze", read=False, client=NAME)["good"]
    assert not page.do("finish:freeze", read=True, client="Beta")["good"]
    assert not (folder / "release-w1.json").exists()
    page.do("finish:no")
    assert not page.do("finish:freeze", read=True, client=NAME)["good"]
    page.do("finish:ask", wave="w1")
    said = page.do("finish:freeze", read=True, client=NAME.lower())
    assert said["good"] and said["call"] == 'hrkit.release("soendre-aa-kommune", "w1")'
    assert (folder / "release-w1.json").is_file()
    assert not page.do("finish:next", **{"name.da": ""})["good"]
    assert page.do("finish:next", **{"name.da": "Anden måling"}, opens="2027-05-01")["good"]
    waves = engagements.load(folder).waves
    assert [(one.id, one.name["da"]) for one in waves][1] == ("w2", "Anden måling")


# ------------------------------------------------------------------------------- what takes long


def test_a_report_says_how_far_it_is_and_comes_to_the_page_in_pieces(
    answered: tuple[Page, Path],
) -> None:
    page, folder = answered
    page.go("printing")
    said = page.do("printing:report", language="da", profile="summary", wave="w1", also=["xlsx"])
    assert said["call"] == 'hrkit.report("soendre-aa-kommune", language="da", profile="summary", wave="w1", also=["xlsx"])'  # fmt: skip
    (asked,) = page.asked
    assert asked["job"] == "report" and asked["args"] == [str(folder)]
    # One thing at a time.
    assert not page.do("printing:report", language="da")["good"]
    page.hear({"step": [1, 4]})
    assert page.sent[-1]["job"]["far"] == "1 af 4 trin"
    pdf = folder / "report.pdf"
    pdf.write_bytes(b"%PDF-" + bytes(500_000))
    page.hear({"done": {"messages": ["En note."]}, "files": [str(pdf)]})
    view = page.sent[-1]
    assert view["said"]["notes"] == ["En note."] and view["job"]["files"][0]["name"] == "report.pdf"
    got, at = b"", 0
    while at < view["job"]["files"][0]["size"]:
        message, (data,) = page.tell({"type": "fetch", "file": 0, "from": at})
        got, at = got + data, at + len(data)
        assert message["size"] == pdf.stat().st_size
    assert got == pdf.read_bytes()
    assert page.tell({"type": "fetch", "file": 1, "from": 0}) == {}
    assert page.tell({"type": "fetch", "file": -1, "from": 0}) == {}


def test_what_is_of_one_client_stays_with_it_when_another_is_opened(
    answered: tuple[Page, Path],
) -> None:
    page, folder = answered
    page.go("printing")
    page.do("printing:report", language="da")
    assert page.view["of"] == folder.name and folder.name not in page.view["job"]["label"]
    number = page.view["job"]["number"]
    pdf = folder / "report.pdf"
    pdf.write_bytes(b"%PDF-")
    page.do("clients:new", name="Beta", language="da", instrument="partnership")
    page.hear({"done": {}, "files": [str(pdf)]})
    assert page.sent[-1]["job"]["label"].startswith(f"{NAME} ({folder.name})")
    fetch = {"type": "fetch", "file": 0, "from": 0}
    assert page.tell({**fetch, "job": number + 1}) == {}
    assert page.tell({**fetch, "job": number})[0]["job"] == number
    # A page of the first still stood there when somebody pressed its button.
    there = (folder.parent / "beta" / "engagement.yml").read_bytes()
    for deed in ("setup:save", "setup:units"):
        late = {"type": "do", "do": deed, "values": {"client": NAME, "units": []}}
        page.tell({**late, "of": folder.name})
        assert not page.view["said"]["good"] and "anden kunde" in page.view["said"]["text"]
    assert (folder.parent / "beta" / "engagement.yml").read_bytes() == there
    page.tell({"type": "do", "do": "setup:save", "values": {"client": "Beta 2"}, "of": "beta"})
    assert page.view["said"]["good"] and page.view["client"] == "Beta 2"


def test_only_the_files_that_are_named_are_taken(started: tuple[Page, Path]) -> None:
    page, _ = started
    for name in ("wrong.json", "a.json", ".a.json", "b.json"):
        page.drop(name, name.encode())
    state = page.desk.state
    home = state.together(state.dropped(["a.json", ".a.json", "b.json"]))
    assert sorted(one.read_bytes() for one in home.iterdir()) == [b".a.json", b"a.json", b"b.json"]
    state.drop()
    assert not home.exists()


def test_whoever_presses_twice_takes_one_import_back(answered: tuple[Page, Path]) -> None:
    page, folder = answered
    with open_store(engagements.load(folder)) as store:
        (first,) = store.imports()
        unit = engagements.load(folder).root.id
        for n, value in enumerate("45"):
            who = f"r{n}"
            one = tables(
                [(who, "w1", unit, "leader", None, None)], [(who, "trust.01", "agree", value)]
            )
            store.add(one, doubles="other", name=f"late {n}")
    page.go("answers")
    (button,) = next(
        part["buttons"] for part in page.parts() if part["kind"] == "buttons" and part["buttons"][0]["do"] == "answers:undo"
    )  # fmt: skip
    assert button["label"].endswith("late 1")
    assert page.do(button["do"], **button["with"])["good"]
    assert not page.do(button["do"], **button["with"])["good"]
    with open_store(engagements.load(folder)) as store:
        assert [one.name for one in store.imports()] == [first.name, "late 0"]


def test_a_job_that_fails_says_what_has_to_be_mended(started: tuple[Page, Path]) -> None:
    page, _ = started
    page.go("printing")
    page.do("printing:report", language="da")
    page.hear({"failed": "The report cannot be made.", "rows": [["a.yml", "is wrong", "mend it"]]})
    said = page.sent[-1]["said"]
    assert not said["good"] and said["rows"] == [["a.yml", "is wrong", "mend it"]]
    # What comes after its end changes nothing.
    page.hear({"failed": "again"})
    assert page.desk.state.jobs.now.said["failed"] == "The report cannot be made."  # type: ignore[union-attr]


def test_the_batch_has_a_queue_a_pause_and_the_failed_again(started: tuple[Page, Path]) -> None:
    page, folder = started
    page.do("clients:new", name="Beta", language="da", instrument="partnership")
    page.go("many")

    def queue() -> dict[str, str]:
        return {row[0]: row[1] for row in page.field("queue")["rows"]}

    assert queue() == {folder.name: "ikke lavet endnu", "beta": "ikke lavet endnu"}
    page.do("many:start", languages=["da"], also=["docx"], sheets=True)
    asked = page.asked[-1]
    assert asked["args"] == [str(folder.parent), str(folder.parent / "reports")]
    assert asked["how"] == {"language": ["da"], "also": ["docx"], "sheets": True}
    assert queue()["beta"] == "venter"
    outcome = {"organisation": "beta", "state": "failed", "error": "nobody has answered yet"}
    page.hear({"step": [outcome, 1, 2]})
    page.go("many")
    assert queue() == {folder.name: "venter", "beta": "mislykkedes"}
    page.tell({"type": "pause"})
    assert page.view["job"]["pausing"]
    page.hear({"paused": True})
    assert "1 af 2" in page.sent[-1]["said"]["text"]
    page.do("many:failed")
    assert page.asked[-1]["how"] == {"failed": True}


def test_work_is_paused_between_two_steps_and_tells_no_answer() -> None:
    out, steps = io.StringIO(), iter([False, True])

    def batch(*_args: Any, told: Any, **_how: Any) -> None:
        told("one", 1, 2)
        told("two", 2, 2)

    import hrkit

    hrkit.__dict__["batch"], before = batch, hrkit.batch
    try:
        work.run({"job": "batch", "args": ["a", "b"]}, out, lambda: next(steps))
    finally:
        hrkit.__dict__["batch"] = before
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"step": ["one", 1, 2]},
        {"paused": True},
    ]
    out = io.StringIO()
    work.run({"job": "eval", "args": []}, out)
    work.run({"job": "form", "args": ["/nowhere"]}, out)
    assert all("failed" in json.loads(line) for line in out.getvalue().splitlines())


def test_a_job_runs_in_a_process_of_its_own(started: tuple[Page, Path]) -> None:
    page, folder = started
    ready(page)
    # A file of a module's name in the folder where the notebook lies is no module.
    (folder.parent / "hrkit.py").write_text("raise SystemExit(7)\n", "utf-8")
    heard: list[Any] = []
    ended = threading.Event()

    def hear(message: Any) -> None:
        heard.append(message)
        if "step" not in message:
            ended.set()

    begun({"job": "form", "args": [str(folder)], "how": {}}, hear)
    assert ended.wait(60)
    assert "done" in heard[0], heard
    assert all(Path(one).suffix == ".html" and Path(one).is_file() for one in heard[0]["files"])


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_every_page_speaks_its_language(started: tuple[Page, Path], language: str) -> None:
    page, _ = started
    page.tell({"type": "speak", "language": language})
    said = words(language)
    for one in PAGES:
        page.go(one.id)
        assert page.view["language"] == language
        assert page.view["title"] == said("front.title")
        assert "front." not in json.dumps([page.view["parts"], page.view["pages"]])
    page.tell({"type": "speak", "language": "en"})
    assert page.view["title"] == words("en")("front.title")


def test_a_page_in_an_engagements_folder_is_about_that_one_alone(
    started: tuple[Page, Path],
) -> None:
    _, folder = started
    page = Page(folder, "")
    assert page.view["language"] == "da" and page.view["client"] == NAME
    assert {"clients", "many"} & {id for id, _ in page.view["pages"]} == set()
    page.do("clients:new", name="Beta", language="da", instrument="partnership")
    assert not (folder / "beta").exists()


# -------------------------------------------------------------------------------------- hrkit lab


def test_lab_is_rooted_at_the_folder_and_opens_the_page(tmp_path: Path) -> None:
    place = tmp_path / "Søren Å & co"
    place.mkdir()
    asked: list[Any] = []
    found = lab(place, port=8900, no_browser=True, run=lambda order: asked.append(order) or 0)
    assert found.notebook.is_file() and found.written == (found.notebook,)
    (order,) = asked
    assert order[:4] == [sys.executable, "-P", "-m", "hrkit.workbook.served"]
    assert f"--ServerApp.root_dir={place}" in order and "--ServerApp.ip=127.0.0.1" in order
    assert "--ServerApp.port=8900" in order and "--no-browser" in order
    assert any(one.endswith("/lab/tree/0_start.ipynb") for one in order)
    assert lab(place, run=lambda _order: 0).written == ()
    with pytest.raises(HrkitError, match="ended with an error"):
        lab(place, run=lambda _order: 1)
    with pytest.raises(HrkitError, match="no folder"):
        lab(tmp_path / "nowhere")


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_a_starter_is_written_for_each_platform(tmp_path: Path, platform: str) -> None:
    name, text = starter_of(platform, r"C:\Brugere\Søren Å\100%\python.exe")
    assert name == {"win32": "hrkit.bat", "darwin": "hrkit.command"}.get(platform, "hrkit.desktop")
    if platform == "win32":
        assert text.endswith("\r\n") and "100%%" in text and '"%~dp0."' in text
        assert text.index("chcp 65001") < text.index("Søren")
    assert str(tmp_path) not in text


@pytest.mark.skipif(sys.platform == "win32", reason="runs what a shell reads")
@pytest.mark.parametrize("platform", ["darwin", "linux"])
def test_a_starter_leads_to_the_folder_it_lies_in(tmp_path: Path, platform: str) -> None:
    place = tmp_path / "Søren's Å $x `y`"
    place.mkdir()
    python = place / 'my "python'
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$@"\n', "utf-8")
    python.chmod(0o700)
    name, text = starter_of(platform, str(python))
    (place / name).write_text(text, "utf-8")
    if platform == "linux":
        (line,) = [one for one in text.splitlines() if one.startswith("Exec=")]
        order = _desktop(line.removeprefix("Exec="), place / name)
    else:
        order = ["sh", str(place / name)]
    said = subprocess.run(order, capture_output=True, text=True, check=True, cwd="/").stdout
    assert said.splitlines() == [str(place), "-P", "-c", "from hrkit.cli import main; main()", "lab", "."]  # fmt: skip


def _desktop(line: str, file: Path) -> list[str]:
    """An Exec line as the desktop entry specification has it read: escapes of strings, then quoting, then fields."""
    line = re.sub(r"\\(.)", r"\1", line)
    words_ = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line)
    plain = [re.sub(r'\\(["`$\\])', r"\1", a) if a or not b else b for a, b in words_]
    return [str(file) if one == "%k" else one.replace("%%", "%") for one in plain]


@pytest.mark.parametrize(
    "way",
    [
        r"C:\Brugere\Søren Å",
        r"C:\Users\A & B",
        r"D:\100% done\%PATH%",
        r"C:\wow!\!x!",
        r"C:\a^b (1)",
        r"\\server\fælles mappe",
    ],
)
def test_windows_reads_a_starter_as_it_is_meant(way: str) -> None:
    _, text = starter_of("win32", rf"{way}\python.exe")
    lines = text.split("\r\n")
    # Names between exclamation marks are not looked up, whatever the machine's own setting.
    assert lines[1] == "setlocal DisableDelayedExpansion"
    (line,) = [one for one in lines if "lab" in one]
    said = _cmd(line, f"{way}\\")
    assert said == [
        rf"{way}\python.exe", "-P", "-c", "from hrkit.cli import main; main()", "lab", rf"{way}\."
    ]  # fmt: skip


def _cmd(line: str, folder: str) -> list[str]:
    """A line of a batch file as cmd.exe and the C runtime read it.

    Per cent signs first, whose values are not looked at again; then quotation marks, outside of which
    some signs would steer; then words, in which backslashes count before a quotation mark.
    """
    values = {"%%": "%", "%~dp0": folder}
    line = re.sub(r"%%|%~dp0|%[^%]*%", lambda one: values.get(one[0], ""), line)
    assert not set("".join(line.split('"')[::2])) & set("&|<>^()")
    words_, word, quoted, at = [], "", False, 0
    while at < len(line):
        marks = re.compile(r"\\*").match(line, at)
        slashes = len(marks[0]) if marks else 0
        if line[at + slashes : at + slashes + 1] == '"':
            word += "\\" * (slashes // 2)
            at += slashes + 1
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
            continue
        if slashes:
            word, at = word + "\\" * slashes, at + slashes
        elif line[at] == " " and not quoted:
            words_, word, at = [*words_, word], "", at + 1
        else:
            word, at = word + line[at], at + 1
    assert not quoted
    return [*words_, word]


def test_the_command_writes_a_starter(tmp_path: Path) -> None:
    from tests.cli.conftest import hrkit

    done = hrkit("lab", tmp_path, "--starter")
    assert done.code == 0
    starter = next(path for path in tmp_path.iterdir() if path.suffix != ".ipynb")
    assert starter.name in done.text
    assert shlex.quote(sys.executable)[:10].strip("'") in starter.read_text("utf-8")
    if sys.platform != "win32":
        assert starter.stat().st_mode & 0o700 == 0o700
