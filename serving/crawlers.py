"""What search engines ask for first."""

from __future__ import annotations

from html import escape

from pages.register import PAGES
from pages.shared import words
from serving import address


def robots(root: str) -> str:
    """Everything may be read; here is the list."""
    return f"User-agent: *\nAllow: /\nSitemap: {root}/sitemap.xml\n"


def sitemap(root: str) -> str:
    """Every page and every entry of one, in every language, each pointing to the others."""
    entries = (
        f"<url><loc>{escape(address.page(root, page.path, code, entry))}</loc>{_others(root, page.path, entry)}</url>"
        for page in PAGES
        for entry in ("", *page.entries)
        for code in words.LANGUAGES
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>\n' + "\n".join(entries) + "\n</urlset>\n"


def _others(root: str, path: str, entry: str) -> str:
    links = address.alternates(root, path, entry).items()
    return "".join(f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(url)}"/>' for tag, url in links)
