import torch
import torch.nn.functional as F
from torch import nn


def gain(function):
    """Keeps the variance of the pre-activations at 1."""
    z = torch.randn(1_000_000, dtype=torch.float64)
    return float(function(z).square().mean().rsqrt())


print(gain(torch.relu), nn.init.calculate_gain("relu"))  # 1.41
print(gain(F.elu), gain(F.silu), gain(F.gelu))  # 1.25, 1.68, 1.53

layer = nn.Linear(256, 256)
nn.init.normal_(layer.weight, std=gain(F.silu) / 256**0.5)  # 256 inputs
nn.init.zeros_(layer.bias)
