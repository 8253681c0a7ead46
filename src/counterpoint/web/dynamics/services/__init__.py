"""Making fits: of one person's own days, and of the simulated couple everybody may look at."""
