"""What all tests have in common: which notebooks are fixtures and not tests."""

from __future__ import annotations

# Fixture notebooks are named by behaviour, and some are made to fail.
collect_ignore_glob = ["publish/notebooks/*.ipynb"]
