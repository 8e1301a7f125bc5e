"""Build and print the SYNTHETIC demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.report import deliver

if TYPE_CHECKING:
    pass

__all__ = ["make_demo"]


def make_demo(output: Path) -> tuple[Path, ...]:
    """Build the SYNTHETIC municipality and print its report in each language."""
    from hrkit import synthetic

    client = synthetic.client("municipality")
    folder = output / client.id
    synthetic.build(client, folder)
    return tuple(
        deliver(
            folder, language=language, output=output / f"report-{language}.pdf", overwrite=True
        ).pdf
        for language in ("da", "nl", "en")
    )
