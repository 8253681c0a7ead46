"""The fifteen signs of the founding article, five for each style."""

from __future__ import annotations

from enum import StrEnum

from counterpoint.domain.styles import Style


class Sign(StrEnum):
    """Something a person may notice in how two people live together.

    Notes
    -----
    Source: the founding article lists five signs under each style; the ids are the project's own.
    The evidence about a sign stays in three columns (said, shown by days, moved by days) that are
    never added up.
    """

    LOSING_OWN_FEELINGS = "losing_own_feelings"
    HARMONY_OVER_HONESTY = "harmony_over_honesty"
    CARRYING_PARTNERS_FEELINGS = "carrying_partners_feelings"
    UNSETTLED_BY_PARTNERS_UPSET = "unsettled_by_partners_upset"
    STAYING_QUIET = "staying_quiet"
    HARD_TO_RELY = "hard_to_rely"
    AVOIDING_VULNERABILITY = "avoiding_vulnerability"
    MINIMISING_NEEDS = "minimising_needs"
    SELF_SUFFICIENCY_FIRST = "self_sufficiency_first"
    SUFFOCATED_BY_CLOSENESS = "suffocated_by_closeness"
    VOICING_NEEDS = "voicing_needs"
    HONOURING_SEPARATENESS = "honouring_separateness"
    SUPPORTING_WITHOUT_CARRYING = "supporting_without_carrying"
    REPAIRING_CONFLICT = "repairing_conflict"
    STEADIED_BY_CLOSENESS = "steadied_by_closeness"

    @property
    def style(self) -> Style:
        """The style this sign is evidence of."""
        return _STYLE_OF[self]


_SIGNS_OF: dict[Style, tuple[Sign, ...]] = {
    Style.CODEPENDENCE: (
        Sign.LOSING_OWN_FEELINGS,
        Sign.HARMONY_OVER_HONESTY,
        Sign.CARRYING_PARTNERS_FEELINGS,
        Sign.UNSETTLED_BY_PARTNERS_UPSET,
        Sign.STAYING_QUIET,
    ),
    Style.INDEPENDENCE: (
        Sign.HARD_TO_RELY,
        Sign.AVOIDING_VULNERABILITY,
        Sign.MINIMISING_NEEDS,
        Sign.SELF_SUFFICIENCY_FIRST,
        Sign.SUFFOCATED_BY_CLOSENESS,
    ),
    Style.INTERDEPENDENCE: (
        Sign.VOICING_NEEDS,
        Sign.HONOURING_SEPARATENESS,
        Sign.SUPPORTING_WITHOUT_CARRYING,
        Sign.REPAIRING_CONFLICT,
        Sign.STEADIED_BY_CLOSENESS,
    ),
}

_STYLE_OF: dict[Sign, Style] = {sign: style for style, signs in _SIGNS_OF.items() for sign in signs}


def signs_of(style: Style) -> tuple[Sign, ...]:
    """Return the five signs of a style, in the order of the article.

    Parameters
    ----------
    style
        One of the three styles.

    Returns
    -------
    tuple of Sign
        Always five.
    """
    return _SIGNS_OF[style]
