"""Build the documentation as a site: ``python website/build.py``.

Its source is put together from the pages that lie in the repository (they read well there too, so
they stay where they are), the paths in ``website/pages``, and what is written from the code: every
command, every name of ``import hrkit``, every file format.  Sphinx then builds it, and a link that
leads nowhere ends the build.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from gallery import page as gallery_page
from reference import commands_page, python_page, schema_pages

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "build" / "site-source"
SITE = ROOT / "build" / "site"
GALLERY = ROOT / "build" / "gallery"
PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
LINK = re.compile(r"\]\(([^)\s#]+)(#[^)\s]*)?\)")
PICTURE = re.compile(r"^!\[[^\]]*\]\((gallery/[^)]+)\)\n", re.M)


def assemble(place: Path = SOURCE, gallery: Path = GALLERY) -> None:
    """Write the site's source."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ROOT / "docs", place / "docs")
    for name in PAGES:
        shutil.copy2(ROOT / name, place / name)
    for page in sorted((ROOT / "website" / "pages").glob("*.md")):
        shutil.copy2(page, place / page.name)
    if gallery.is_dir():
        shutil.copytree(gallery, place / "gallery", dirs_exist_ok=True)
        with (place / "gallery.md").open("a", encoding="utf-8") as file:
            file.write("\n" + gallery_page(gallery))
    (place / "reference").mkdir()
    (place / "reference" / "commands.md").write_text(commands_page(), "utf-8")
    (place / "reference" / "python.md").write_text(python_page(), "utf-8")
    for name, text in schema_pages(ROOT / "data" / "templates" / "schemas").items():
        (place / "reference" / name).write_text(text, "utf-8")
    for page in sorted(place.rglob("*.md")):
        _fit(page, place)


def _fit(page: Path, place: Path) -> None:
    """What a page links to that is no page comes along; pictures that were not made stay away."""
    text = PICTURE.sub(
        lambda one: one[0] if (place / one[1]).is_file() else "", page.read_text("utf-8")
    )
    page.write_text(text, "utf-8")
    for target, _ in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        there = (page.parent / target).resolve()
        if there.exists() or not there.is_relative_to(place):
            continue
        own = ROOT / there.relative_to(place)
        if own.is_file():
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(own, there)


def build() -> int:
    """Build the site, strictly; the exit code comes back."""
    assemble()
    shutil.rmtree(SITE, ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going", "-c", ROOT / "website",
         "-d", ROOT / "build" / "doctrees", SOURCE, SITE]
    )  # fmt: skip
    return made.returncode


if __name__ == "__main__":
    sys.exit(build())
