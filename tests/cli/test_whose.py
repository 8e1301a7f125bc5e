"""``hrkit report`` and ``sheet``: what was issued once is what is printed, of this engagement alone."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

from hrkit import kit
from hrkit.model import engagement_file as engagements
from tests.pages import text_of

from .conftest import Run, fill_in_name, sheet, write_csv

NOTEBOOK = "3_report.ipynb"


def with_parameters(folder: Path, **values: str) -> Path:
    """The folder's own notebook, with other values in its parameters cell."""
    notebook = json.loads((kit.notebooks() / NOTEBOOK).read_text("utf-8"))
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            names = {"engagement": "", "language": "", "profile": "", "wave": "", **values}
            cell["source"] = [f"{name} = {value!r}\n" for name, value in names.items()]
    path = folder / NOTEBOOK
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def versions(folder: Path) -> list[int]:
    connection = sqlite3.connect(folder / "answers.sqlite")
    found = [
        row[0] for row in connection.execute("SELECT id FROM releases WHERE id > 0 ORDER BY id")
    ]
    connection.close()
    return found


def test_a_notebook_that_names_another_engagement_is_refused(run: Run, answered: Path) -> None:
    other = answered.parent / "beta"
    assert run("new", other, "--name", "Beta A/S", "--language", "en").code == 0
    fill_in_name(other)
    run(
        "import",
        write_csv(answered.parent / "b.csv", sheet(other, {"leader": 8}, seed=5)),
        "--into",
        other,
    )
    with_parameters(answered, engagement="../beta")
    done = run("report", answered, "--profile", "summary", "--trust")
    assert done.code == 1
    assert "shows the engagement beta" in done.text and "is made for acme" in done.text
    assert not list(answered.glob("*.pdf"))
    assert versions(other) == []


def test_parameters_kept_from_an_earlier_run_do_not_stay(run: Run, answered: Path) -> None:
    first = run("report", answered, "--language", "da", "--profile", "summary", "--keep-notebook")
    assert first.code == 0, first.text
    (kept,) = (path for path in answered.glob("*.ipynb") if "summary" in path.name)
    os.replace(kept, answered / NOTEBOOK)
    output = answered.parent / "second.pdf"
    second = run("report", answered, "--profile", "summary", "-o", output, "--trust")
    assert second.code == 0, second.text
    text = text_of(output)
    assert "UDKAST" not in text and "DRAFT" in text
    assert versions(answered) == [1]


def test_the_kernel_gets_what_was_issued_and_opens_no_store(run: Run, answered: Path) -> None:
    notebook = json.loads(with_parameters(answered).read_text("utf-8"))
    source = [
        "import os\n",
        "print('JOB', os.path.exists(os.environ['HRKIT_JOB']), report.released.state, "
        "report.released.issued)\n",
        "os.rename('answers.sqlite', 'elsewhere')\n",
        "again = hrkit.assess(hrkit.here(engagement), profile='summary', language=language)\n",
        "os.rename('elsewhere', 'answers.sqlite')\n",
        "print('SAME', again.released == report.released)\n",
    ]
    own = {
        "cell_type": "code",
        "id": "own",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    at = next(
        i for i, cell in enumerate(notebook["cells"]) if "hrkit.assess" in "".join(cell["source"])
    )
    notebook["cells"].insert(at + 1, own)
    (answered / NOTEBOOK).write_text(json.dumps(notebook), "utf-8")
    done = run(
        "report", answered, "--profile", "summary", "--trust", "-o", answered.parent / "r.pdf"
    )
    assert done.code == 0, done.text
    text = text_of(answered.parent / "r.pdf")
    assert "JOB False draft 1" in text and "SAME True" in text


def test_a_sheet_is_issued_too_and_wrong_parameters_issue_nothing(run: Run, answered: Path) -> None:
    assert run("sheet", answered, "--unit", "nowhere").code == 1
    assert run("explain", answered, "trust").text.startswith("PREVIEW – not to be handed on\n")
    assert versions(answered) == []
    output = answered.parent / "sheet.pdf"
    root = engagements.load(answered).root.id
    done = run("sheet", answered, "--unit", root, "-o", output)
    assert done.code == 0, done.text
    assert "DRAFT" in text_of(output) and "PREVIEW" not in text_of(output)
    assert versions(answered) == [1]
