"""Diary files of couples in three dyadic shapes, read so that every error says where.

Individual-long and pairwise files have one row per couple, member and day; dyad-wide files
one row per couple and day with a column of each member for every item.
"""

from __future__ import annotations

from counterpoint.cohort.table.layout import INDIVIDUAL, PAIRWISE, WIDE, DiaryLayout, ItemColumn
from counterpoint.cohort.table.table import CoupleDays, DiaryTable, read_diaries

__all__ = [
    "INDIVIDUAL",
    "PAIRWISE",
    "WIDE",
    "CoupleDays",
    "DiaryLayout",
    "DiaryTable",
    "ItemColumn",
    "read_diaries",
]
