"""A server that is started anew in the middle of a visit finds the browser drawing by itself as before."""

from __future__ import annotations

from pathlib import Path

from conftest import Arrive
from look import assert_same
from serving import free_port, serve


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
