"""nbconvert's door to the page: ``jupyter nbconvert --to hrkit_pdf report.ipynb``.

JupyterLab lists it under *File, Save and Export Notebook As*, and Jupyter Server serves it
at ``/nbconvert/hrkit_pdf/…``.  Neither runs the notebook: its saved outputs are printed, and the
version they show is issued (`hrkit.workbook.printed`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

__all__ = ["HrkitPdfExporter"]


class HrkitPdfExporter(Exporter):
    """An executed notebook as an accessible PDF; keeps nothing between two notebooks."""

    output_mimetype = "application/pdf"
    export_from_notebook = "hrkit PDF"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The PDF's bytes and nbconvert's resources.

        Raises
        ------
        HrkitError
            When the notebook was not run, a cell of it failed, its parts are not of one report,
            or answers came in since.  The command line says so and stops instead: nbconvert would
            put its own traceback above the sentence.
        """
        from hrkit.errors import HrkitError

        try:
            return self._printed(nb, resources, **kw)
        except HrkitError as error:
            if not _on_the_command_line():
                raise
            self.log.error("%s", error)
            sys.exit(1)

    def _printed(
        self, nb: NotebookNode, resources: Any | None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        from hrkit.publish.document import document_of
        from hrkit.publish.normalise import unset
        from hrkit.publish.pdf import render_pdf
        from hrkit.report.running import page_words_in
        from hrkit.workbook.printed import issued

        # The base class copies the notebook and runs the preprocessors the user configured.
        prepared, resources = super().from_notebook_node(nb, resources, **kw)
        name = str(resources.get("metadata", {}).get("name", ""))
        document = document_of(prepared, name, page_words_in)
        place = resources.get("metadata", {}).get("path")
        blocks = issued(prepared, document.blocks, Path(place) if place else None, name)
        for message in (*document.messages, *unset(blocks)):
            self.log.warning("%s", message)
        return render_pdf(blocks), resources


def _on_the_command_line() -> bool:
    """Whether ``jupyter nbconvert`` runs this, and not a server."""
    from jupyter_core.application import JupyterApp
    from nbconvert.nbconvertapp import NbConvertApp

    return JupyterApp.initialized() and isinstance(JupyterApp.instance(), NbConvertApp)
