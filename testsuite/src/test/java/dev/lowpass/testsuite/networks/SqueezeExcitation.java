package dev.lowpass.testsuite.networks;

/**
 * Channels scaled by what their means say (Hu et al., arXiv:1709.01507).
 *
 * @param squeezed channels between the two layers
 * @param gate what makes a factor of a number
 * @param reduces whether means are a ReduceMean instead of a GlobalAveragePool
 */
record SqueezeExcitation(int squeezed, Activation inner, Activation gate, boolean reduces) {
  Feature of(Network network, Feature x) {
    Feature mean = reduces ? network.reduce("ReduceMean", 18, x, true, 2, 3) : network.globalAverage(x);
    Feature narrow = inner.of(network, network.convolution(mean, Convolution.pointwise(squeezed)));
    Feature wide = network.convolution(narrow, Convolution.pointwise(x.channels()));
    return network.multiply(x, gate.of(network, wide));
  }
}
