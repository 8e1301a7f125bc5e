"""Loaded by pytest before anything else (``-p tests.light``).

The notebook plugin imports jsonschema, which compiles dozens of grammars that nobody here asks for:
two seconds of processor time in every worker.  The product does without them, too.
"""

from hrkit.model.schema import light_jsonschema

light_jsonschema()
