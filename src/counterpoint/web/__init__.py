"""The web product: Django apps, each a room of its own."""
