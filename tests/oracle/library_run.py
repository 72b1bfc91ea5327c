"""What the guide quotes of the run of the libraries, spelt anew from what is stored."""

from activations.experiments.libraries import stored
from tests.oracle import library

NAMED = {"pytorch": ["PyTorch"], "keras": ["Keras", "TensorFlow"], "jax": ["JAX"]}
SLUGS = {"erf": "gelu", "tanh": "gelu_tanh", "sigmoid": "gelu_sigmoid"}


def size(gap):
    if not gap:
        return "0"
    digits, exponent = f"{gap:.2e}".split("e")
    return f"{digits}·10{str(int(exponent)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def version(name):
    return " · ".join(f"{part} {stored()['about']['versions'][part]}" for part in NAMED[name])


def quoted_run(language):
    """The marks in the words about the forms of GELU."""
    words, about, lines = library.parts(language, "topics/approximations"), stored()["about"], stored()["lines"]
    rows = [[words["head-form"], *map(version, NAMED)], ["---", "--:", "--:", "--:"]]
    for form, slug in SLUGS.items():
        off = ([lines[slug][name][kind][0] for kind in ("float64", "float32")] for name in NAMED)
        rows.append([words[f"name-{form}"], *(", ".join(map(size, pair)) for pair in off)])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return {"date": about["date"], "reach": str(about["reach"]), "agreement": table}
