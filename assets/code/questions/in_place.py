import torch
from torch import nn

x = torch.tensor([-1.0, 2.0])
y = nn.ReLU(inplace=True)(x)
print(x)  # tensor([0., 2.]): the input is overwritten

weight = torch.tensor([-1.0, 2.0], requires_grad=True)
z = torch.sigmoid(weight)  # keeps z, because σ′ = z(1 − z)
z.relu_()  # overwrites z
try:
    z.sum().backward()
    message = ""
except RuntimeError as error:
    message = str(error)
print(message)  # one of the variables needed … has been modified
