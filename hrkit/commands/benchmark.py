"""Compare the organisations of a portfolio: the consultant's own report, and a page for each client.

This process holds names and places, never a figure: each organisation is issued in a process of its own,
one process decides on what all left, and each client's page is made in another that is told nothing of any
other organisation (`hrkit.commands.benchmark_steps`).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.commands.batch_run import BatchAsked, BatchRun
from hrkit.commands.making import PLACE, formats_of
from hrkit.commands.new_names import slug
from hrkit.commands.outcomes import Batch, Outcome, write_outcomes
from hrkit.commands.outputs import Outputs
from hrkit.commands.sealed import keys_of
from hrkit.errors import HrkitError, Problem
from hrkit.files import make_folder, private_folder
from hrkit.portfolio.split import engagements_in, same_ids

if TYPE_CHECKING:
    from hrkit.publish.batch.crew import Crew

__all__ = ["WHY", "Brought", "MadeBenchmark", "benchmark", "brought_together"]

_STEPS = "hrkit.commands.benchmark_steps"


#: Why an organisation is not counted.
WHY = {
    "own": "it wants to be in no benchmark",
    "wave": "its latest wave is another",
    "instrument": "it was asked another questionnaire or edition",
    "figures": "too few have answered",
}


@dataclass(frozen=True)
class Brought:
    """What was decided on the organisations together, in names and numbers of organisations.

    Attributes
    ----------
    wave, number
        Which wave, and which version of the benchmark; 0 where there is none.
    counted
        Organisations that could be compared.
    enough
        Whether there is a benchmark.
    clients
        Folders of those that get a page.
    left_out
        Clients that are not counted, with the reason; those that could not be read among them.
    waiting, held
        How many organisations have figures that wait for others'; how many rows are not shown.
    """

    wave: str
    number: int
    counted: int
    enough: bool
    clients: tuple[str, ...]
    left_out: Mapping[str, str]
    broken: Mapping[str, str] = field(default_factory=dict)
    waiting: int = 0
    held: int = 0
    languages: tuple[str, ...] = ()

    @property
    def too_few(self) -> str:
        """One sentence that says why there is no benchmark."""
        from hrkit.disclosure.released import LEAST

        have = f"{self.counted} organisation{'s' if self.counted != 1 else ''}"
        return (
            f"There is no benchmark: {have} can be compared, and it takes {LEAST}, so that at least "
            f"{LEAST - 1} others stand behind every figure."
            if self.counted < LEAST
            else "There is no benchmark: no figure is shared by enough organisations, or each would "
            "let one of them be worked out."
        )


@dataclass(frozen=True)
class MadeBenchmark:
    """The consultant's report, the clients' pages, and what was decided."""

    report: tuple[Path, ...]
    pages: Batch
    decided: Brought
    messages: tuple[str, ...] = ()


def benchmark(
    source: str | Path,
    output: str | Path | None = None,
    *,
    wave: str = "",
    language: str | Sequence[str] = "",
    also: str | Sequence[str] = (),
    workers: int = 0,
    timeout: float | None = 600,
    overwrite: bool = False,
    trust: bool = False,
    fork: bool | None = None,
    told: Callable[[Outcome, int, int], None] | None = None,
) -> MadeBenchmark:
    """Compare the organisations of a portfolio, each by what was released of it.

    Parameters
    ----------
    source
        Folder of engagement folders; what was issued is recorded there.
    output
        Folder for the files; ``benchmark`` in the source if None.  The consultant's report lies there,
        the clients' pages in ``clients`` in it, so that one is not handed on for the other.
    wave
        Id of a wave; the one that most organisations have as their latest if empty.
    language
        One, several with commas or in a list; each engagement's own if empty.
    also
        Formats beside the PDF, as in `hrkit.commands.report.report`.
    workers, timeout, overwrite, trust, fork, told
        As in `hrkit.commands.batch.batch`.

    Returns
    -------
    MadeBenchmark
        Where the files are, and who is not counted.

    Raises
    ------
    HrkitError
        If there are too few organisations, in one sentence, or the folder cannot be used.
    """
    from hrkit.commands.batch_warm import first
    from hrkit.publish.batch.crew import Crew, Task
    from hrkit.publish.batch.manifest import Manifest

    source = Path(source)
    output = Path(output) if output is not None else source / "benchmark"
    words = language.split(",") if isinstance(language, str) else language
    languages = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
    formats = formats_of(also)
    places = engagements_in(source)
    if output.exists() and not output.is_dir():
        raise HrkitError(f"{output} is a file; choose a folder for the benchmark.")
    with (
        private_folder("benchmark") as private,
        Crew(workers or os.cpu_count() or 1, private, [first(places, formats)], fork=fork) as crew,
    ):
        decided = brought_together(source, places, wave, crew, private, timeout, languages)
        if not decided.enough:
            raise HrkitError(
                decided.too_few,
                [Problem(name, what) for name, what in sorted(decided.broken.items())],
            )
        make_folder(output / "clients")
        report: list[Path] = []
        messages: list[str] = []
        with tempfile.TemporaryDirectory(prefix=".hrkit-own-", dir=output.absolute()) as staging:
            for code in decided.languages:
                name = f"{slug(source.resolve().name)}-{decided.wave}-{code}-portfolio"
                given = {
                    "source": str(source.absolute()),
                    "wave": decided.wave,
                    "language": code,
                    "name": name,
                    "also": list(formats),
                    "trusting": trust,
                    "into": staging,
                }
                made = _one(crew, Task(f"own {code}", f"{_STEPS}:own", given, timeout))
                files = {output / one: (Path(staging) / one).read_bytes() for one in made["files"]}
                Outputs(source, overwrite).write(files, final=False)
                report += files
                messages += made["messages"]
        chosen = tuple(place for place in places if place.name in decided.clients)
        ask = BatchAsked(
            decided.wave, languages, (PLACE,), formats, False, overwrite, trust, str(private)
        )
        with (
            Manifest(output / "clients") as manifest,
            tempfile.TemporaryDirectory(prefix=".hrkit-batch-", dir=output / "clients") as staging,
        ):
            run = BatchRun(ask, chosen, manifest, crew, private, Path(staging), timeout, told)
            run.all()
            write_outcomes(manifest.at, manifest.entries())
    outcomes = tuple(run.outcomes[place.name] for place in chosen)
    broken = tuple(Outcome(n, "failed", error=e) for n, e in sorted(decided.broken.items()))
    pages = Batch((*outcomes, *broken), str(output / "clients"))
    return MadeBenchmark(tuple(report), pages, decided, tuple(dict.fromkeys(messages)))


def brought_together(
    source: Path,
    places: Sequence[Path],
    wave: str,
    crew: Crew,
    private: Path,
    timeout: float | None,
    languages: Sequence[str] = (),
) -> Brought:
    """Have every organisation issued and all of them decided on; files for the clients are left in a folder.

    Raises
    ------
    HrkitError
        If what was issued before cannot be read.
    """
    from hrkit.publish.batch.crew import Task

    broken = dict(same_ids(places))
    waiting = [place for place in places if place.name not in broken]
    files: dict[str, str] = {}
    while waiting or crew.busy:
        while waiting and crew.idle > 0:
            place = waiting.pop(0)
            given = {
                "folder": str(place.absolute()),
                "wave": wave,
                "into": str(private),
                "keys": keys_of(place),
            }
            crew.give(Task(place.name, f"{_STEPS}:bring", given, timeout))
        for ended in crew.wait():
            if ended.error:
                broken[ended.id] = ended.error
            else:
                files[ended.id] = ended.value["file"]
    all_given: dict[str, Any] = {
        "source": str(source.absolute()),
        "folders": dict(sorted(files.items())),
        "wave": wave,
        "into": str(private),
        "language": list(languages),
    }
    found = _one(crew, Task("all together", f"{_STEPS}:decide", all_given, timeout))
    for file in files.values():
        Path(file).unlink(missing_ok=True)
    named: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in found.items()}
    return replace(Brought(**named), broken=broken)


def _one(crew: Crew, task: Any) -> Any:
    crew.give(task)
    (ended,) = crew.wait()
    if ended.error:
        raise HrkitError(ended.error)
    return ended.value
