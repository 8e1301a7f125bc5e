"""What a batch's processes are forked from has read all that is the kit's: a document reads no more of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from hrkit import synthetic

#: Makes a report as a forked process does, and says what the one before it could have had ready.
_MAKES = """
import json, os, sys
from pathlib import Path
from hrkit.commands.batch_warm import named_in, warm
home, private = Path(sys.argv[1]), sys.argv[2]
warm(named_in([home]))
from hrkit.commands.batch_steps import issue, make
from hrkit.publish import fonts
from hrkit.report.charts import letters
read = (fonts.advances, fonts.coverage, fonts.typst_fonts, letters.fonts, letters.as_delivered)
issued = issue(str(home), [], ["full"], "", [], False, False, private)
widths = letters.width_of.cache_info().misses
before, known = set(sys.modules), [one.cache_info().misses for one in read]
make(issued["job"], issued["home"], issued["documents"][0], issued["released"], [], False, private)
now = [one.cache_info().misses for one in read]
measured = letters.width_of.cache_info().misses - widths
print(json.dumps([sorted(set(sys.modules) - before), [b - a for a, b in zip(known, now)], measured]))
"""


def test_nothing_of_the_kit_is_read_after_the_fork(tmp_path: Path) -> None:
    home, private = tmp_path / "acme", tmp_path / "private"
    private.mkdir()
    synthetic.build(synthetic.CLIENTS["municipality"], home)
    said = subprocess.run(
        [sys.executable, "-c", _MAKES, str(home), str(private)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    ).stdout
    modules, read_again, measured = json.loads(said.splitlines()[-1])
    assert modules == []
    assert read_again == [0] * len(read_again)
    # Names of dimensions and levels are broken into lines before it: what is left are the other labels.
    assert measured < 100
