"""The register of rooms: the address, the words and the place on the map of every page.

The map, the link previews, the tests and the front door all read it; a new room is one entry here.
"""

from __future__ import annotations

from functools import partial

from activations import CATALOGUE
from activations.experiments import chain, composed, curve, feedforward, lesson, merits, prelu, stack
from activations.experiments import cost as timing
from activations.experiments import dying as death
from activations.experiments import exploding as explosion
from activations.experiments import gate as gating
from activations.experiments import neuron as single
from activations.experiments import rounding as rounded
from activations.functions import FAMILIES
from pages.functions import activation, training
from pages.functions.shows import SHOWS
from pages.parts import words
from pages.parts.room import Room
from pages.start import home
from pages.tools import compare, glossary, questions
from pages.topics import (
    approximations,
    basics,
    choose,
    collapse,
    cost,
    dying,
    exploding,
    gate,
    gated,
    myths,
    neuron,
    rounding,
    softmax,
    vanishing,
)

ROOMS: tuple[Room, ...] = (
    Room("", "start/home", "start", lambda: home.render(ROOMS), (stack.LAYERS,), shows=home.SHOWS),
    Room(
        "basics",
        "topics/basics",
        "questions",
        basics.render,
        feedforward.PARAMS,
        shows=basics.SHOWS,
    ),
    Room("neuron", "topics/neuron", "questions", neuron.render, single.WEIGHTS, (single.MOMENT,), neuron.SHOWS),
    Room(
        "collapse",
        "topics/collapse",
        "questions",
        collapse.render,
        composed.PARAMS,
        (lesson.TIME,),
        shows=collapse.SHOWS,
    ),
    Room("vanishing", "topics/vanishing", "questions", vanishing.render, chain.PARAMS, shows=vanishing.SHOWS),
    Room("exploding", "topics/exploding", "questions", exploding.render, explosion.PARAMS, shows=exploding.SHOWS),
    Room("dying", "topics/dying", "questions", dying.render, death.LATER, (death.BIAS,), dying.SHOWS),
    Room("gate", "topics/gate", "questions", gate.render, gating.PARAMS, shows=gate.SHOWS),
    Room(
        "approximations",
        "topics/approximations",
        "questions",
        approximations.render,
        (curve.PROBE,),
        shows=approximations.SHOWS,
    ),
    Room("rounding", "topics/rounding", "questions", rounding.render, (rounded.X,), shows=rounding.SHOWS),
    Room("softmax", "topics/softmax", "questions", softmax.render, softmax.SHOWN, softmax.LATER, shows=softmax.SHOWS),
    Room("gated", "topics/gated", "questions", gated.render, gated.SHOWN, gated.LATER, shows=gated.SHOWS),
    Room("cost", "topics/cost", "questions", cost.render, (timing.SIZE,), shows=cost.SHOWS),
    Room("choose", "topics/choose", "questions", choose.render, (merits.LAYERS,), shows=choose.SHOWS),
    Room("myths", "topics/myths", "questions", myths.render),
    Room("questions", "tools/questions", "tools", questions.render, entries=questions.ENTRIES, pictured=False),
    Room("glossary", "tools/glossary", "tools", glossary.render, entries=glossary.ENTRIES, pictured=False),
    Room("compare", "tools/compare", "tools", compare.render, compare.SHOWN, compare.LATER),
    *(
        Room(
            slug,
            f"functions/{slug}",
            family,
            training.render if slug == "prelu" else partial(activation.render, act),
            (*act.params, curve.PROBE),
            (prelu.TIME,) if slug == "prelu" else (),
            SHOWS.get(slug, {}),
        )
        for family, slugs in FAMILIES.items()
        for slug, act in ((slug, CATALOGUE[slug]) for slug in slugs)
    ),
)
BY_PATH = {room.path: room for room in ROOMS}
# Home says how much there is. A topic whose picture has sliders is an experiment.
words.set_counts(
    functions=len(CATALOGUE),
    experiments=sum(room.kind == "topics" and bool(room.params or room.later) for room in ROOMS),
)
