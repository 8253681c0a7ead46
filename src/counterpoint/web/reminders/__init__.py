"""Reminders: offers by mail, by channels that plug in, and in one's own calendar."""
