"""Everything that changes a row of the practice app; each function is one transaction."""

from __future__ import annotations

from counterpoint.web.practice.services.runs import end_run, start_run

__all__ = ["end_run", "start_run"]
