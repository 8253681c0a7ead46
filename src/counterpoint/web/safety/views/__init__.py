"""Views of the safety app: public pages, and the quiet check."""
