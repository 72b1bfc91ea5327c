"""A newcomer's first seconds: nothing is refused by the policy, nothing jumps, the bundle is small."""

from __future__ import annotations

import pytest
from conftest import DESK, PHONE, Arrive

WATCH = """
window.jumps = 0;
window.refused = [];
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.jumps += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
document.addEventListener('securitypolicyviolation', (event) => {
    window.refused.push([event.violatedDirective, event.blockedURI, event.sourceFile].join(' '));
});
"""
SHOWN = """() => {
    const line = document.querySelector('.js-plotly-plot path.js-line');
    return Boolean(line) && getComputedStyle(line).visibility === 'visible';
}"""
SMOOTH = 0.1  # the layout shift that counts as good


@pytest.mark.parametrize(
    ("path", "options"),
    [("", DESK), ("elu", {**PHONE, "color_scheme": "dark"}), ("vanishing", DESK)],
    ids=["home", "function-on-a-dark-phone", "topic"],
)
def test_a_page_arrives_whole_and_at_rest(arrive: Arrive, path: str, options: dict[str, object]) -> None:
    visit = arrive(script=WATCH, cold=True, **options)
    visit.page.goto(f"{visit.base}/{path}")
    visit.page.wait_for_function(SHOWN)
    visit.settle(2)
    assert visit.page.evaluate("window.refused") == []
    assert visit.page.evaluate("window.jumps") <= SMOOTH
    assert visit.complaints == []


def test_a_newcomer_loads_no_more_than_the_budget(arrive: Arrive) -> None:
    visit = arrive(cold=True)
    counter = visit.page.context.new_cdp_session(visit.page)
    counter.send("Network.enable")
    sizes: list[float] = []
    counter.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visit.page.goto(f"{visit.base}/elu")
    visit.page.wait_for_function(SHOWN)
    visit.settle(2)
    assert 1_000_000 < sum(sizes) <= 2_600_000
