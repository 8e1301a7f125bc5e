"""How fast nobody reads: by itself, since a form measures it and needs none of what judges answers.

Sources
-------
Huang, Curran, Keeney, Poposki & DeShon 2012, Journal of Business and Psychology 27, 99-114.
"""

from __future__ import annotations

__all__ = ["SECONDS"]

#: Faster than so many seconds a statement nobody reads.
SECONDS = 2.0
