"""The register of pages: the address, the words and the place on the map of every page.

The map, the link previews, the tests and the main script all read it; a new page is one entry here.
"""

from __future__ import annotations

from functools import partial

from activations import CATALOGUE, Param
from activations.experiments import chain, classification, composed, feedforward, prelu, stack
from activations.experiments import dying as death
from activations.experiments import exploding as explosion
from activations.experiments import gate as gating
from activations.experiments import neuron as single
from activations.functions import FAMILIES
from pages.functions import page as function_page
from pages.functions import training
from pages.functions.answers import ANSWER_STATE
from pages.functions.scene import Function
from pages.shared import words
from pages.shared.curves import PROBE
from pages.shared.page import Page
from pages.shared.topic import Topic
from pages.start import home
from pages.tools import addresses, compare, formula, glossary, inspect_network, privacy, questions, tally, teach
from pages.topics import (
    approximations,
    basics,
    bends,
    centred,
    choose,
    collapse,
    cost,
    derivative,
    dying,
    exploding,
    gate,
    gated,
    myths,
    neuron,
    normalise,
    output,
    race,
    rounding,
    softmax,
    vanishing,
)


def topic(of: Topic, family: str, minutes: int, *needs: str) -> Page:
    """The entry of a topic made of scenes, in this part of the map: its sliders are those of its scenes, the first
    scene's first. ``minutes`` and ``needs`` as for ``Page``."""
    first, *others = of.scenes.values()
    shown = {param.name: param for param in first.params if isinstance(param, Param)}
    later = {param.name: param for scene in others for param in scene.params if isinstance(param, Param)}
    return Page(
        first.page, first.words_of, family, of.draw, tuple(shown.values()),
        tuple(param for name, param in later.items() if name not in shown), of.answer_state,
        scenes=(*of.scenes.values(), *of.examples), minutes=minutes, needs=needs, choices=of.choices,
    )  # fmt: skip


