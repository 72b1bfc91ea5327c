"""A server that is started anew in the middle of a visit finds the browser drawing by itself as before."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import Arrive
from look import assert_same
from server import ROOT, free_port, serve
from visit import BY_PATH


def test_a_tab_is_alive_again_after_a_restart(arrive: Arrive, tmp_path: Path) -> None:
    port = free_port()
    with serve(tmp_path / "first.txt", port) as address:
        reader = arrive(base=address).open("elu")
        reader.drag("alpha", 0.8)
        reader.release("alpha", 1)
        before = reader.view()
    sent = reader.sent
    with serve(tmp_path / "second.txt", port):
        # One run on being connected again, one because the browser draws.
        reader.settle(sent + 2)
        assert_same(reader.view(), before)
        sent = reader.sent
        reader.watch("alpha")
        reader.drag("alpha", 0.3)
        assert reader.sent == sent, "the script ran while the thumb was held"
        seen = reader.seen()
        assert seen["pictures"] >= 0.95 * seen["places"]
        reader.release("alpha", 1)
        assert reader.sent == sent + 1
        assert reader.same_chart(), "the chart was mounted anew"
        assert reader.failed() == 0
        reader.page.close()


def test_an_open_tab_takes_the_scripts_of_a_newer_server_once_and_keeps_what_was_set(
    arrive: Arrive, tmp_path: Path
) -> None:
    port = free_port()
    with serve(tmp_path / "old.txt", port) as address:
        reader = arrive(base=address).open("elu")
        reader.press("alpha", "End")
        reader.page.wait_for_url("**alpha=3**")
    for part in ("app.py", ".streamlit", "activations", "assets", "pages", "serving"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    with (tmp_path / "assets" / "live.js").open("a") as script:
        script.write('document.documentElement.dataset.renewed = "yes";\n')
    loads: list[str] = []
    reader.page.on("domcontentloaded", lambda page: loads.append(page.url))
    with serve(tmp_path / "new.txt", port, tmp_path):
        reader.page.wait_for_selector("html[data-renewed] .js-plotly-plot")
        reader.settle()
        assert len(loads) == 1
        assert reader.values(BY_PATH["elu"])["alpha"] == 3
        assert reader.failed() == 0
        reader.page.close()


# Every message comes from a server of another version than the page, as where two replicas take turns.
ANOTHER = """const parse = JSON.parse;
JSON.parse = (text) => {
    const message = parse(text);
    if (message?.sliders) message.version = "another";
    return message;
};"""


def test_a_tab_that_cannot_get_the_scripts_it_needs_does_not_load_for_ever(arrive: Arrive) -> None:
    reader = arrive(script=ANOTHER)
    loads: list[str] = []
    reader.page.on("domcontentloaded", lambda page: loads.append(page.url))
    reader.page.goto(f"{reader.base}/elu?lang=en")
    with reader.page.expect_event("domcontentloaded"):
        pass
    reader.settle(3)
    assert len(loads) == 2
    assert reader.failed() == 0
    assert reader.complaints == []
