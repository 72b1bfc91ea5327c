"""Where no page is: another name of a page leads to it, anything else gets our own page with the nearest names."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from asking import HOST, ask, behind
from streamlit import config

from activations import CATALOGUE
from activations.experiments.gated import GATED
from pages.register import BY_PATH, PAGES
from pages.shared import words
from serving import names
from serving.routes import Pages

APP = Pages(behind)
# What the libraries call them, from their documentation, apart from assets/names.toml.
NAMES = {
    "identity": "Identity nn.Identity linear keras.activations.linear jax.nn.identity",
    "binary_step": "heaviside torch.heaviside jax.numpy.heaviside step",
    "sigmoid": "Sigmoid torch.nn.Sigmoid tf.nn.sigmoid expit logistic",
    "hard_sigmoid": "Hardsigmoid hardsigmoid HardSigmoid keras.activations.hard_sigmoid",
    "tanh": "Tanh torch.tanh TANH",
    "hard_tanh": "Hardtanh hardtanh jax.nn.hard_tanh hardtanh_",
    "softsign": "Softsign soft_sign jax.nn.soft_sign",
    "arctan": "atan torch.atan Atan",
    "erf": "Erf torch.erf",
    "relu": "ReLU relu_ Relu F.relu tf.nn.relu rectifier",
    "leaky_relu": "leaky-relu LeakyReLU LeakyRelu leaky%20relu leakyrelu keras.layers.LeakyReLU lrelu",
    "prelu": "PReLU PRelu",
    "rrelu": "RReLU",
    "relu6": "ReLU6 relu-6",
    "relu_squared": "relu2 squared-relu relu² relu^2",
    "threshold": "Threshold ThresholdedRelu ThresholdedReLU",
    "softplus": "Softplus SoftPlus",
    "squareplus": "Squareplus",
    "elu": "ELU elu/ elu_ Elu /elu functions/elu elu.html",
    "celu": "CELU Celu",
    "selu": "SELU Selu",
    "log_sigmoid": "LogSigmoid logsigmoid jax.nn.log_sigmoid",
    "exponential": "exp Exp keras.activations.exponential",
    "gelu": "GELU Gelu gelu_python",
    "gelu_tanh": "gelu_new gelu_pytorch_tanh gelu_fast gelu-tanh",
    "gelu_sigmoid": "quick_gelu QuickGELU",
    "swish": "Swish",
    "swish?beta=1": "silu SiLU silu/ torch.nn.functional.silu jax.nn.silu SILU",
    "hard_swish": "hardswish Hardswish HardSwish hard_silu h-swish",
    "mish": "Mish",
    "soft_shrink": "Softshrink softshrink",
    "hard_shrink": "Hardshrink hardshrink",
    "tanh_shrink": "tanhshrink Tanhshrink",
    "sine": "sin Sin siren",
    "snake": "Snake",
    "output": "output-layer 输出层 mse",
    "softmax": "Softmax jax.nn.softmax Softmax2d logits",
    "softmax?show=log": "LogSoftmax log_softmax logsumexp",
    "gated?show=swiglu": "SwiGLU swiglu",
    "gated?show=geglu": "GEGLU",
    "gated?show=glu": "GLU glu keras.activations.glu",
    "gated?show=maxout": "Maxout",
    "vanishing": "vanishing-gradients 梯度消失",
    "dying": "dead-relu dying_relu",
    "": "index.html home",
}
EACH = [(page, name) for page, listed in NAMES.items() for name in listed.split() if name != page]


class Reader(HTMLParser):
    """The text of a page and where its links lead from an address."""

    def __init__(self, html, url):
        super().__init__()
        self.url, self.text, self.links, self.lang = url, "", [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.links += [urljoin(self.url, attributes["href"])] if tag == "a" else []
        self.lang = attributes["lang"] if tag == "html" else self.lang

    def handle_data(self, text):
        self.text += text


def lost(path, **headers):
    """The page at an address where none is."""
    answer = ask(APP, path, **headers)
    assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    return Reader(answer.body.decode(), f"http://{HOST}{path}")


def led(app, path):
    """Where an address leads, as a browser sees it."""
    answer = ask(app, path)
    assert answer.status == 301
    to = answer.headers["location"]
    assert not urlsplit(to).scheme
    assert not to.startswith("/"), "relative: a proxy may have stripped a prefix"
    return urljoin(f"http://{HOST}{path}", to)


def test_where_nothing_is_a_browser_asks_again():
    assert ask(APP, "/nowhere").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(("page", "name"), EACH)
def test_another_name_leads_to_the_page(page, name):
    assert led(APP, f"/{name.replace('%20', ' ')}") == f"http://{HOST}/{page}"


def test_what_the_address_says_is_kept_and_comes_before_what_the_name_means():
    assert led(APP, "/silu?lang=zh&present=1") == f"http://{HOST}/swish?beta=1&lang=zh&present=1"
    assert led(APP, "/SiLU?beta=2&x0=-1") == f"http://{HOST}/swish?beta=2&x0=-1"
    assert led(APP, "/ELU/?alpha=0.5&alpha=2") == f"http://{HOST}/elu?alpha=0.5&alpha=2"
    assert led(APP, "/index?lang=zh") == f"http://{HOST}/?lang=zh"


MOVED = {
    "/vectors": "softmax",
    "/vectors?z1=3&lang=zh": "softmax?z1=3&lang=zh",
    "/vectors?show=log&gap=110": "softmax?show=log&gap=110",
    "/Vectors/?show=maxout&w1=0.5&present=1": "gated?show=maxout&w1=0.5&present=1",
    "/vectors?show=gated&a=1&lang=zh": "gated?show=swiglu&a=1&lang=zh",
    **{f"/vectors?lang=en&gate={unit}&show=gated&b=2": f"gated?show={unit}&lang=en&b=2" for unit in GATED},
}


@pytest.mark.parametrize(("old", "new"), MOVED.items())
def test_the_address_of_a_page_that_is_gone_leads_to_what_has_its_place(old, new):
    assert led(APP, old) == f"http://{HOST}/{new}"


@pytest.mark.parametrize(
    "hostile", ["/ELU?x=%0d%0aSet-Cookie:a=b", "/ELU?x=\r\nX: y", "//evil.example/elu", "/\\evil/elu"]
)
def test_no_redirect_leads_elsewhere_or_says_more(hostile):
    answer = ask(APP, hostile)
    assert set(answer.headers) == {"location", "content-length", "cache-control"}
    where = urlsplit(urljoin(f"http://{HOST}/", answer.headers["location"]))
    assert (where.hostname, where.path) == (HOST, "/elu")
    assert not set(answer.headers["location"]) & set("\r\n")


def test_under_a_path_of_its_own_the_guide_leads_within_it():
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", "guide")
    try:
        below = Pages(behind)
        assert led(below, "/guide/SiLU") == f"http://{HOST}/guide/swish?beta=1"
        assert led(below, "/guide/elu/") == f"http://{HOST}/guide/elu"
        assert ask(below, "/guide/nowhere").status == 404
    finally:
        config.set_option("server.baseUrlPath", before)


def test_each_name_of_the_table_leads_to_one_page_and_that_is_there():
    listed = [(names.plain(name), target) for target, text in names.table().items() for name in text.split(",")]
    assert len({name for name, _ in listed}) == len(listed), "one name, one page"
    assert not {name for name, _ in listed} & {names.plain(page.path) for page in PAGES if page.path}, (
        "a page's own name"
    )
    for _, target in listed:
        path, _, query = target.partition("?")
        assert path in BY_PATH
        name, _, value = query.partition("=")
        assert path not in CATALOGUE or not query or float(value) == BY_PATH[path].params[0].settle(value)
        assert path not in ("softmax", "gated") or name in ("", "show")
    assert {target for _, target in listed} >= {f"gated?show={unit}" for unit in GATED}


@pytest.mark.parametrize(
    ("path", "pages"),
    [
        ("/silux", ["swish"]),
        ("/leakyrel", ["leaky_relu"]),
        ("/tahn", ["tanh"]),
        ("/gradients", ["vanishing", "exploding"]),
        ("/a/crelu", ["relu", "celu"]),
    ],
)
def test_the_nearest_names_are_offered(path, pages):
    page = lost(path)
    offered = [urlsplit(link).path.lstrip("/") for link in page.links[:-1]]
    assert set(pages) <= set(offered)
    assert len(offered) == len(set(offered)) <= 5
    assert all(words.page(BY_PATH[path].words, "en")["title"] in page.text for path in offered)
    assert page.links[-1] == f"http://{HOST}/"


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_the_page_speaks_the_readers_language_and_its_links_keep_it(code):
    asked, preferred = lost(f"/silux?lang={code}"), lost("/silux", accept_language=words.TAGS[code])
    assert asked.lang == preferred.lang == words.TAGS[code]
    assert asked.text == preferred.text
    assert words.label_in(code, "unknown.title") in asked.text
    assert "silux" in asked.text
    assert all(link.endswith(f"lang={code}") for link in asked.links)


def test_a_name_that_is_like_no_other_gets_the_way_home_alone():
    assert lost("/wp-login.php").links == [f"http://{HOST}/"]
    assert lost("/a/b/c?lang=en").links == [f"http://{HOST}/?lang=en"]


def test_nothing_of_the_address_becomes_markup():
    answer = ask(APP, '/"><script>alert(1)</script>')
    assert b"<script>alert" not in answer.body
    assert ask(APP, f"/{'x' * 60_000}").body.count(b"x") < 200


@pytest.mark.parametrize("path", ["/static/js/old.js", "/static/", "/static/css/none.css", "/assets/guide.old.js"])
def test_a_script_of_an_earlier_version_is_missed_and_no_page(path):
    answer = ask(APP, path)
    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
