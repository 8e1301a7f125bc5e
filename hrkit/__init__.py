"""hrkit: assess the partnership between leaders and HR, and print a report to be proud of.

In a notebook two names are enough::

    import hrkit
    report = hrkit.assess("clients/fjordby", language="da")
    report.part("front")

Importing the package loads neither Jupyter nor matplotlib nor pandas; each comes in when used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrkit.assessment.assessment import assess
    from hrkit.forms.questionnaire import questionnaire
    from hrkit.model.engagement_file import load as load_engagement
    from hrkit.model.instrument_file import load as load_instrument
    from hrkit.workbook.here import here

__all__ = ["assess", "here", "load_engagement", "load_instrument", "questionnaire"]
__version__ = "0.1.0"

_WHERE = {
    "assess": ("hrkit.assessment.assessment", "assess"),
    "here": ("hrkit.workbook.here", "here"),
    "load_engagement": ("hrkit.model.engagement_file", "load"),
    "load_instrument": ("hrkit.model.instrument_file", "load"),
    "questionnaire": ("hrkit.forms.questionnaire", "questionnaire"),
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'hrkit' has no attribute {name!r}")
    module, attribute = _WHERE[name]
    return getattr(import_module(module), attribute)
