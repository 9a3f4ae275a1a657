package dev.lowpass.testsuite.networks;

import java.util.function.BiFunction;

/** Activations, in the forms in which exporters write them. */
enum Activation {
  RELU((network, x) -> network.unary("Relu", x)),
  RELU6((network, x) -> network.clip(x, 0, 6)),
  LEAKY_RELU((network, x) -> network.unary("LeakyRelu", x, Attributes.real("alpha", 0.1))),
  PRELU(Network::parametricRelu),
  TANH((network, x) -> network.unary("Tanh", x)),
  SIGMOID((network, x) -> network.unary("Sigmoid", x)),

  /** One node, from opset 14 on. */
  HARD_SWISH((network, x) -> network.unary("HardSwish", x)),

  /** PyTorch before opset 14, and Paddle: {@code x * clip(x + 3, 0, 6) / 6}. */
  HARD_SWISH_IN_STEPS(
      (network, x) ->
          network.with("Div", network.multiply(x, network.clip(network.with("Add", x, 3), 0, 6)), 6)),

  /** Keras: {@code x * (relu6(x + 3) * 0.16667)}. */
  HARD_SWISH_OF_KERAS(
      (network, x) ->
          network.multiply(x, network.with("Mul", network.clip(network.with("Add", x, 3), 0, 6), 1.0 / 6))),
  HARD_SIGMOID((network, x) -> network.unary("HardSigmoid", x, Attributes.real("alpha", 1.0 / 6))),

  /** Paddle: alpha and beta are written, and alpha is 0.2. */
  HARD_SIGMOID_OF_PADDLE(
      (network, x) ->
          network.unary("HardSigmoid", x, Attributes.real("alpha", 0.2), Attributes.real("beta", 0.5))),
  HARD_SIGMOID_OF_KERAS(
      (network, x) -> network.with("Mul", network.clip(network.with("Add", x, 3), 0, 6), 1.0 / 6)),
  SILU((network, x) -> network.multiply(x, network.unary("Sigmoid", x))),

  /** {@code x / sqrt 2}, Erf, plus 1, times x, times 0.5. */
  GELU_OF_ERF(
      (network, x) -> {
        Feature erf = network.unary("Erf", network.with("Div", x, Math.sqrt(2)));
        return network.with("Mul", network.multiply(x, network.with("Add", erf, 1)), 0.5);
      }),

  /** One node, from opset 20 on. */
  GELU((network, x) -> network.unary("Gelu", x, Attributes.text("approximate", "none"))),

  /** With tanh in place of the error function, as one node. */
  GELU_OF_TANH((network, x) -> network.unary("Gelu", x, Attributes.text("approximate", "tanh")));

  private final BiFunction<Network, Feature, Feature> nodes;

  Activation(BiFunction<Network, Feature, Feature> nodes) {
    this.nodes = nodes;
  }

  Feature of(Network network, Feature x) {
    return nodes.apply(network, x);
  }
}
