"""Public pages, people to talk to, and the way out."""
