"""The table of pros and cons, what leads where, and the three questions: true, in both languages, whatever is asked."""

import itertools
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from activations import CATALOGUE, Trait
from activations.experiments import cost, pros_cons
from tests.oracle import exact, library
from tests.oracle.blob import plain
from tests.oracle.fading import title
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])

TIMED = [slug for slug in CATALOGUE if slug in cost.FORWARD]
DEAD = {"least": "63", "most": "170"}  # of 256 ReLUs; the page to which the cell leads is asked below
ORDERS = ("cost", "left", "taught")


def opened(language="en", **query):
    return Visit().go("choose", {"lang": language, **query})


def text(language):
    return library.parts(language, "topics/choose")


def table(page):
    """Head and rows; of a row the cells as (text, path, query)."""
    body = next(html.proto.body for html in page.at.main.get("html") if "nl-merits" in html.proto.body)
    head = [unescape(cell) for cell in re.findall(r"<th scope='col'>(.*?)</th>", body)]
    rows = []
    for row in re.findall(r"<tr>(<th scope='row'>.*?)</tr>", body):
        links = [(unescape(a), unescape(shown)) for a, shown in re.findall(r"<a href='(.*?)'>(.*?)</a>", row)]
        parts = [(shown, urlsplit(link)) for link, shown in links]
        rows.append([(shown, link.path, parse_qs(link.query)) for shown, link in parts])
    return head, rows, body


def number(value):
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}"


def expected(slug, language):
    """The words of a row, from mathematics computed apart where there is any."""
    part, ui, found = text(language), library.labels(language), pros_cons.of(CATALOGUE[slug])
    true = exact.of(slug, **{name: CATALOGUE[slug].defaults[name] for name in CATALOGUE[slug].defaults})
    yes = {True: ui["yes"], False: ui["no"]}
    flat = [abs(float(true.jet(x)[1])) < 1e-8 for x in (-60, 60)]
    low, high = abs(float(true.jet(-9000)[0])) < 10, abs(float(true.jet(9000)[0])) < 10
    side = {(True, True): "both", (True, False): "left", (False, False): "none"}
    dies = any(all(true.jet(side * x)[1] == 0 for x in (5, 60, 900)) for side in (-1, 1))
    smooth = {"elu": "c1"} | dict.fromkeys(("relu", "leaky_relu", "selu", "hard_tanh"), "kink")
    return {
        "dies": library.filled(part["dies-yes"], DEAD) if slug == "relu" else yes[dies],
        "saturates": part[f"saturates-{side[tuple(flat)]}"],
        "smooth": part[f"smooth-{smooth.get(slug, 'smooth')}"],
        "centred": yes[slug in ("tanh", "hard_tanh", "selu")],
        "bounds": part[f"bounds-{side[(low, high)]}"],
        "gain": f"{found.critical:.2f}",
        "forward": number(found.forward),
        "backward": number(found.backward),
        "learns": part.get(f"learns-{slug}", part["learns-none"]),
    }


COLUMNS = (
    "function",
    "left",
    "dies",
    "saturates",
    "smooth",
    "centred",
    "bounds",
    "gain",
    "forward",
    "backward",
    "learns",
)
WAYS = {"left": "vanishing", "gain": "exploding", "forward": "cost", "backward": "cost"}
TRAINED = ("relu", "leaky_relu", "elu", "gelu")


@each_language
def test_every_cell_is_true_and_leads_to_the_page_that_shows_it(language):
    head, rows, body = table(opened(language, by="taught"))
    assert head == [text(language)[f"col-{name}"] for name in COLUMNS]
    assert "tabindex='0'" in body
    assert [row[0][0] for row in rows] == [title(slug, language) for slug in TIMED]
    for slug, row in zip(TIMED, rows, strict=True):
        cells = dict(zip(COLUMNS, row, strict=True))
        for name, shown in expected(slug, language).items():
            assert cells[name][0] == shown, (slug, name)
        for name, (_, path, query) in cells.items():
            assert path == ("dying" if name == "dies" and slug in TRAINED else WAYS.get(name, slug))
            assert query["lang"] == [language]
        assert cells["left"][2].items() >= {"f": [slug], "depth": ["20"], "input": ["0.5"], "w": ["1.0"]}.items()


