"""How Sphinx builds the site; `website/build.py` puts its source together first."""

from __future__ import annotations

import hrkit

project = "hrkit"
author = "hrkit"
version = release = "0.1"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 4
myst_enable_extensions = ["dollarmath"]
suppress_warnings = ["myst.header"]  # CHANGELOG and generated pages skip a level on purpose
source_suffix = {".md": "markdown"}
# Docstrings name code in single backticks.
default_role = "code"

autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "hrkit"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1f4e5f", "color-brand-content": "#1f4e5f"},
    "dark_css_variables": {"color-brand-primary": "#8cc5d6", "color-brand-content": "#8cc5d6"},
}

# Names come in when they are used; autodoc looks before.
for _name in hrkit.__all__:
    getattr(hrkit, _name)
