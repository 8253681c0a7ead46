"""Counterpoint: how two people move each other, seen, practised and measured.

The library is layered; each package's docstring says what lives in it. Start
with :mod:`counterpoint.engine` for the model and :mod:`counterpoint.cohort`
for diaries of many couples.
"""

__version__ = "0.1.0"
