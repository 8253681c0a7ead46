"""The gates: from how many answered days, and how sure, something may be said (MODEL section 7).

`counterpoint check recovery` measures whether they keep their word; a gate that does not is moved
here, and everywhere with it.
"""

from __future__ import annotations

DAYS_LEVEL = 6
"""Answered days from which a place may be shown, and told against the own wish."""
DAYS_NEAR_WISH = 11
"""From which it may be told as about where it was wished."""
DAYS_CLOSER = 11
"""From which it may be said who feels closer; from then on two places stand side by side."""
DAYS_SAME_DAY = 21
"""From which the same-day picture opens."""
DAYS_COUPLING = 42
"""From which the couplings from day to day open."""
DAYS_MOVES = 63
"""From which it may be said who moves whom."""
CONFLICTS_NEEDED = 4
"""Marked conflicts from which repair is told."""
SURE_DIRECTION = 0.9
"""Probability at which a direction is said."""
SURE_COST = 0.8
"""Probability at which a cost is said."""
SURE_WISH = 0.8
"""Probability at which a place is told against a wish."""
SURE_BAND = 0.8
"""Probability at which a coarse band is told."""
SURE_MOVES = 0.8
"""Probability at which it is said who moves whom."""
SURE_HELPS = 0.95
"""Probability at which a practice is said to help."""
NEAR_POINTS = 10.0
"""So many points from a wish are about there."""
LOOK_WEEKS = (4, 7, 10)
"""Weeks after which it is looked whether a practice helps; the 5 % are shared among them."""
