"""What a picture is: an array by the name of each thing that is drawn."""

from __future__ import annotations

from activations.spec import Array

Picture = dict[str, Array]
