package dev.lowpass.ir;

/** Where a node came from: the name of an ONNX node, a line of IR text, or the pass that made it. */
public record Location(String text) {
  public static final Location UNKNOWN = new Location("unknown");

  @Override
  public String toString() {
    return text;
  }
}
