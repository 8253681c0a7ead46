"""Pages for two: joining, the page itself, what is shared, the table."""
