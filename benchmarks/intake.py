"""How long a large file takes to be taken in, and how soon `check` says what is wrong with it.

Run: ``python benchmarks/intake.py [PEOPLE]``.  10,000 people × 57 columns should take under 4 seconds
of processor time and 400 MB; the first problem should be said within a second or so.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from hrkit.answers.ballots import answer_columns
from hrkit.commands.check import check
from hrkit.commands.import_answers import import_answers
from hrkit.commands.new import new
from hrkit.model import engagement_file as engagements


def _file(folder: Path, people: int, wrong: bool) -> Path:
    """Answers to every question that each is asked."""
    engagement = engagements.load(folder)
    draw, keys = random.Random(1), answer_columns(engagement.instrument)
    path = folder / ("wrong.csv" if wrong else "large.csv")
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "perspective", *keys])
        for n in range(people):
            who = draw.choice(engagement.instrument.perspectives)
            ticks = set(
                draw.sample([k for k, q in keys.items() if q.facet.scale.kind == "tick"], 3)
            )
            row = [f"P{n:06}", who]
            for key, question in keys.items():
                scale = question.facet.scale
                if who not in question.item.ask or scale.kind == "text":
                    row.append("")
                elif scale.kind == "tick":
                    row.append("1" if key in ticks else "0")
                else:
                    row.append(draw.choice(scale.choices).value)
            if wrong and n == people - 1:
                row[2:] = ["77"] * len(keys)
            writer.writerow(row)
    return path


def main(people: int) -> None:
    """Write the files, check one and import the other."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "large"
        new(folder, "Large", "en")
        file = folder / "engagement.yml"
        text = file.read_text(encoding="utf-8")
        text = text.replace('name: ""', 'name: "C"').replace(
            'organisation: ""', 'organisation: "C"'
        )
        file.write_text(text, encoding="utf-8")
        right, wrong = _file(folder, people, False), _file(folder, people, True)
        start = time.process_time()
        found = check(wrong, folder)
        print(f"check, {len(found.problems)} problems: {time.process_time() - start:.2f} s")
        start = time.process_time()
        print(str(import_answers(right, folder)).splitlines()[-1])
        print(f"import: {time.process_time() - start:.2f} s")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
