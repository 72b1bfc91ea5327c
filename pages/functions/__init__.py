"""Every activation has the same page."""
