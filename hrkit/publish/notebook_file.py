"""A notebook as it lies in a file: read whole, or what is wrong with it in one sentence."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

from hrkit.errors import PublishError
from hrkit.files import only_a_file

__all__ = ["read_notebook"]


def read_notebook(path: Path) -> Any:
    """A notebook of nbformat 4 from a file, each of its cells with an id of its own."""
    import nbformat

    try:
        only_a_file(path)
        # Some editors put a mark of the encoding in front.
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PublishError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise PublishError(f"{path}: is not a notebook: it is no text in UTF-8") from error
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        what = "the file is empty" if not text.strip() else "it is damaged, or no notebook at all"
        raise PublishError(f"{path}: is not a notebook: {what}") from error
    if not isinstance(found, dict) or not isinstance(found.get("nbformat"), int):
        raise PublishError(f"{path}: is not a notebook: it does not say so itself")
    if found["nbformat"] > nbformat.current_nbformat:
        raise PublishError(
            f"{path}: is a notebook of a later kind (nbformat {found['nbformat']}); save it in "
            f"JupyterLab as nbformat {nbformat.current_nbformat}, or take the kit's own anew"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # two cells of one id: they get their own
            return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except Exception as error:  # nbformat raises many kinds for a notebook that is none
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise PublishError(f"{path}: is not a notebook: {said[0]}") from error
