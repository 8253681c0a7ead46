"""Work to be done later: the database as the queue."""
