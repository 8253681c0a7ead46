"""Public pages, people to talk to, the way out, and the quiet check."""
