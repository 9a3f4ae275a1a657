package dev.lowpass.codegen.backend;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.LowpassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All targets. No other class knows which there are. */
public final class Backends {
  /** Names this machine's processor, whatever it is. */
  private static final String THIS_PROCESSOR = "cpu";

  /** What one might expect, and why it is not there. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "cpu:" + CpuTarget.X86_64_V2.name(),
          "is no target: without fused multiply-add, functions such as tanh lose the precision that is promised");

  private Backends() {}

  /** One of each target that can be compiled for, whether or not this machine can run it. */
  public static List<Backend> all() {
    return List.of(
        new CpuBackend(CpuTarget.X86_64_V3),
        new CpuBackend(CpuTarget.X86_64_V4),
        new CpuBackend(CpuTarget.ZEN4),
        new OpenClBackend(CpuTarget.ofThisMachine()));
  }

  /** What users may write, for messages and completion. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(List.of(THIS_PROCESSOR));
    all().forEach(backend -> names.add(backend.name()));
    return names;
  }

  /**
   * The target that the user wrote.
   *
   * @throws LowpassException LP4010 for an unknown one
   */
  public static Backend parse(String text) {
    if (text.equals(THIS_PROCESSOR)) {
      return ofThisProcessor()
          .orElseThrow(
              () ->
                  new LowpassException(
                      "LP4010", text, "this processor is none that kernels are made for; name the one that is to run them"));
    }
    return all().stream()
        .filter(backend -> backend.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new LowpassException(
                    "LP4010",
                    text,
                    REFUSED.getOrDefault(text, "no such target") + "; there are " + String.join(", ", names())));
  }

  /** The target that is made for this machine's processor; none where it is too old for all of them. */
  public static Optional<Backend> ofThisProcessor() {
    Backend own = new CpuBackend(CpuTarget.ofThisMachine());
    return all().stream().filter(own::equals).findFirst();
  }
}
