"""Print one of everything, small, for the site's gallery: ``make gallery``.

From the SYNTHETIC municipality and nothing else (the benchmark: from organisations that are made up).  Each
deliverable is a PDF (or the workbook, deck or text it is) and, where it has pages, a picture of the first; none
of it is kept in the repository.  `tests/website/test_gallery.py` holds that nothing that is printed is missing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

import hrkit
from hrkit import synthetic
from hrkit.assessment.profile import profiles
from hrkit.publish.formats import BESIDE
from hrkit.synthetic.parts import TOOLS
from hrkit.tools import FORMS, SHEETS

GALLERY = Path(__file__).resolve().parent.parent / "build" / "gallery"
LANGUAGE = "en"
#: Printed from a benchmark, which the municipality alone does not have.
COMPARED = "benchmark"


@dataclass(frozen=True)
class Piece:
    """A deliverable: the name of its files, a line about it, and the job that makes it.

    Attributes
    ----------
    job
        A function of `hrkit`.
    args, how
        What it is given after the engagement's folder.
    file
        What it is called, where the job makes one file; empty where it fills a folder.
    tool
        The tool in whose folder it is made; in the engagement's where the tool has none.
    shown
        Which page its picture is of: behind a cover there is more to see.
    """

    name: str
    about: str
    job: str
    args: tuple[Any, ...] = ()
    how: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    tool: str = ""
    shown: int = 1


def pieces() -> Iterator[Piece]:
    """One of every deliverable, the quick ones first."""
    yield from _asking()
    yield from _meeting()
    yield from _tools()
    yield from _reports()


def _asking() -> Iterator[Piece]:
    for name, form in (("answers", False), ("form", True)):
        about = "The workbook for one person" if form else "The workbook for many: a row each"
        how = {"form": form, "language": LANGUAGE}
        yield Piece(f"template-{name}", about, "template", how=how, file=f"{name}.xlsx")
    yield Piece("offline", "The questionnaire as one file for a browser", "form", (("leader",),))
    paper = {"language": LANGUAGE}
    yield Piece(
        "questionnaire-leader",
        "The questionnaire on paper",
        "print_papers",
        (("questionnaire-leader",),),
        paper,
    )
    codes = {"unit": "boern", "perspective": "leader", "count": 6}
    yield Piece("codes", "Slips with codes and QR codes", "codes", how=codes)
    yield Piece("letters", "Letters and mails around a round", "letters", how=paper)
    yield Piece(
        "questions", "The questionnaire for another survey program", "export", ("limesurvey",)
    )
    calendar = {"workshop": dt.date(2027, 11, 8), "language": LANGUAGE}
    yield Piece("calendar", "The calendar of the engagement", "plan_process", how=calendar)
    yield Piece(
        "papers", "Impact assessment, record, notice and the rest", "duties.papers", how=paper
    )


def _meeting() -> Iterator[Piece]:
    paper = {"language": LANGUAGE}
    for name, about in (
        ("agenda-120", "The agenda of a meeting of two hours"),
        ("cards-vote", "Cards to vote with"),
        ("script", "The script of the meeting"),
        ("grid-trust", "The grid of levels of one dimension"),
    ):
        yield Piece(name, about, "print_papers", ((name,),), paper)
    for name, about, which in (
        ("unit", "A unit’s feedback sheet", {"unit": "boern"}),
        ("talk", "One side’s sheet to prepare a talk", {"talk": "trust", "side": "leader"}),
        ("own", "A sheet for one leader", {"own": "leader"}),
        ("two", "A sheet for a leader and an HR partner", {"own": "pair"}),
    ):
        yield Piece(
            f"sheet-{name}", about, "sheet", how={**which, **paper}, file=f"sheet-{name}.pdf"
        )
    about = "The workbook in which agreed levels are typed"
    yield Piece("agreements", about, "agreements", how=paper, file="agreements.xlsx")
    about = "The workbook in which actions are followed"
    yield Piece("actions", about, "actions", how=paper, file="actions.xlsx")


def _tools() -> Iterator[Piece]:
    paper = {"language": LANGUAGE}
    for tool in TOOLS:
        for name in SHEETS.get(tool, ()):
            made = f"{tool}-{name}"
            about = f"A sheet of the tool “{tool}”: {name}"
            yield Piece(made, about, "sheet", (), {"name": name, **paper}, f"{made}.pdf", tool)
        for name in FORMS.get(tool, ()):
            made = f"{tool}-{name}-workbook"
            about = f"A sheet of the tool “{tool}” to be filled in openly: {name}"
            yield Piece(made, about, "fill", (), {"name": name, **paper}, f"{made}.xlsx", tool)
    about = "The sheet of two leaders, to prepare alone and to agree on"
    yield Piece("two-leaders", about, "pair", how=paper, tool="network-leader")


def _reports() -> Iterator[Piece]:
    for profile in profiles():
        also = tuple(BESIDE) if profile == "full" else ()
        name = f"report-{profile}-{LANGUAGE}"
        about = f"The report for whoever reads “{profile}”"
        how = {"profile": profile, "language": LANGUAGE, "also": also}
        shown = 2 if profile == COMPARED else 1
        yield Piece(name, about, "report", how=how, file=f"{name}.pdf", shown=shown)
    about = "The consultant’s own report of many organisations"
    how = {"language": LANGUAGE}
    yield Piece("portfolio", about, "compared", how=how, file=f"portfolio-{LANGUAGE}.pdf", shown=2)


def built(piece: Piece, home: Path, out: Path) -> None:
    """Make one of them.

    Parameters
    ----------
    home
        The municipality's folder.
    out
        An empty folder for its files.
    """
    place = home / piece.tool if (home / piece.tool / "engagement.yml").is_file() else home
    to = out / piece.file if piece.file else out
    if piece.job == "compared":
        _printed(hrkit.compared(**piece.how), to)
    elif piece.how.get("profile") == COMPARED:
        _printed(_place_among_others(home), to)
    else:
        how = {**piece.how, "output": to}
        if piece.job != "template":  # which replaces its own
            how["overwrite"] = True
        attrgetter(piece.job)(hrkit)(place, *piece.args, **how)


def _printed(report: Any, to: Path) -> None:
    from hrkit.publish.pdf import render_pdf

    parts = ("front", "picture", "back")
    to.write_bytes(render_pdf(tuple(block for one in parts for block in report.part(one).blocks)))


def _place_among_others(home: Path) -> Any:
    """The municipality's page among fourteen organisations that never were."""
    from hrkit.disclosure.portfolio.decide import compared_with, decide, scales_of
    from hrkit.disclosure.portfolio.entries import entry_of
    from hrkit.disclosure.release import issue
    from hrkit.synthetic.portfolio import portfolio_entries

    engagement = hrkit.load_engagement(home)
    wave, instrument = engagement.wave().id, engagement.instrument
    released = issue(engagement, wave)
    entries = (*portfolio_entries(instrument, wave), entry_of(engagement, wave, released))
    found = decide(entries, scales_of(instrument), (), wave)
    norms = dataclasses.replace(found.issued.norms, number=1, day=dt.date(2026, 11, 21))
    told = compared_with(dataclasses.replace(found.issued, norms=norms), engagement.id)
    return hrkit.assess(home, language=LANGUAGE, profile=COMPARED, released=released, compared=told)


