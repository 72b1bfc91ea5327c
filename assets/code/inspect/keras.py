import keras
import tensorflow as tf


def watch(name, function):
    def watched(z):
        with tf.GradientTape() as tape:
            tape.watch(z)
            a = function(z)
        seen.append([name, function.__name__, z, tape.gradient(a, z)])
        return a

    return watched


seen, functions = [], {}
for layer in model.layers:
    if getattr(layer, "activation", keras.activations.linear) is not keras.activations.linear:
        functions[layer] = layer.activation
        layer.activation = watch(layer.name, layer.activation)
with tf.GradientTape() as tape:
    loss = loss_function(y, model(x))  # one large batch of the training data
for layer, function in functions.items():
    layer.activation = function
gradients = tape.gradient(loss, [z for _, _, z, _ in seen])
for (name, function, z, slope), gradient in zip(seen, gradients):
    summary(name, function, z.numpy(), slope.numpy(), gradient.numpy())
