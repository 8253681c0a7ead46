"""Cohorts: diary tables in three dyadic shapes, many couples fitted, results as files."""
