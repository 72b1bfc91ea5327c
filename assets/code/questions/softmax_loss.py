import torch
import torch.nn.functional as F
from torch import nn

# What the last linear layer returns, for one example:
logits = torch.tensor([[4.0, 1.0, -2.0]], requires_grad=True)
label = torch.tensor([0])

criterion = nn.CrossEntropyLoss()  # contains log-softmax
loss = criterion(logits, label)
by_hand = -F.log_softmax(logits, dim=1)[0, 0]
twice = criterion(logits.softmax(dim=1), label)  # a mistake

print(f"{loss:.4f} {by_hand:.4f} {twice:.4f}")  # 0.0509 0.0509 0.5838

loss.backward()
print(logits.grad)  # softmax minus the one-hot label

# One output with a sigmoid: the same holds.
one = nn.BCEWithLogitsLoss()(torch.tensor([3.0]), torch.tensor([1.0]))
