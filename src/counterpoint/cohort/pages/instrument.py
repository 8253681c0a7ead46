"""What the questionnaire can and cannot tell, as a page."""

from __future__ import annotations

from counterpoint.cohort.instrument.proof import COVERED, LEAST_ALONE, LEAST_JOINTLY
from counterpoint.cohort.instrument.proof import InstrumentProof as Proof
from counterpoint.cohort.pages.markdown import made_by, number, table

STYLES = ("codependence", "independence", "interdependence")


def instrument_page(proof: Proof, command: str) -> str:
    """Return the page of `check instrument`.

    Parameters
    ----------
    proof
        What was measured.
    command
        How to make the page again.
    """
    verdict = (
        "All of this holds." if not proof.broken else "**Broken:** " + "; ".join(proof.broken) + "."
    )
    parts = [
        "# What the questionnaire can tell",
        made_by(command),
        f"{proof.people:,} simulated people a row, answering the form that ships: three "
        "items a sign in three sittings, five options, nine items keyed the other way. Items are "
        "assumed to tell people apart with a discrimination of 1.7, signs of one style to go "
        "together at .45, the other two styles with each other at .10 and with interdependence at "
        "-.30. **These are assumptions, not findings**: nobody has yet answered the items in a "
        "study, and the wording has had no interviews. The page shows what scoring would find if "
        "they held, what it finds when they do not, and that learning the items from answers "
        "works.",
        f"Asked for: a correlation with the true trait of {number(LEAST_ALONE)} scored alone and "
        f"{number(LEAST_JOINTLY)} jointly, 90 % intervals that cover {number(COVERED[0])} to "
        f"{number(COVERED[1])}, and at most one honest person in a hundred flagged. {verdict}",
        "## Traits found again",
        table(
            ("scored", "r", "RMSE, sd", "covered"),
            [
                (row.name, number(row.correlation, 3), number(row.rmse), number(row.coverage, 3))
                for row in proof.found
            ],
        ),
        "Rows below the second are scored jointly under the same assumptions although one of them "
        "does not hold. Where items tell less apart than assumed, intervals are too narrow: "
        "another reason why no score is shown to a person as a number.",
        "## Carelessness",
        table(
            ("answers", "one option", "anywhere, items assumed", "anywhere, items learned"),
            [
                (
                    row.name,
                    number(row.one_option, 3),
                    number(row.anywhere, 3),
                    number(row.anywhere_learned, 3),
                )
                for row in proof.flagged
            ],
        ),
        "A flag is told kindly, as something to look at again, and takes nothing away.",
        "## Reliability and where items belong",
        f"Mean alpha of the signs {number(proof.alpha)}; share of a sign's variance that scores "
        f"know {number(proof.reliability[0])} alone and {number(proof.reliability[1])} jointly. "
        f"{number(proof.belonging.share)} of the items go best with their own sign (lowest own "
        f"correlation {number(float(proof.belonging.own.min()))}, highest with another sign "
        f"{number(float(proof.belonging.next_best.max()))}).",
        "## Items and structure learned from the same answers",
        f"Discriminations within {number(proof.item_errors[0])} (RMSE) and thresholds within "
        f"{number(proof.item_errors[1])} sd of the truth after {proof.calibration.rounds} rounds. "
        "Mean correlation of signs, learned (true):",
        table(
            ("", *STYLES),
            [
                (
                    style,
                    *(
                        f"{number(float(proof.structure.between[i, j]))} "
                        f"({number(float(proof.true_structure.between[i, j]))})"
                        for j in range(len(STYLES))
                    ),
                )
                for i, style in enumerate(STYLES)
            ],
        ),
        "What three styles leave unexplained of the signs' correlations: "
        f"{number(proof.structure.residual, 3)} (root mean square; in truth "
        f"{number(proof.true_structure.residual, 3)}). Largest eigenvalues "
        + ", ".join(number(float(value)) for value in proof.structure.eigenvalues[:5])
        + ".",
        "## Change between two sittings",
        f"Ten weeks apart, traits correlating .7 with themselves: of signs that moved by more "
        f"than one sd {number(proof.change[0])} are named at P ≥ .9, and of all moves named "
        f"{number(proof.change[1])} go the way that is said. Of people who did not change, the "
        f"reliable-change index is beyond 1.96 in {number(proof.change[2], 3)}.",
    ]
    return "\n\n".join(parts) + "\n"
