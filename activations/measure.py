"""Measure anew what the guide keeps: ``python -m activations.measure`` takes about a minute on one core."""

from activations import CATALOGUE
from activations.experiments import exploding

if __name__ == "__main__":
    exploding.write(CATALOGUE)
