package dev.lowpass.codegen.backend;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Precision;
import dev.lowpass.runtime.artifact.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All targets. No other class knows which there are. */
public final class Backends {
  /** Names this machine's processor, whatever it is. */
  private static final String THIS_PROCESSOR = "cpu";

  /** Stands for the oldest of NVIDIA's devices that there is a target for, and so for all. */
  private static final String ANY_DEVICE = "cuda";

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
        new CpuBackend(CpuTarget.X86_64_V4_BF16),
        new CpuBackend(CpuTarget.X86_64_V4_AMX),
        new CpuBackend(CpuTarget.ZEN4),
        new OpenClBackend(CpuTarget.ofThisMachine()),
        CudaBackend.USUAL,
        new CudaBackend("sm_90"));
  }

  /** What users may write, for messages and completion. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(List.of(THIS_PROCESSOR, ANY_DEVICE));
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
    String name = text.equals(ANY_DEVICE) ? CudaBackend.USUAL.name() : text;
    return all().stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new LowpassException(
                    "LP4010",
                    text,
                    REFUSED.getOrDefault(text, "no such target") + "; there are " + String.join(", ", names())));
  }

  /**
   * The target that the user wrote, to multiply in {@code precision} there.
   *
   * @throws LowpassException LP4010 for an unknown one, LP4029 for one that has no instructions for it
   */
  public static Backend parse(String text, Precision precision) {
    if (precision == Precision.FLOAT32) {
      return parse(text);
    }
    return rounding(text).stream()
        .filter(backend -> backend.machine().precision() == precision)
        .findFirst()
        .orElseThrow(() -> notRounding(text, precision));
  }

  /**
   * The target that the user wrote, to multiply there in each precision that it has instructions for besides single; in
   * the order of {@link Backend#rounding}.
   *
   * @throws LowpassException LP4010 for an unknown one
   */
  public static List<Backend> rounding(String text) {
    return text.equals(THIS_PROCESSOR)
        ? CpuTarget.roundingFor(Processor.features()).map(host -> new CpuBackend(host).rounding()).orElse(List.of())
        : parse(text).rounding();
  }

  private static LowpassException notRounding(String text, Precision precision) {
    String able =
        all().stream()
            .filter(backend -> backend.rounding().stream().anyMatch(other -> other.machine().precision() == precision))
            .map(Backend::name)
            .collect(Collectors.joining(", "));
    return new LowpassException(
        "LP4029", text, "has no instructions for products in %s; %s have".formatted(precision, able));
  }

  /** The target that is made for this machine's processor; none where it is too old for all of them. */
  public static Optional<Backend> ofThisProcessor() {
    Backend own = new CpuBackend(CpuTarget.ofThisMachine());
    return all().stream().filter(own::equals).findFirst();
  }
}
