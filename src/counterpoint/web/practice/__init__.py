"""Today, and the exercises: one small step at a time."""
