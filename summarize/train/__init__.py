"""Training: the network in Keras, its labels and its losses. The only package that imports Keras and TensorFlow."""
