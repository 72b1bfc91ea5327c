"""The search of the map: what people type leads to the right place, by keyboard too, and nothing is fetched before."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from conftest import PHONE, Arrive
from phrases import phrases
from playwright.sync_api import Route, expect
from visit import LANGUAGES, PATIENCE, Visit, asked
from whole import assert_open_to_all

# Types a text and waits for what is found, without the time that the protocol would take for each step.
FIND = """async (text) => {
    const input = document.querySelector('.nl-map input[type=search]'), list = document.querySelector('.nl-found');
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    for (let wait = 0; wait < 1500 && (!list.closest('.nl-map').dataset.searching || !wait); wait += 1)
        await new Promise((done) => setTimeout(done, wait ? 20 : 0));
    return [...list.querySelectorAll('a')].map((link) => link.getAttribute('href'));
}"""
OWN = ("lang", "predict", "x0", "present")  # what all links say
FETCHED = re.compile(r"/assets/(search\.[0-9a-f]{12}\.json|minisearch-[\d.]+\.js)$")
BOX = ".nl-map input[type=search]"


def found(reader: Visit, text: str) -> list[str]:
    """The addresses of the results, without what all links say."""
    links = map(urlsplit, reader.page.evaluate(FIND, text))
    pairs = (
        (link.path, [f"{name}={value}" for name, value in parse_qsl(link.query) if name not in OWN]) for link in links
    )
    return [f"{path}{'?' if own else ''}{'&'.join(own)}" for path, own in pairs]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_people_type_is_among_the_first_three_results(arrive: Arrive, code: str) -> None:
    reader, fetched = arrive(newcomer=True), list[str]()
    reader.page.on("request", lambda request: fetched.append(request.url))
    reader.open(f"elu?lang={code}")
    assert not [url for url in fetched if FETCHED.search(url)], "fetched before anyone searched"
    missed = {}
    for text, address in ((text, address) for lang, text, address in phrases() if lang == code):
        results = found(reader, text)
        if address not in results[:3]:
            missed[text] = (address, results[:5])
    assert missed == {}
    assert len({url for url in fetched if FETCHED.search(url)}) == 2
    assert reader.complaints == []


def test_results_are_reached_by_keyboard_and_announced(arrive: Arrive) -> None:
    reader = arrive().open("elu?lang=zh")
    box, options = reader.page.locator(BOX), reader.page.locator(".nl-found [role=option]")
    box.press_sequentially("dead neurns")  # with a slip, and English words on a Chinese page
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(reader.page.get_by_role("status").filter(has_text="个结果")).to_have_text(f"{options.count()} 个结果")
    assert reader.page.locator(".nl-map li a:visible").count() == 0
    expect(reader.page.locator(".nl-found mark").first).to_be_visible()
    assert_open_to_all(reader, "")
    reader.page.emulate_media(color_scheme="dark")
    assert_open_to_all(reader, "")
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", options.count() - 1)):
        box.press(key)
        chosen = reader.page.locator(".nl-found [aria-selected=true]")
        expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
        assert chosen.get_attribute("id") == options.nth(place).get_attribute("id")
    box.press("Escape")
    expect(options).to_have_count(0)
    assert box.input_value() == ""
    assert reader.page.locator(".nl-map li a:visible").count() > 30
    box.fill("zzzzzz")
    expect(reader.page.locator(".nl-none")).to_be_visible()
    box.fill("什么是死亡 ReLU")
    expect(options.first).to_contain_text("什么是死亡 ReLU？")
    box.press("Enter")
    expect(reader.page.locator("h1")).to_have_text("什么是死亡 ReLU？")
    assert asked(reader.page.url) == {"lang": ["zh"], "predict": ["0"], "q": ["dying"]}
    assert reader.complaints == []


def test_where_the_documents_cannot_be_fetched_the_map_is_filtered(arrive: Arrive) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    reader = arrive(newcomer=True)
    reader.page.route(FETCHED, refuse)
    reader.open("elu?lang=en")
    reader.page.locator(BOX).fill("vanishing")
    expect(reader.page.locator(".nl-map li a:visible").first).to_have_text("Vanishing gradients")
    assert reader.page.locator(".nl-found [role=option]").count() == 0
    reader.page.unroute(FETCHED)
    reader.page.locator(BOX).fill("vanishing g")
    expect(reader.page.locator(".nl-found [role=option]").first).to_be_visible()


def test_a_button_leads_to_the_field_on_a_phone_too(arrive: Arrive) -> None:
    reader = arrive(**PHONE).open("elu?lang=en")
    reader.page.evaluate(
        """() => {
            const button = Object.assign(document.createElement('button'), { textContent: 'Find', id: 'finds' });
            button.dataset.search = 'softmax';
            document.querySelector('h1').append(button);
        }"""
    )
    reader.page.locator("#finds").tap()
    expect(reader.page.locator(BOX)).to_be_focused()
    expect(reader.page.locator(".nl-found [role=option]").first).to_contain_text("oftmax")
    reader.page.locator(".nl-found [role=option]").first.tap()
    reader.page.wait_for_url(re.compile("/softmax"))
    expect(reader.page.locator(BOX)).not_to_be_in_viewport()


@pytest.mark.parametrize(
    ("code", "options"), [("en", {}), ("zh", {**PHONE, "color_scheme": "dark"})], ids=["desk", "phone"]
)
def test_an_answer_stands_on_the_first_screen(arrive: Arrive, code: str, options: dict[str, object]) -> None:
    reader = arrive(**options)
    reader.page.goto(f"{reader.base}/questions?q=zero-centred&lang={code}")
    answer, listed = reader.page.locator(".st-key-answer"), reader.page.locator(".nl-questions")
    expect(listed).to_be_visible(timeout=PATIENCE * 1000)
    assert reader.page.locator("html.ready").count() == 1
    height = reader.page.viewport_size["height"]  # type: ignore[index]
    box = answer.bounding_box()
    assert box
    assert box["y"] + box["height"] <= height, "the answer ends below the first screen"
    assert reader.page.locator("h1").bounding_box()["y"] > 0  # type: ignore[index]
    assert_open_to_all(reader, ".nl-map")
    # From the end of the list another answer opens, again at the top.
    link = listed.locator("a").last
    link.scroll_into_view_if_needed()
    called = link.inner_text()
    link.click()
    expect(reader.page.locator("h1")).to_have_text(called)
    assert asked(reader.page.url)["q"] == ["in-place"]
    expect(reader.page.locator("h1")).to_be_in_viewport()
    assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert reader.complaints == []
