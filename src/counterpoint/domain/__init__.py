"""The words of Counterpoint: styles, signs, skills, couplings, loops, the dyad, the plane, the day.

Standard library only. Everything above builds on these names; ``docs/glossary.md`` explains each
of them once, with its source.
"""
