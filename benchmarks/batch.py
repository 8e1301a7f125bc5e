"""Reports of many organisations, side by side with what one would write without the kit: `make bench ARGS=batch`.

All make the same reports of the same made-up municipalities: a release, the report notebook with its
charts, a document.  Where the others print through a browser, and show a preview that nobody issued,
they do less than the kit does.  Processor seconds count everything that was started.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hrkit import kit, synthetic
from hrkit.commands.outcomes import TABLE

ROOT = Path(__file__).resolve().parents[1]
#: As in the processes of a batch: one thread each.
QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PLOOMBER_STATS_ENABLED": "false"}


@dataclass(frozen=True)
class Took:
    """What a run took, everything it started included; ``each`` is the largest process, in bytes."""

    cpu: float
    wall: float
    each: int


def organisations(folder: Path, count: int) -> Path:
    """So many municipalities, each with an id and a name of its own, in one folder."""
    pattern = folder / "pattern"
    if not pattern.is_dir():
        synthetic.build(synthetic.CLIENTS["municipality"], pattern)
    many = folder / f"many-{count}"
    for number in range(count):
        made = many / f"org{number:04d}"
        shutil.copytree(pattern, made)
        file = made / "engagement.yml"
        text = file.read_text("utf-8")
        text = re.sub(r'"id": "fjordby"\n"client"', f'"id": "org{number:04d}"\n"client"', text)
        file.write_text(
            text.replace('"Fjordby Kommune"\n"cons', f'"Kommune {number}"\n"cons'), "utf-8"
        )
        with sqlite3.connect(made / "answers.sqlite") as store:
            store.execute(
                "update meta set engagement = ?, client = ?",
                (f"org{number:04d}", f"Kommune {number}"),
            )
        store.close()
    return many


def measured(program: Sequence[str], **variables: str) -> Took:
    """Run a program to its end and say what it took."""
    env = {**os.environ, **QUIET, **variables}
    begun = time.monotonic()
    with tempfile.TemporaryFile() as said:
        pid = subprocess.Popen(program, env=env, stdout=said, stderr=said, cwd=ROOT).pid
        _, status, used = os.wait4(pid, 0)
        if code := os.waitstatus_to_exitcode(status):
            said.seek(0)
            raise SystemExit(
                f"{' '.join(program[:4])} ended with {code}:\n{said.read().decode()[-2000:]}"
            )
    return Took(used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss * 1024)


# ---- the ways


def kit_batch(many: Path, out: Path, profile: str) -> Took:
    """`hrkit batch`."""
    start = "import sys; from hrkit.cli import main; sys.exit(main())"
    return measured(
        [sys.executable, "-c", start, "batch", str(many), "-o", str(out), "--profile", profile]
    )


def floor(many: Path, out: Path, profile: str) -> Took:
    """One warm process that releases and prints one after the other, without notebooks."""
    return measured([sys.executable, __file__, "floor", str(many), str(out), profile])


def loop(many: Path, out: Path, profile: str) -> Took:
    """A shell loop, two at a time: the commands of papermill, nbconvert and the browser."""
    return measured([sys.executable, __file__, "loop", str(many), str(out), profile])


def pool(many: Path, out: Path, profile: str) -> Took:
    """A pool of two: papermill's call with a fresh kernel, nbconvert in process, the browser."""
    return measured([sys.executable, __file__, "pool", str(many), str(out), profile])


def ploomber(many: Path, out: Path, profile: str) -> Took | None:
    """In one process papermill with ploomber-engine, and the kit's exporter."""
    try:
        import ploomber_engine  # type: ignore[import-not-found]  # noqa: F401 - is it there
    except ImportError:
        return None
    return measured([sys.executable, __file__, "ploomber", str(many), str(out), profile])


# ---- what their processes do


def _floor(many: Path, out: Path, profile: str) -> None:
    from hrkit.assessment.assessment import assess
    from hrkit.assessment.parts import issue_all
    from hrkit.blocks.shown import unseen
    from hrkit.commands.batch_warm import named_in, warm
    from hrkit.model import engagement_file as engagements
    from hrkit.publish import pdf
    from hrkit.publish.batch.whole import check_whole

    places = sorted(many.iterdir())
    spent: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        spent[name] = spent.get(name, 0.0) + time.process_time() - begun

    with stage("imports, the kit's files (once)"):
        warm(named_in(places))
    for place in places:
        with stage("release"):
            released, parts = issue_all(engagements.load(place), "w1")
        # A page is all that is wanted, as in a batch that is asked for nothing beside it.
        with stage("findings, charts, blocks"), unseen():
            blocks = assess(place, profile=profile, released=released, parts=parts).blocks()
        with stage("checks of blocks and drawings"):
            prepared = pdf.prepare(blocks)
        with stage("Typst"):
            made = pdf._compile(prepared)
        with stage("file"):
            check_whole("pdf", made, place.name)
            (out / f"{place.name}.pdf").write_bytes(made)
    (out / "stages.json").write_text(json.dumps({k: v / len(places) for k, v in spent.items()}))


def _browser(page: Path, pdf: Path) -> list[str]:
    program = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    )
    return [
        program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--print-to-pdf={pdf}", page.as_uri(),
    ]  # fmt: skip


