"""The duties that come with answers about colleagues: `hrkit duties …`, and the same words in Python.

``hrkit.duties.erase("clients/fjordby", "K7MQ-4XRT-9B")`` is ``hrkit duties erase clients/fjordby
K7MQ-4XRT-9B``.
"""

from hrkit.commands.duties.audit import audit
from hrkit.commands.duties.erase import erase
from hrkit.commands.duties.export_subject import export_subject
from hrkit.commands.duties.papers import papers
from hrkit.commands.duties.purge import purge
from hrkit.commands.duties.secret import decrypt, encrypt

__all__ = ["audit", "decrypt", "encrypt", "erase", "export_subject", "papers", "purge"]
