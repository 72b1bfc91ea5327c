import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(8, 64), nn.ReLU(),
    nn.Linear(64, 64), nn.ReLU(),
    nn.Linear(64, 1),
)
data = torch.randn(1000, 8)  # take the training data

active = {}  # by layer: which units were ever above 0


def watch(name):
    def hook(module, inputs, output):
        # After a convolution take output.movedim(1, -1) instead.
        fired = (output > 0).flatten(0, -2).any(dim=0)
        active[name] = active.get(name, torch.zeros_like(fired)) | fired

    return hook


hooks = [
    module.register_forward_hook(watch(name))
    for name, module in model.named_modules()
    if isinstance(module, nn.ReLU)
]
model.eval()
with torch.no_grad():
    for batch in data.split(100):  # all of the data, not one batch
        model(batch)
for hook in hooks:
    hook.remove()

dead = {name: int((~fired).sum()) for name, fired in active.items()}
print(dead)  # by layer, here {'1': 0, '3': 0}
