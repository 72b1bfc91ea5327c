"""Any sequence of visits and settings: nothing breaks, and each page shows where its own sliders were left."""

from urllib.parse import parse_qs, urlsplit

import hypothesis.strategies as st
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from activations import CATALOGUE
from pages.register import BY_PATH, PAGES
from tests.oracle import library
from tests.oracle.printed import Truth
from tests.oracle.visitor import Visit, settled

PATHS = [page.path for page in PAGES]
SHARES = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))
ASKED = st.one_of(st.sampled_from(["nan", "abc", "", "1e999", "-99", "99", "0", "1", "0.5", "3"]), SHARES)


def placed(param, share):
    """A value of the slider, or what the text asks for."""
    if isinstance(share, str):
        return share
    return str(settled(param, param.low + share * (param.high - param.low)))


class Journey(RuleBasedStateMachine):
    """A visitor, and what should be remembered of the visit."""

    def __init__(self):
        super().__init__()
        self.visitor, self.here, self.language, self.presents = Visit().go("", {"lang": "en"}), "", "en", False
        self.left = {}
        self.arrive({})

    @property
    def page(self):
        return BY_PATH[self.here]

    def owner(self, name):
        # The probe travels along; every other slider belongs to its page.
        return name if name == "x0" else (self.here, name)

    def arrive(self, asked):
        for param in self.page.params:
            left = self.left.get(self.owner(param.name), param.default)
            self.left[self.owner(param.name)] = settled(param, asked.get(param.name, left))

    def go(self, path, query):
        self.visitor.go(path, query)
        moved, self.here = path != self.here, path
        self.language = query.get("lang", self.language)
        self.presents = query.get("present") == "1"
        if moved:
            self.arrive(query)

    @rule(path=st.sampled_from(PATHS), shares=st.lists(st.one_of(st.none(), ASKED), min_size=4, max_size=4))
    def open_a_link_from_elsewhere(self, path, shares):
        if path == self.here:
            return
        asked = zip(BY_PATH[path].params, shares, strict=False)
        self.go(path, {param.name: placed(param, share) for param, share in asked if share is not None})

    @rule(k=st.integers(0, 100))
    def follow_a_link_of_the_page(self, k):
        links = [link for link in self.visitor.links if urlsplit(link).path.removeprefix("./") in BY_PATH]
        address = urlsplit(links[k % len(links)])
        path = address.path.removeprefix("./")
        if path != self.here:
            self.go(path, {name: values[0] for name, values in parse_qs(address.query).items()})

    @precondition(lambda self: self.page.params)
    @rule(k=st.integers(0, 3), share=SHARES)
    def drag_a_slider(self, k, share):
        param = self.page.params[k % len(self.page.params)]
        value = settled(param, placed(param, share))
        self.visitor.set(param.name, value)
        self.left[self.owner(param.name)] = value

    @precondition(lambda self: self.here in CATALOGUE and any(p.presets for p in CATALOGUE[self.here].params[:1]))
    @rule(k=st.integers(0, 3))
    def press_a_preset(self, k):
        pills = self.visitor.at.button_group[0]
        param = CATALOGUE[self.here].params[0]
        names = list(param.presets)
        k %= len(names)
        self.visitor.set(pills.key, pills.options[k])
        self.left[self.owner(param.name)] = param.presets[names[k]]

    @precondition(lambda self: not self.presents)
    @rule()
    def switch_the_language(self):
        self.language = "zh" if self.language == "en" else "en"
        self.visitor.switch(f"lang='{'zh-CN' if self.language == 'zh' else 'en'}'")

    @rule()
    def switch_the_projector(self):
        self.visitor.switch("class='leave'" if self.presents else "present=1")
        self.presents = not self.presents

    @precondition(lambda self: self.here in CATALOGUE)
    @rule(shown=st.booleans())
    def show_the_second_derivative(self, shown):
        self.visitor.set("second", shown)
        assert ("bend" in {trace["name"] for trace in self.visitor.spec["data"]}) == shown

    @invariant()
    def the_page_is_the_one_asked_for(self):
        assert library.entitles(self.language, self.page.words, self.visitor.title)
        assert ("nl-bar" in self.visitor.html) == self.presents

    @invariant()
    def each_slider_stands_where_it_was_left(self):
        assert self.visitor.values == {param.name: self.left[self.owner(param.name)] for param in self.page.params}

    @precondition(lambda self: self.page.pictured)
    @invariant()
    def picture_and_numbers_are_those_of_this_page(self):
        blob = self.visitor.blob
        assert blob.head["page"] == self.visitor.spec["layout"]["meta"]
        followed = {key: blob.sliders[key].value for key in self.visitor.values if key in blob.sliders}
        assert followed.items() <= self.visitor.values.items()
        # Of a whole network only the sliders of the chosen neuron are followed.
        assert len(followed) == len(self.visitor.values) or self.here == "basics"
        if self.here in CATALOGUE:
            at = {param.name: self.left[self.owner(param.name)] for param in CATALOGUE[self.here].params}
            texts = {name: blob.now[name] for name in ("x0", "value", "slope", *at)}
            Truth(self.here, at, self.left["x0"], self.language).check(texts)


Journey.TestCase.settings = settings(
    max_examples=16,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a failing journey is short enough to read, and shrinking one takes minutes
)
TestJourney = Journey.TestCase
