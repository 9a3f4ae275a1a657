package dev.lowpass.testsuite.networks;

import java.util.Locale;

/** Who wrote a model: names of nodes and values, and where small constants are, differ. */
enum Exporter {
  /** PyTorch: numbers of operations are nodes called Constant. */
  PYTORCH(true),

  /** tf2onnx, or PyTorch behind a simplifier: everything constant is an initializer. */
  TF2ONNX(false),

  /** Paddle2ONNX. */
  PADDLE(true);

  private final boolean constantsAreNodes;

  Exporter(boolean constantsAreNodes) {
    this.constantsAreNodes = constantsAreNodes;
  }

  boolean constantsAreNodes() {
    return constantsAreNodes;
  }

  /** The name of the node number {@code index}. */
  String node(String type, int index) {
    return switch (this) {
      case PYTORCH -> "/stage/%s_%d".formatted(type, index);
      case TF2ONNX -> "StatefulPartitionedCall/model/layer_%d/%s".formatted(index, type);
      case PADDLE -> "p2o.%s.%d".formatted(type, index);
    };
  }

  /** The name of what the node number {@code index} writes in the place {@code output}. */
  String value(String type, int index, int output) {
    return switch (this) {
      case PYTORCH -> "/stage/%s_%d_output_%d".formatted(type, index, output);
      case TF2ONNX -> "StatefulPartitionedCall/model/layer_%d/%s:%d".formatted(index, type, output);
      case PADDLE -> "%s_%d.tmp_%d".formatted(type.toLowerCase(Locale.ROOT), index, output);
    };
  }

  /** The name of the initializer number {@code index}. */
  String weight(String role, int index) {
    return switch (this) {
      case PYTORCH -> "onnx::%s_%d".formatted(role, index);
      case TF2ONNX -> "StatefulPartitionedCall/model/%s_%d/ReadVariableOp:0".formatted(role, index);
      case PADDLE -> "param_%d.%s_0".formatted(index, role);
    };
  }
}
