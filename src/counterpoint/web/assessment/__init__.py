"""Place yourself on the plane, and the questionnaire of the signs."""
