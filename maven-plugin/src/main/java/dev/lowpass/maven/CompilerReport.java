package dev.lowpass.maven;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Of what the compiler says of an artifact, what matters here.
 *
 * @param externalData files beside the model that hold data of its tensors
 */
record CompilerReport(long bytes, double seconds, int kernels, List<Path> externalData) {
  CompilerReport {
    externalData = List.copyOf(externalData);
  }

  /** What {@code compile --json} wrote. */
  static CompilerReport read(Path json) throws IOException {
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    List<Path> externalData = new ArrayList<>();
    report.path("externalData").forEach(file -> externalData.add(Path.of(file.asText())));
    return new CompilerReport(
        report.path("bytes").asLong(),
        report.path("seconds").asDouble(),
        report.path("kernels").size(),
        externalData);
  }

  String summary() {
    return String.format(Locale.ROOT, "%d kernels, %,d bytes, compiled in %.1f s", kernels, bytes, seconds);
  }
}
