"""How the documentation site is built from these pages: ``make docs``."""

from __future__ import annotations

project = "Counterpoint"
author = "The Counterpoint authors"
extensions = ["myst_parser"]
include_patterns = ["docs/**", "bench/results/**"]  # the pages and the figures they rest on
exclude_patterns = ["docs/README.md"]  # the site begins with index.md
root_doc = "docs/index"
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
myst_enable_extensions = ["dollarmath"]
html_theme = "furo"
html_title = "Counterpoint"
html_copy_source = False
html_show_sphinx = False
suppress_warnings = ["toc.not_included"]  # tables are reached from the pages that cite them
