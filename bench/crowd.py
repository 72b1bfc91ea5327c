"""The guide with as many pages as the environment says: the same script over another register. Served by the bench.

Each further page is one that exists, under another address; of fewer, home and the one that is measured are kept.
"""

import os
import sys
from dataclasses import replace
from itertools import chain, count, cycle, islice
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from pages import register  # noqa: E402  the path has to be set first

MANY = int(os.environ["PAGES"])
_functions = [page for page in register.PAGES if page.kind == "functions"]
_copies = (replace(page, path=f"{page.path}_{k}") for k, page in zip(count(2), cycle(_functions), strict=False))
_wanted = sorted(register.PAGES, key=lambda page: page.path not in ("", "elu"))
register.PAGES = tuple(islice(chain(_wanted, _copies), MANY))
register.BY_PATH = {page.path: page for page in register.PAGES}

app = st.App(ROOT / "pages" / "main.py")
