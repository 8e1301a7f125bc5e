"""hrkit: assess the partnership between leaders and HR, and print a report to be proud of.

In a notebook two names are enough::

    import hrkit
    report = hrkit.assess("clients/fjordby", language="da")
    report.part("front")

Every command of ``hrkit`` is a function of the same name (``import`` is `import_answers`, ``map`` is `map_columns`), which
returns what the command prints: ``hrkit.check("clients/fjordby").problems``.

Importing the package loads neither Jupyter nor matplotlib nor pandas; each comes in when used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrkit.assessment.assessment import assess
    from hrkit.assessment.explain import explain
    from hrkit.commands import duties
    from hrkit.commands.actions import actions
    from hrkit.commands.agreements import agreements
    from hrkit.commands.batch import batch
    from hrkit.commands.benchmark import benchmark
    from hrkit.commands.check import check
    from hrkit.commands.codes import codes
    from hrkit.commands.comments import comments
    from hrkit.commands.deliver import deliver
    from hrkit.commands.demo import demo
    from hrkit.commands.export import export
    from hrkit.commands.fill import fill
    from hrkit.commands.form import form
    from hrkit.commands.import_answers import import_answers
    from hrkit.commands.imports import imports
    from hrkit.commands.instruments import instruments
    from hrkit.commands.key import key
    from hrkit.commands.lab import lab
    from hrkit.commands.letters import letters
    from hrkit.commands.map_columns import map_columns
    from hrkit.commands.new import new
    from hrkit.commands.pair import pair
    from hrkit.commands.plan import plan
    from hrkit.commands.plan_process import plan_process
    from hrkit.commands.print_papers import print_papers
    from hrkit.commands.release import release
    from hrkit.commands.room import room
    from hrkit.commands.run_job import run_job
    from hrkit.commands.serve import serve
    from hrkit.commands.sheet import sheet
    from hrkit.commands.template import template
    from hrkit.commands.tools import tools
    from hrkit.commands.undo import undo
    from hrkit.forms.questionnaire import questionnaire
    from hrkit.model.engagement_file import load as load_engagement
    from hrkit.model.instrument_file import load as load_instrument
    from hrkit.workbook.compared import compared
    from hrkit.workbook.front.widget import start
    from hrkit.workbook.here import here
    from hrkit.workbook.leading import workshop

__all__ = [
    "actions",
    "agreements",
    "assess",
    "batch",
    "benchmark",
    "check",
    "codes",
    "comments",
    "compared",
    "deliver",
    "demo",
    "duties",
    "explain",
    "export",
    "fill",
    "form",
    "here",
    "import_answers",
    "imports",
    "instruments",
    "key",
    "lab",
    "letters",
    "load_engagement",
    "load_instrument",
    "map_columns",
    "new",
    "pair",
    "plan",
    "plan_process",
    "print_papers",
    "questionnaire",
    "release",
    "report",
    "respondents",
    "room",
    "run_job",
    "serve",
    "sheet",
    "start",
    "template",
    "tools",
    "undo",
    "workshop",
]
__version__ = "0.1.0"

_WHERE = {
    **{
        name: (f"hrkit.commands.{name}", name)
        for name in (
            "actions",
            "agreements",
            "batch",
            "benchmark",
            "check",
            "codes",
            "comments",
            "deliver",
            "demo",
            "export",
            "fill",
            "form",
            "import_answers",
            "imports",
            "instruments",
            "key",
            "lab",
            "letters",
            "map_columns",
            "new",
            "pair",
            "plan",
            "plan_process",
            "print_papers",
            "release",
            "report",
            "respondents",
            "room",
            "run_job",
            "serve",
            "sheet",
            "template",
            "tools",
            "undo",
        )
    },
    "compared": ("hrkit.workbook.compared", "compared"),
    # A group of commands is a module: its functions have the words of the commands.
    "duties": ("hrkit.commands.duties", ""),
    "assess": ("hrkit.assessment.assessment", "assess"),
    "explain": ("hrkit.assessment.explain", "explain"),
    "here": ("hrkit.workbook.here", "here"),
    "load_engagement": ("hrkit.model.engagement_file", "load"),
    "load_instrument": ("hrkit.model.instrument_file", "load"),
    "start": ("hrkit.workbook.front.widget", "start"),
    "workshop": ("hrkit.workbook.leading", "workshop"),
    "questionnaire": ("hrkit.forms.questionnaire", "questionnaire"),
}


class _Package(ModuleType):
    """The package: jobs by the names of the commands, also where a wing has the same name."""

    def __setattr__(self, name: str, value: object) -> None:
        # Whoever imports the wing `hrkit.report` would put it in the place of the job.
        if not (name in _WHERE and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'hrkit' has no attribute {name!r}")
    module, attribute = _WHERE[name]
    found = import_module(module)
    return getattr(found, attribute) if attribute else found
