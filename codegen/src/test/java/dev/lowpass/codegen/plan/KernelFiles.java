package dev.lowpass.codegen.plan;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The test suite's corpus of small graphs, which it runs on every target. */
public final class KernelFiles {
  private KernelFiles() {}

  /** The graphs of a file. */
  public static List<Graph> graphs(String file) {
    String resource = "/kernels/" + file;
    try (InputStream stream = Objects.requireNonNull(KernelFiles.class.getResourceAsStream(resource), resource)) {
      return IrText.parseAll(new String(stream.readAllBytes(), StandardCharsets.UTF_8), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The graph called {@code name} of a file. */
  public static Graph graph(String file, String name) {
    return graphs(file).stream().filter(graph -> graph.name().equals(name)).findFirst().orElseThrow();
  }
}
