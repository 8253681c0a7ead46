"""Loads the plugin that says which test layers can run here (``tests/layers.py``)."""

pytest_plugins = ["layers"]
