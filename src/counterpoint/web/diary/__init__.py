"""The check-in of the day: two short screens, one line of own words, the days so far."""
