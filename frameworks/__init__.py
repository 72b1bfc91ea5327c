"""What PyTorch, JAX, TensorFlow and Keras really compute: ``make frameworks`` runs them and stores what it finds."""

import os

# Read when the libraries are imported.
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "JAX_PLATFORMS": "cpu"}
os.environ.setdefault("KERAS_BACKEND", "tensorflow")  # frameworks.backends starts the others
