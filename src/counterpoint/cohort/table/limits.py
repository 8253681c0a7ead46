"""What a diary file may hold at most, so that a file that lies cannot fill the memory."""

from __future__ import annotations

MAX_LINE_CHARACTERS = 1_000_000
"""Longest line of a CSV file, in characters."""

MAX_COLUMNS = 10_000
"""Most columns of a file."""

MAX_ROWS = 2_500_000
"""Most rows of a file that is held whole, header not counted."""

MAX_STREAMED_ROWS = 10**10
"""Most rows of a file that is read couple by couple."""

MAX_LABEL_CHARACTERS = 200
"""Longest name of a couple or a member."""

MAX_DAYS = 1_000
"""Longest span of one couple's diary, in days from the first to the last."""

MAX_COLUMN_BYTES = 256 * 2**20
"""Most bytes one Parquet column may unpack to."""
