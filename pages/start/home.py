"""What this is, where to begin; alive at first sight."""

import streamlit as st

from activations import CATALOGUE
from activations.experiments import stack
from pages.parts import controls, figures, live, words

LABELS = {"sigmoid": (-4.0, "top right"), "tanh": (4.0, "bottom left"), "relu": (2.0, "middle left")}

text = words.page("start/home")
acts = {CATALOGUE[slug]: x for slug, (x, _) in LABELS.items()}
readings = [(f"{act.slug}_{end}", "4") for act in acts for end in ("low", "high")]


def sentences(shown: list[str]) -> list[str]:
    """What each stack makes of its two extreme inputs."""
    names = [words.page(f"functions/{act.slug}")["title"] for act in acts]
    pairs = zip(names, shown[::2], shown[1::2], strict=True)
    return [words.ui("home.sentence", name=name, low=low, high=high) for name, low, high in pairs]


st.title(text["title"], anchor=False)
st.markdown(text["claim"])
picture_side, control_side = st.columns([0.66, 0.34], gap="medium")
with control_side:
    depth = int(controls.slider(stack.LAYERS, words.ui("layers"), alone=True))
    picture = stack.still(acts, depth)
    shown = [words.number(float(picture[f"reading.{name}"][0]), form) for name, form in readings]
    with st.container(key="layers-chart-reading", gap="small"):
        st.markdown("\n\n".join(sentences(shown)))
    template = words.ui("alt.layers") + " ".join(sentences([f"{{{k}}}" for k in range(len(readings))]))
    sweep = {name: track for name, track in stack.along_depth(acts).items() if not name.endswith(".x")}
    live.follow("layers-chart", picture, {stack.LAYERS.name: sweep}, readings, template.replace("**", ""))
    st.markdown(text["notice"])
with picture_side:
    lines = {act.slug: (f" {act.name} ", controls.colour(act), LABELS[act.slug][1]) for act in acts}
    axes = (words.ui("home.axis_in"), words.ui("home.axis_out"))
    alt = words.ui("alt.layers") + " ".join(sentences(shown)).replace("**", "")
    figure = figures.layers(picture, lines, axes, controls.presenting())
    st.plotly_chart(figure, key="layers-chart", config=figures.CONFIG, alt=alt)

st.markdown(text["begin"])
for path in ("relu", "sigmoid", "vanishing"):
    controls.link(path, f"{text[f'path-{path}']} →")
st.markdown(text["all"])
with st.container(gap="xxsmall"):
    for slug in CATALOGUE:
        page = words.page(f"functions/{slug}")
        controls.link(slug, f"**{page['title']}** — {page['claim']}")
