"""Views of the dynamics app."""
