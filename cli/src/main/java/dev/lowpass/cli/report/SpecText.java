package dev.lowpass.cli.report;

import dev.lowpass.runtime.TensorSpec;
import java.util.List;
import java.util.stream.Collectors;

/** What a model takes or gives, for people and programs. */
public final class SpecText {
  private SpecText() {}

  /** On one line. */
  public static String of(List<TensorSpec> specs) {
    return specs.stream().map(TensorSpec::toString).collect(Collectors.joining(", "));
  }

  public static Json toJson(TensorSpec spec) {
    return new Json().with("name", spec.name()).with("type", spec.type().toString()).with("shape", spec.shape());
  }
}
