"""Actor-partner interdependence models for researchers.

One occasion or many days, partners alike or with roles, by REML or ML; with the test of
distinguishability, the share explained, and the stability-influence model from one day to the
next.
"""

from __future__ import annotations

from counterpoint.cohort.apim.comparison import (
    Comparison,
    Explained,
    compare,
    compare_equal_effects,
    compare_roles,
    explained_variance,
)
from counterpoint.cohort.apim.estimates import ApimFit, Estimate, Spread
from counterpoint.cohort.apim.fitting import fit_apim
from counterpoint.cohort.apim.model import ApimModel, Term
from counterpoint.cohort.apim.rows import DyadRows, day_before, read_dyads
from counterpoint.cohort.apim.stability import stability_influence

__all__ = [
    "ApimFit",
    "ApimModel",
    "Comparison",
    "DyadRows",
    "Estimate",
    "Explained",
    "Spread",
    "Term",
    "compare",
    "compare_equal_effects",
    "compare_roles",
    "day_before",
    "explained_variance",
    "fit_apim",
    "read_dyads",
    "stability_influence",
]