PAGES: tuple[Page, ...] = (
    Page(
        "",
        "start/home",
        "start",
        lambda: home.render(PAGES),
        (stack.LAYERS,),
        answer_state=home.ANSWER_STATE,
        scenes=home.SCENES,
        minutes=5,
    ),
    Page(
        "basics",
        "topics/basics",
        "foundations",
        basics.render,
        feedforward.PARAMS,
        answer_state=basics.ANSWER_STATE,
        scenes=basics.SCENES,
        choices=basics.CHOICES,
        minutes=5,
    ),
    Page(
        "neuron",
        "topics/neuron",
        "foundations",
        neuron.render,
        single.WEIGHTS,
        (single.MOMENT,),
        answer_state=neuron.ANSWER_STATE,
        scenes=neuron.SCENES,
        choices=neuron.CHOICES,
        minutes=10,
        needs=("basics",),
    ),
    Page(
        "collapse",
        "topics/collapse",
        "foundations",
        collapse.render,
        composed.PARAMS,
        (classification.TIME,),
        answer_state=collapse.ANSWER_STATE,
        scenes=collapse.SCENES,
        choices=collapse.CHOICES,
        minutes=10,
        needs=("basics",),
    ),
    topic(bends.TOPIC, "foundations", 10, "collapse"),
    topic(derivative.TOPIC, "foundations", 6, "basics"),
    Page(
        "vanishing",
        "topics/vanishing",
        "gradients",
        vanishing.render,
        chain.PARAMS,
        answer_state=vanishing.ANSWER_STATE,
        scenes=vanishing.SCENES,
        choices=vanishing.CHOICES,
        minutes=14,
        needs=("derivative",),
    ),
    Page(
        "exploding",
        "topics/exploding",
        "gradients",
        exploding.render,
        explosion.PARAMS,
        answer_state=exploding.ANSWER_STATE,
        scenes=exploding.SCENES,
        choices=exploding.CHOICES,
        minutes=10,
        needs=("vanishing",),
    ),
    topic(normalise.TOPIC, "gradients", 10, "exploding"),
    topic(centred.TOPIC, "gradients", 8, "derivative"),
    Page(
        "dying",
        "topics/dying",
        "gradients",
        dying.render,
        death.LATER,
        (death.BIAS,),
        answer_state=dying.ANSWER_STATE,
        scenes=dying.SCENES,
        choices=dying.CHOICES,
        minutes=10,
        needs=("derivative",),
    ),
    topic(output.TOPIC, "choosing", 12, "derivative"),
    topic(softmax.TOPIC, "choosing", 10, "basics"),
    Page(
        "gate",
        "topics/gate",
        "choosing",
        gate.render,
        gating.PARAMS,
        answer_state=gate.ANSWER_STATE,
        scenes=gate.SCENES,
        choices=gate.CHOICES,
        minutes=8,
        needs=("derivative",),
    ),
    topic(gated.TOPIC, "choosing", 12, "gate"),
    topic(race.TOPIC, "choosing", 10, "gated"),
    Page(
        "cost",
        "topics/cost",
        "choosing",
        cost.render,
        cost.PARAMS,
        answer_state=cost.ANSWER_STATE,
        scenes=cost.SCENES,
        choices=cost.CHOICES,
        minutes=8,
        needs=("gated",),
    ),
    Page(
        "choose",
        "topics/choose",
        "choosing",
        choose.render,
        choose.PARAMS,
        answer_state=choose.ANSWER_STATE,
        scenes=choose.SCENES,
        choices=choose.CHOICES,
        minutes=6,
        needs=(
            "vanishing",
            "dying",
        ),
    ),
    Page(
        "myths",
        "topics/myths",
        "choosing",
        myths.render,
        statements=myths.STATEMENTS,
        scenes=myths.SCENES,
        choices=myths.CHOICES,
        minutes=15,
        needs=(
            "vanishing",
            "dying",
            "gated",
        ),
    ),
    Page(
        "approximations",
        "topics/approximations",
        "numbers",
        approximations.render,
        approximations.PARAMS,
        answer_state=approximations.ANSWER_STATE,
        scenes=approximations.SCENES,
        choices=approximations.CHOICES,
        minutes=8,
        needs=("derivative",),
    ),
    Page(
        "rounding",
        "topics/rounding",
        "numbers",
        rounding.render,
        rounding.PARAMS,
        rounding.LATER,
        answer_state=rounding.ANSWER_STATE,
        scenes=rounding.SCENES,
        choices=rounding.CHOICES,
        minutes=12,
        needs=("approximations",),
    ),
    Page("questions", "tools/questions", "tools", questions.render, entries=questions.ENTRIES, pictured=False),
    Page("teach", "tools/teach", "tools", lambda: teach.render(PAGES), pictured=False),
    Page("tally", "tools/tally", "tools", lambda: tally.render(PAGES), pictured=False),
    Page("addresses", "tools/addresses", "tools", lambda: addresses.render(PAGES), pictured=False),
    Page("privacy", "tools/privacy", "tools", privacy.render, pictured=False),
    Page("glossary", "tools/glossary", "tools", glossary.render, entries=glossary.ENTRIES, pictured=False),
    Page(
        "formula",
        "tools/formula",
        "tools",
        formula.render,
        formula.PARAMS,
        answer_state=formula.ANSWER_STATE,
        scenes=formula.SCENES,
        choices=formula.CHOICES,
        minutes=10,
        needs=("derivative",),
    ),
    Page(
        "inspect",
        "tools/inspect_network",
        "tools",
        inspect_network.render,
        inspect_network.PARAMS,
        answer_state=inspect_network.ANSWER_STATE,
        scenes=inspect_network.SCENES,
        choices=inspect_network.CHOICES,
    ),
    Page(
        "compare",
        "tools/compare",
        "tools",
        compare.render,
        compare.PARAMS,
        compare.LATER,
        scenes=compare.SCENES,
        choices=compare.CHOICES,
        minutes=10,
        needs=("derivative",),
    ),
    *(
        Page(
            slug,
            f"functions/{slug}",
            family,
            training.render if slug == "prelu" else partial(function_page.render, activation),
            (*activation.params, PROBE),
            (prelu.TIME,) if slug == "prelu" else (),
            ANSWER_STATE.get(slug, {}),
            scenes=(
                Function(activation),
                Function(activation, orders=3),
                *(training.SCENES if slug == "prelu" else ()),
            ),
            choices=training.CHOICES if slug == "prelu" else function_page.CHOICES,
        )
        for family, slugs in FAMILIES.items()
        for slug, activation in ((slug, CATALOGUE[slug]) for slug in slugs)
    ),
)
BY_PATH = {page.path: page for page in PAGES}
# Home says how much there is. A topic whose picture has sliders is an experiment.
words.set_counts(
    functions=len(CATALOGUE),
    experiments=sum(page.kind == "topics" and bool(page.params or page.later) for page in PAGES),
)
