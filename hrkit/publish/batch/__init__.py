"""Many documents, one outcome each."""

from __future__ import annotations

from hrkit.publish.batch.run import BatchResult, Done, Failed, Job, run_batch

__all__ = ["BatchResult", "Done", "Failed", "Job", "run_batch"]
