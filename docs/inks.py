"""Write the style sheet that makes a function's name readable in its own colour: ``make cards``.

A line is seen from 3:1 on, a word is read from 4.5:1 on. So words are darker than their line on light paper, and
lighter on dark paper.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from pages.shared import figures  # noqa: E402

SHEET = ROOT / "assets" / "inks.css"
HEAD = "/* Words on a chart in the colour of a function; written by docs/inks.py. */\n"
DARKER, LIGHTER = 0.7, 0.35  # share that is kept of the colour, share of white that is mixed in


def main() -> None:
    """Write a rule for each colour."""
    SHEET.write_text(
        HEAD + "".join(_rule(colour) for colour in (*figures.COLOURS.values(), *figures.FORMULAS)), encoding="utf-8"
    )


def _rule(colour: str) -> str:
    parts = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    dark = "#" + "".join(f"{round(DARKER * part):02x}" for part in parts)
    light = "#" + "".join(f"{round(part + LIGHTER * (255 - part)):02x}" for part in parts)
    drawn = ", ".join(map(str, parts))
    return f'.stApp text[style*="rgb({drawn})"] {{ fill: light-dark({dark}, {light}) !important; }}\n'


if __name__ == "__main__":
    main()
