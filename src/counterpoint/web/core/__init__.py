"""What every page stands on: base template, design tokens, clock, access, checks; no rows."""
