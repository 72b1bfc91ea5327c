"""Measure anew what the guide keeps: ``python -m activations.measure`` takes about seven minutes on two cores."""

from activations import CATALOGUE
from activations.experiments import approximations, dying, exploding, normalised, output_layer, race, survival

if __name__ == "__main__":
    for experiment in (exploding, dying, survival, normalised, race):
        experiment.write(CATALOGUE)
    approximations.write()
    output_layer.write()