def _loop(many: Path, out: Path, profile: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    notebook = str(kit.notebooks() / kit.REPORT)

    def one(place: Path) -> None:
        run, page = out / f"{place.name}.ipynb", out / f"{place.name}.html"
        given = ["-p", "engagement", str(place), "-p", "profile", profile]
        for command in (
            [sys.executable, "-m", "papermill", notebook, str(run), *given, "-k", "python3"],
            [sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", str(run)],
            _browser(page, out / f"{place.name}.pdf"),
        ):
            subprocess.run(command, check=True, capture_output=True)

    with ThreadPoolExecutor(2) as pair:
        list(pair.map(one, sorted(many.iterdir())))


def _pooled(given: tuple[Path, Path, str]) -> None:
    import nbconvert
    import papermill

    place, out, profile = given
    made = papermill.execute_notebook(
        str(kit.notebooks() / kit.REPORT), None, {"engagement": str(place), "profile": profile},
        kernel_name="python3", progress_bar=False,
    )  # fmt: skip
    html, _ = nbconvert.HTMLExporter(exclude_input=True).from_notebook_node(made)
    page = out / f"{place.name}.html"
    page.write_text(html, "utf-8")
    subprocess.run(_browser(page, out / f"{place.name}.pdf"), check=True, capture_output=True)


def _pool(many: Path, out: Path, profile: str) -> None:
    from multiprocessing import get_context

    with get_context("spawn").Pool(2) as two:
        two.map(_pooled, [(place, out, profile) for place in sorted(many.iterdir())], 1)


def _ploomber(many: Path, out: Path, profile: str) -> None:
    import papermill

    from hrkit.publish.document import document_of
    from hrkit.publish.pdf import render_pdf

    for place in sorted(many.iterdir()):
        made = papermill.execute_notebook(
            str(kit.notebooks() / kit.REPORT), None,
            {"engagement": str(place), "profile": profile},
            engine_name="embedded", progress_bar=False,
        )  # fmt: skip
        (out / f"{place.name}.pdf").write_bytes(render_pdf(document_of(made, place.name).blocks))


# ---- side by side

#: Where the results stand in docs/benchmarks.md: between these lines, written anew by each run.
BEGIN, END = "<!-- made by make bench ARGS=batch -->", "<!-- until here -->"


def written(lines: Sequence[str]) -> None:
    """Put what was measured into the documentation."""
    file = ROOT / "docs" / "benchmarks.md"
    text = file.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    if rest:
        file.write_text(f"{before}{BEGIN}\n{chr(10).join(lines)}\n{END}{after}", "utf-8")


def side_by_side(count: int) -> list[str]:
    """Every way with `summary`, the kit's own with `full` too, as a table."""
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        print(line, flush=True)

    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    say(f"{count} organisations each, {os.cpu_count()} processors, load before it {load}.\n")
    say("| way | profile | processor s a report | s a report | largest process, MiB |")
    say("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="hrkit-bench-") as home:
        folder = Path(home)
        stages: list[str] = []
        for profile in ("summary", "full"):
            for name, way in WAYS.items():
                if profile == "full" and way not in (kit_batch, floor):
                    continue
                # A release that is kept already is not made again: every way begins without one.
                many, out = organisations(folder, count), folder / "out"
                out.mkdir()
                took = way(many, out, profile)
                if took is None:
                    say(f"| {name} | {profile} | not installed | | |")
                else:
                    say(
                        f"| {name} | {profile} | {took.cpu / count:.2f} | {took.wall / count:.2f} "
                        f"| {took.each / 2**20:.0f} |"
                    )
                if way is floor:
                    stages += _stages(profile, json.loads((out / "stages.json").read_text()))
                if way is kit_batch:
                    stages += _stages(f"{profile}, a document of the batch", _documents(out))
                shutil.rmtree(many)
                shutil.rmtree(out)
    say("\n| of that | stage | processor s a report |\n|---|---|---|")
    for line in stages:
        say(line)
    return lines


WAYS: Mapping[str, Callable[[Path, Path, str], Took | None]] = {
    "`hrkit batch`": kit_batch,
    "the floor: one warm process, no notebook": floor,
    "ploomber-engine in one process, the kit's exporter": ploomber,
    "pool of two: papermill's call, nbconvert in process, Chromium": pool,
    "plain loop, two at a time: the three commands": loop,
}


def _stages(what: str, spent: Mapping[str, float]) -> list[str]:
    return [f"| {what} | {name} | {used:.2f} |" for name, used in spent.items()]


def _documents(out: Path) -> Mapping[str, float]:
    """Processor seconds of the processes that print, as the run itself wrote them down."""
    with (out / TABLE).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {"notebook, charts, PDF": sum(float(r["processor_seconds"]) for r in rows) / len(rows)}


def growth(counts: Sequence[int]) -> list[str]:
    """`hrkit batch` over more and more organisations: linear in time, flat in memory."""
    lines = [
        "\n| organisations, `summary` | processor s a report | s a report | largest process, MiB |",
        "|---|---|---|---|",
    ]
    print("\n".join(lines))
    with tempfile.TemporaryDirectory(prefix="hrkit-bench-") as home:
        for count in counts:
            many, out = organisations(Path(home), count), Path(home) / "out"
            took = kit_batch(many, out, "summary")
            each = f"{took.cpu / count:.2f} | {took.wall / count:.2f} | {took.each / 2**20:.0f}"
            lines.append(f"| {count:,} | {each} |")
            print(lines[-1], flush=True)
            shutil.rmtree(many)
            shutil.rmtree(out)
    return lines


if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    work = {"floor": _floor, "loop": _loop, "pool": _pool, "ploomber": _ploomber}[name]
    work(Path(rest[0]), Path(rest[1]), rest[2])
