"""JupyterLab as ``hrkit lab`` starts it: ``python -m hrkit.workbook.served``.

It is JupyterLab itself, only that it does not load what checks formats that none of its schemas asks
for: half of what it does until its first page (`hrkit.model.schema.light_jsonschema`).
"""

from __future__ import annotations

import sys

from hrkit.ending import with_starter
from hrkit.model.schema import light_jsonschema

__all__ = ["main"]


def main() -> None:
    """Serve until it is ended."""
    # Before anybody asks that program to end: it has no ear for a terminal that is closed.
    with_starter()
    light_jsonschema()
    from jupyterlab.labapp import main as serve

    sys.exit(serve())


if __name__ == "__main__":
    main()
