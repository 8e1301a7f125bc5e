"""Print one of everything, small, for the site's gallery: ``make gallery``.

From the SYNTHETIC municipality and nothing else.  Each deliverable is a PDF (or the workbook, deck
or text it is) and, where it has pages, a picture of the first; none of it is kept in the repository.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hrkit
from hrkit import synthetic
from hrkit.synthetic.parts import TOOLS

GALLERY = Path(__file__).resolve().parent.parent / "build" / "gallery"
PROFILES = ("full", "summary", "workshop", "board", "employees")

#: What each is, by its name: the name of its files, a line about it, and how it is made.
Piece = tuple[str, str, Callable[[Path, Path], object]]


def pieces(languages: tuple[str, ...] = ("en",)) -> Iterator[Piece]:
    """One of every deliverable, the quick ones first."""
    for name, about in (
        ("agenda-120", "The agenda of a meeting of two hours"),
        ("cards-vote", "Cards to vote with"),
        ("script", "The script of the meeting"),
        ("grid-trust", "The grid of levels of one dimension"),
        ("questionnaire-leader", "The questionnaire on paper"),
    ):
        yield (
            name,
            about,
            lambda home, out, name=name: hrkit.print_papers(
                home, (name,), language="en", output=out, overwrite=True
            ),
        )
    yield (
        "codes",
        "Slips with codes and QR codes",
        lambda home, out: hrkit.codes(
            home, unit="boern", perspective="leader", count=6, output=out, overwrite=True
        ),
    )
    yield (
        "letters",
        "Letters and mails around a round",
        lambda home, out: hrkit.letters(home, language="en", output=out, overwrite=True),
    )
    yield (
        "sheet",
        "A unit's feedback sheet",
        lambda home, out: hrkit.sheet(
            home, unit="boern", language="en", output=out / "sheet.pdf", overwrite=True
        ),
    )
    yield (
        "calendar",
        "The calendar of the engagement",
        lambda home, out: hrkit.plan_process(
            home, workshop=dt.date(2027, 11, 8), language="en", output=out, overwrite=True
        ),
    )
    yield (
        "actions",
        "The workbook in which actions are followed",
        lambda home, out: hrkit.actions(
            home, language="en", output=out / "actions.xlsx", overwrite=True
        ),
    )
    yield (
        "papers",
        "Impact assessment, record, notice and the rest",
        lambda home, out: hrkit.duties.papers(home, language="en", output=out, overwrite=True),
    )
    for profile in PROFILES:
        for language in languages:
            also = ("xlsx", "docx", "pptx") if profile == "full" else ()
            yield (
                f"report-{profile}-{language}",
                f"The report for whoever reads “{profile}”",
                lambda home, out, profile=profile, language=language, also=also: hrkit.report(
                    home,
                    profile=profile,
                    language=language,
                    also=also,
                    output=out / f"report-{profile}-{language}.pdf",
                    overwrite=True,
                ),
            )


def picture(pdf: Path, place: Path) -> None:
    """The first page of a PDF, 600 dots wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    page.render(scale=600 / page.get_width()).to_pil().save(place, optimize=True)
    document.close()


def make(wanted: tuple[str, ...], place: Path = GALLERY) -> list[str]:
    """Make the pieces that are named, or all; what could not be made comes back."""
    place.mkdir(parents=True, exist_ok=True)
    failed = []
    with tempfile.TemporaryDirectory(prefix="hrkit-gallery-") as temporary:
        home = Path(temporary) / "municipality"
        synthetic.build(synthetic.client("municipality"), home, TOOLS)
        for name, about, build in pieces():
            if wanted and name not in wanted:
                continue
            out = Path(temporary) / name
            out.mkdir()
            try:
                build(home, out)
            except Exception as error:
                failed.append(f"{name}: {error}")
                continue
            kept = place / name
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(out, kept)
            (kept / "about.txt").write_text(about, "utf-8")
            for pdf in sorted(kept.rglob("*.pdf"))[:1]:
                picture(pdf, place / f"{name}.png")
    return failed


def page(place: Path = GALLERY) -> str:
    """The gallery's page, of what was made."""
    parts = []
    for about in sorted(place.glob("*/about.txt")):
        folder = about.parent
        shown = about.read_text("utf-8")
        parts.append(f"## {shown}\n")
        if (place / f"{folder.name}.png").is_file():
            parts.append(f"![{shown}, first page](gallery/{folder.name}.png)\n")
        files = sorted(one for one in folder.rglob("*") if one.is_file() and one != about)
        parts.append(
            "\n".join(f"- [{f.name}](<gallery/{f.relative_to(place).as_posix()}>)" for f in files)
            + "\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    problems = make(tuple(sys.argv[1:]))
    sys.exit("\n".join(problems) or 0)
