"""Fits and what a person sees of them: the plane, the days, the simulated couple."""
