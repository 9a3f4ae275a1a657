package dev.lowpass.ir.onnx.operator;

/** An operator that is known, and that no compiled model can have. */
final class RefusedImport implements OperatorImport {
  private final String reason;

  /** @param reason completes "X with ... is not supported" */
  RefusedImport(String reason) {
    this.reason = reason;
  }

  @Override
  public void convert(NodeImport node) {
    throw node.unsupported(reason);
  }
}
