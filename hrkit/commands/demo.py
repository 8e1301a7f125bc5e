"""Build and print the SYNTHETIC demo."""

from __future__ import annotations

from pathlib import Path

from hrkit.commands.report import report

__all__ = ["demo"]


def demo(output: str | Path = "hrkit-demo") -> tuple[Path, ...]:
    """Build the SYNTHETIC municipality with its tools, and print its report in each language.

    Parameters
    ----------
    output
        Folder for it; made if it is not there.

    Returns
    -------
    tuple of Path
        The PDFs.

    Raises
    ------
    HrkitError
        If something else than the demo lies there.
    """
    from hrkit import synthetic
    from hrkit.synthetic.parts import TOOLS

    output = Path(output)
    client = synthetic.client("municipality")
    folder = output / client.id
    synthetic.build(client, folder, TOOLS)
    return tuple(
        report(
            folder, language=language, output=output / f"report-{language}.pdf", overwrite=True
        ).pdf
        for language in client.languages
    )
