package dev.lowpass.ir;

/** A named, typed SSA value. The name is stable from ONNX to the artifact and prints with a leading {@code %}. */
public record Value(String name, TensorType type) {
  @Override
  public String toString() {
    return "%" + name;
  }
}
