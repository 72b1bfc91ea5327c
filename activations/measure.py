"""Measure anew what the guide keeps: ``python -m activations.measure`` takes about a minute on one core."""

from activations import CATALOGUE
from activations.experiments import approximations, dying, exploding, output_layer, survival

if __name__ == "__main__":
    for experiment in (exploding, dying, survival):
        experiment.write(CATALOGUE)
    approximations.write()
    output_layer.write()
