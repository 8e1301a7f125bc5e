"""Loaded by pytest before anything else (``-p tests.light``).

The notebook plugin imports jsonschema, which compiles dozens of grammars that nobody here asks for:
two seconds of processor time in every worker.  The product does without them, too.  And linear
algebra in several threads only makes workers wait for each other: there is one worker a core.
"""

import os

from hrkit.model.schema import light_jsonschema

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
light_jsonschema()
