"""What learns: the network in Keras, its labels, its losses. The only importer of Keras and TensorFlow."""
