import torch
import torch.nn.functional as F
from torch import nn

x = torch.randn(4, 8)

# A list of layers needs modules.
model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(8, 16)
        self.last = nn.Linear(16, 1)

    def forward(self, x):
        # In a forward of your own a function will do.
        return self.last(F.relu(self.first(x)))


same = torch.equal(nn.ReLU()(x), F.relu(x))
print(same)  # True
