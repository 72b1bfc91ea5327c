"""Print how Nonlinear and a stock Streamlit page compare, as a Markdown table. ``--quick`` is shorter and rougher."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import ExitStack
from dataclasses import dataclass

from bench import browser, sessions
from bench.servers import SUBJECTS, serving


@dataclass(frozen=True)
class Plan:
    """How long to measure."""

    visits: int
    presses: int
    load_seconds: float
    soak_reruns: int
    soak_seconds: tuple[float, float]  # at most; less for stock, which is there to compare, not to be proved


FULL = Plan(visits=3, presses=5, load_seconds=25, soak_reruns=4000, soak_seconds=(100, 35))
QUICK = Plan(visits=1, presses=2, load_seconds=5, soak_reruns=1000, soak_seconds=(3, 3))

# Key, what the row says, decimals.
ROWS = (
    ("pictures", "Distinct pictures while the slider is held and dragged", 0),
    ("positions", "… of slider positions passed", 0),
    ("drag_runs", "Script runs while it is held", 0),
    ("release_runs", "Script runs on release", 0),
    ("key_ms", "Arrow key to new picture, median (ms)", 0),
    ("first_s", "First chart, cold cache (s)", 2),
    ("http_mb", "… over HTTP (MB)", 2),
    ("socket_kb", "… over the WebSocket (KB)", 0),
    ("cpu_ms", f"CPU per full rerun, {sessions.READERS} live sessions (ms)", 1),
    ("p95_ms", "… rerun p95 (ms)", 0),
    ("reruns", "… reruns measured", 0),
    ("session_mib", "Memory per session, peak under load (MiB)", 2),
    ("soak_reruns", "Soak: reruns without pause", 0),
    ("soak_0", "… server memory before (MiB)", 0),
    *((f"soak_{quarter}", f"… after quarter {quarter} (MiB)", 0) for quarter in range(1, 5)),
)


def measure(plan: Plan) -> list[dict[str, float]]:
    """Every figure of every subject: the browsing side by side, then load and soak each on a fresh server."""
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(subject)) for subject in SUBJECTS]
        for server in servers:
            # The first visitor of a server waits for its imports; the table is about the others.
            asyncio.run(sessions.visit(server))
        figures = browser.measure(servers, plan.visits, plan.presses)
    for subject, found in zip(SUBJECTS, figures, strict=True):
        with serving(subject) as server:
            found |= asyncio.run(sessions.load(server, plan.load_seconds))
    for subject, limit, found in zip(SUBJECTS, plan.soak_seconds, figures, strict=True):
        with serving(subject) as server:
            found |= asyncio.run(sessions.soak(server, plan.soak_reruns, limit))
    return figures


def table(ours: dict[str, float], stock: dict[str, float]) -> str:
    """Metric, ours, stock, and ours divided by stock."""
    names = [subject.name for subject in SUBJECTS]
    lines = [f"| Metric | {names[0]} | {names[1]} | ratio |", "|---|--:|--:|--:|"]
    for key, label, decimals in ROWS:
        ratio = f"{ours[key] / stock[key]:.2f}" if stock[key] else "–"
        lines.append(f"| {label} | {ours[key]:.{decimals}f} | {stock[key]:.{decimals}f} | {ratio} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, then print; nothing is printed or kept but the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="at most a minute and a half instead of about six")
    plan = QUICK if parser.parse_args().quick else FULL
    if not sys.platform.startswith("linux"):
        raise SystemExit("the benchmark reads /proc and so needs Linux")
    print(table(*measure(plan)))


if __name__ == "__main__":
    main()
