"""Pages of one's own account, its door, and who saw what."""
