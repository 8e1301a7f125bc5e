"""The commands for many organisations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from hrkit.cli.base import FOLDER, LANGUAGE, answerable, formats, say
from hrkit.publish.formats import BESIDE

__all__ = ["batch", "benchmark", "run_job"]


def _languages(
    _: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    """Languages, given one by one or in a list with commas."""
    words = [word.strip() for text in given for word in text.split(",")]
    return tuple(dict.fromkeys(LANGUAGE.convert(word, option, None) for word in words))


@click.command()
@click.argument("source", type=FOLDER, metavar="SRC")
@click.option(
    "-o", "--output", required=True, metavar="OUT", help="Folder for the files, or a URL (s3://…)."
)
@click.option("--wave", default="", help="Id of the wave; each engagement's latest if not given.")
@click.option(
    "--language",
    multiple=True,
    callback=_languages,
    metavar="CODE",
    help="Language, or several; each engagement's own if not given.",
)
@click.option(
    "--profile", multiple=True, help="Report profile, or several: full, summary, workshop, tools."
)
@click.option(
    "--also",
    multiple=True,
    callback=formats,
    metavar="|".join(BESIDE),
    help="Another format beside the PDF; several with commas or one by one.",
)
@click.option("--sheets", is_flag=True, help="A sheet for every unit that has figures, too.")
@click.option("--only", multiple=True, metavar="NAME", help="This organisation; may be repeated.")
@click.option("--failed", is_flag=True, help="Only what failed, or was not reached, before.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes at once.")
@click.option("--timeout", type=click.FloatRange(1), default=600, help="Seconds for a document.")
@click.option("--dry-run", is_flag=True, help="Say what would be made; write nothing.")
@click.option("--zip", is_flag=True, help="One zip a client, too.")
@click.option("--benchmark", is_flag=True, help="With each client's place among the others.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed, or are final.")
@click.option("--trust", is_flag=True, help="Run the code of notebooks that came from elsewhere.")
@click.option("--dask", default="", metavar="ADDRESS", help="Scheduler of Dask: its workers print.")
@click.option(
    "--jobs", default="", metavar="PLACE", help="Leave a job a document there (see hrkit run-job)."
)
@answerable
def batch(source: Path, output: str, workers: int | None, **how: Any) -> None:
    """Make the reports of every engagement folder in SRC, each on its own; go on where it stopped.

    Exit code 3: some could not be made; the others were.
    """
    from tqdm import tqdm  # type: ignore[import-untyped]

    from hrkit.commands.batch import batch as make
    from hrkit.commands.outcomes import Outcome

    how["profile"] = [word for text in how["profile"] for word in text.split(",")]
    with tqdm(disable=None, unit=" organisations", leave=False, file=sys.stderr) as bar:

        def told(one: Outcome, ended: int, of: int) -> None:
            bar.total = of
            with bar.external_write_mode(file=sys.stderr):
                _say_outcome(one)
            bar.update(ended - bar.n)

        result = make(source, output, workers=workers or 0, told=told, **how)
    for one in result.of("foreseen"):
        say(f"would make  {one.organisation}  {' '.join(one.files)}")
    if how["dry_run"]:
        for one in result.failed:
            _say_outcome(one)
    for name in result.strangers:
        say(f"note: {name} is not in {source} any more; its files are still in {output}", err=True)
    states = (
        ("done", "skipped", "waiting", "failed") if how["jobs"] else ("done", "skipped", "failed")
    )
    counts = [f"{len(result.of(state))} {state}" for state in states]
    if how["failed"] and not result.outcomes:
        say(f"nothing failed in the run before, and nothing is missing in {output}")
    elif not how["dry_run"]:
        say(f"{', '.join(counts)}; see {result.output.rstrip('/')}/outcomes.csv")
    if result.failed:
        sys.exit(3)


@click.command("run-job")
@click.argument("id")
@click.option(
    "--jobs", required=True, metavar="PLACE", help="Where hrkit batch --jobs has left the jobs."
)
@click.option(
    "-o",
    "--output",
    default="",
    metavar="OUT",
    help="Where the files go, if not where the job says.",
)
@click.option("--timeout", type=click.FloatRange(1), default=600, help="Seconds it may take.")
@click.option("--trust", is_flag=True, help="Run an organisation's own notebook, too.")
@answerable
def run_job(id: str, **how: Any) -> None:
    """Make the one document of the job ID: in a pod, or as a step of a workflow.

    Exit code 3: it could not be made, and why; run the same hrkit batch --jobs to hear what came of all.
    """
    from hrkit.commands.run_job import run_job as make

    done = make(id, **how)
    _say_outcome(done)
    if done.state == "failed":
        sys.exit(3)


@click.command()
@click.argument("source", type=FOLDER, metavar="SRC")
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    metavar="OUT",
    help="Folder for the files; SRC/benchmark if not given.",
)
@click.option("--wave", default="", help="Id of the wave; that of most organisations if not given.")
@click.option(
    "--language",
    multiple=True,
    callback=_languages,
    metavar="CODE",
    help="Language, or several; each engagement's own if not given.",
)
@click.option(
    "--also",
    multiple=True,
    callback=formats,
    metavar="|".join(BESIDE),
    help="Another format beside the PDF; several with commas or one by one.",
)
@click.option("--workers", type=click.IntRange(1, 256), help="Processes at once.")
@click.option("--timeout", type=click.FloatRange(1), default=600, help="Seconds for a document.")
@click.option("--overwrite", is_flag=True, help="Replace files that were changed, or are final.")
@click.option("--trust", is_flag=True, help="Run the code of notebooks that came from elsewhere.")
@answerable
def benchmark(source: Path, output: Path | None, workers: int | None, **how: Any) -> None:
    """Compare the organisations in SRC: your own report of all, and a page for each client.

    Exit code 3: an organisation could not be read, or its page not be made; the others were.
    """
    from hrkit.commands.benchmark import WHY
    from hrkit.commands.benchmark import benchmark as make

    result = make(
        source, output, workers=workers or 0, told=lambda one, *_: _say_outcome(one), **how
    )
    for path in result.report:
        say(f"your own, not to be handed on: {path}")
    for name, why in result.decided.left_out.items():
        say(f"note: {name} is not counted ({WHY[why]})", err=True)
    for message in _notes(result.decided, result.messages):
        say(f"note: {message}", err=True)
    for one in result.pages.failed:
        if one.organisation in result.decided.broken:
            _say_outcome(one)
    if result.pages.failed:
        sys.exit(3)


def _notes(decided: Any, messages: tuple[str, ...]) -> tuple[str, ...]:
    waiting = (
        f"newer figures of {decided.waiting} organisations wait until enough have changed or joined",
    )
    held = (f"{decided.held} figures are not shown: an organisation could be worked out",)
    return (*(waiting if decided.waiting else ()), *(held if decided.held else ()), *messages)


def _say_outcome(one: Any) -> None:
    """One line for an organisation, and what is to be said of it."""
    if one.state == "failed":
        say(f"failed   {one.organisation}", err=True)
        for line in one.error.splitlines():
            say(f"  {line}", err=True)
        return
    say(f"{one.state:8} {one.organisation}  {' '.join(one.files)}")
    for message in one.messages:
        say(f"  note: {message}", err=True)