def picture(pdf: Path, place: Path, number: int = 1) -> None:
    """A page of a PDF, 600 dots wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[number - 1]
    page.render(scale=600 / page.get_width()).to_pil().save(place, optimize=True)
    document.close()


def make(wanted: tuple[str, ...], place: Path = GALLERY) -> list[str]:
    """Make the pieces that are named, or all; what could not be made comes back."""
    place.mkdir(parents=True, exist_ok=True)
    known = tuple(pieces())
    failed = [f"{name}: there is no such piece" for name in {*wanted} - {p.name for p in known}]
    with tempfile.TemporaryDirectory(prefix="hrkit-gallery-") as temporary:
        home = Path(temporary) / "municipality"
        synthetic.build(synthetic.client("municipality"), home, TOOLS)
        for piece in known:
            if wanted and piece.name not in wanted:
                continue
            out = Path(temporary) / piece.name
            out.mkdir()
            try:
                built(piece, home, out)
            except Exception as error:
                failed.append(f"{piece.name}: {error}")
                continue
            kept = place / piece.name
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(out, kept)
            (kept / "about.txt").write_text(piece.about, "utf-8")
            for pdf in sorted(kept.rglob("*.pdf"))[:1]:
                picture(pdf, place / f"{piece.name}.png", piece.shown)
    return failed


def page(place: Path = GALLERY) -> str:
    """The gallery's page, of what was made, in the order of the pieces."""
    order = {piece.name: n for n, piece in enumerate(pieces())}
    parts = []
    for about in sorted(
        place.glob("*/about.txt"), key=lambda one: order.get(one.parent.name, len(order))
    ):
        folder = about.parent
        shown = about.read_text("utf-8")
        parts.append(f"## {shown}\n")
        if (place / f"{folder.name}.png").is_file():
            parts.append(f"![{shown}, a page](gallery/{folder.name}.png)\n")
        files = sorted(one for one in folder.rglob("*") if one.is_file() and one != about)
        parts.append(
            "\n".join(f"- [{f.name}](<gallery/{f.relative_to(place).as_posix()}>)" for f in files)
            + "\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    problems = make(tuple(sys.argv[1:]))
    sys.exit("\n".join(problems) or 0)