def test_what_a_link_of_the_chain_opens_says_the_same_number():
    _, rows, _ = table(opened(by="taught"))
    sigmoid = next(row for row in rows if row[0][0] == "Sigmoid")
    shown, path, query = sigmoid[1]
    assert shown == "1.14·10⁻¹³"
    page = opened().go(path, {name: values[0] for name, values in query.items()})
    assert shown in page.text


def test_the_page_on_dying_says_how_many_die():
    _, rows, body = table(opened(by="taught"))
    shown, path, query = next(row for row in rows if row[0][0] == "ReLU")[2]
    assert shown == "yes, 63–170"
    for seed, dead in (("1", 170), ("2", 132), ("3", 63)):
        page = opened().go(path, {name: values[0] for name, values in query.items()} | {"seed": seed})
        assert str(dead) in plain(page.alt)
    assert "η = 6" in opened().text
    assert body.count("63–170") == 1


@pytest.mark.parametrize("by", [*ORDERS, "evil", "9" * 5000])
def test_the_table_is_sorted_as_was_asked(by):
    _, rows, _ = table(opened(by=by))
    names = {title(slug, "en"): pros_cons.of(CATALOGUE[slug]) for slug in TIMED}
    found = [names[row[0][0]] for row in rows]
    assert len(found) == len(TIMED)
    if by == "taught":
        assert [one.slug for one in found] == TIMED
    else:
        keys = [abs(one.left) if by == "left" else one.forward + one.backward for one in found]
        assert keys == sorted(keys)


def test_no_function_wins_every_column():
    for slug in TIMED:
        found = pros_cons.of(CATALOGUE[slug])
        wins = [abs(found.left) < 0.01, not found.dies, Trait.SMOOTH in found.traits]
        assert not all([*wins, Trait.ZERO_CENTRED in found.traits])


@each_language
@pytest.mark.parametrize(
    "answers", [*itertools.product(("hidden", "gate", "state"), ("any", "smooth"), ("fine", "dying"))]
)
def test_three_answers_end_in_one_function_with_a_link_and_a_reason(language, answers):
    role, want, units = answers
    page = opened(language, role=role, want=want, units=units)
    hidden = "gelu" if want == "smooth" else "leaky_relu" if units == "dying" else "relu"
    slug = {"hidden": hidden, "gate": "sigmoid", "state": "tanh"}[role]
    (advice,) = [element.value for element in page.at.markdown if element.value.startswith("→")]
    assert advice.startswith(f"→ [**{title(slug, language)}**]({slug}?lang={language}")
    marks = {
        f"{kind}_{one}": number(getattr(pros_cons.of(CATALOGUE[one]), kind)) for one in TIMED for kind in ("forward",)
    }
    marks |= {f"gain_{one}": f"{pros_cons.of(CATALOGUE[one]).critical:.2f}" for one in TIMED}
    marks |= {"left_sigmoid": "1.14·10⁻¹³", "left_tanh": "0.107", "left_relu": "1.00", "left_gelu": "5.15·10⁻⁶"}
    marks["softmax"], marks["silu"] = (f"{path}?lang={language}&predict=0" for path in ("softmax", "swish"))
    alike = "" if (want, role) == ("any", "hidden") else text(language)["units-same"]
    gap = " " if alike and language == "en" else ""
    assert advice.endswith(library.filled(text(language)[f"advice-{slug}"], marks) + gap + alike)
    assert library.filled(text(language)["why"], marks) in page.text
    assert pros_cons.of(CATALOGUE["hard_tanh"]).left == 0, "hard tanh keeps as much as ReLU"
    record = cost.recorded()
    assert re.findall(r"10⁵[^.]*?(\d\.\d)", text(language)["measured"]) == [number(record.ratio("leaky_relu", 5.0))]
    assert "{" not in advice


@pytest.mark.parametrize("query", [{"role": "evil", "want": "", "units": "9" * 5000}, {"layers": "nan"}])
def test_answers_nobody_could_give_are_passed_over(query):
    page = opened(**query)
    assert page.values == {"layers": 10}
    assert "[**ReLU**](relu?" in page.text
