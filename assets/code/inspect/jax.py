import jax
import jax.numpy as jnp

# Your network writes act("name", jax.nn.relu, z) in place of jax.nn.relu(z), and is given act:
# loss(parameters, x, y, act).


def watched_loss(shifts):
    def act(name, function, z):
        z = z + shifts.get(name, 0)  # by the derivative at a shift of 0 the gradient at z is found
        seen[name] = function, z
        return function(z)

    return loss(parameters, x, y, act)


seen = {}
watched_loss({})  # x and y are one large batch of the training data
layers = dict(seen)
gradients = jax.grad(watched_loss)({name: jnp.zeros_like(z) for name, (_, z) in layers.items()})
for name, (function, z) in layers.items():
    slope = jax.grad(lambda z, function=function: function(z).sum())(z)
    summary(name, function.__name__, z, slope, gradients[name])
