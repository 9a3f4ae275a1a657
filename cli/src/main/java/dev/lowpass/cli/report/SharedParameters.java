package dev.lowpass.cli.report;

import dev.lowpass.runtime.artifact.Manifest;
import java.util.List;

/** How the sizes of an artifact share its parameters, for people. */
record SharedParameters(Manifest manifest) {
  /** For instance {@code 2 sizes; parameters 13.9 MB, of which size 2 adds 0.3 MB}. */
  String toText() {
    List<Manifest.Size> sizes = manifest.sizes();
    StringBuilder text = new StringBuilder(Quantity.sizes(sizes.size()));
    text.append("; parameters ").append(Quantity.bytes(manifest.parameterBytes()));
    String separator = ", of which ";
    for (int size = 1; size < sizes.size(); size++) {
      text.append(separator).append("size ").append(size + 1).append(" adds ").append(Quantity.bytes(added(size)));
      separator = ", ";
    }
    return text.toString();
  }

  /** Bytes that a size, counted from 0, adds to those before it. */
  private long added(int size) {
    return bytes(size) - bytes(size - 1);
  }

  private long bytes(int size) {
    return manifest.sizes().get(size).memory().parameterBytes();
  }
}
