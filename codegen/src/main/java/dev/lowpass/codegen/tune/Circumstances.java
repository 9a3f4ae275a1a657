package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.runtime.artifact.Processor;
import java.util.List;

/**
 * What measured times depend on besides what was measured. Where all of it is the same, they hold.
 *
 * @param processor of this machine
 * @param target for which code was made
 * @param kernels the version of the code generator
 */
public record Circumstances(String processor, String target, String kernels) {
  /** Those of times measured here and now. */
  public static Circumstances of(Backend backend) {
    String processor =
        "%s, %d of them, flags #%s"
            .formatted(
                Processor.model(),
                Runtime.getRuntime().availableProcessors(),
                Digest.of(Processor.features().toString()));
    return new Circumstances(processor, backend.name(), "#" + KernelVersion.current());
  }

  /** As files begin. */
  public List<String> lines() {
    return List.of("processor " + processor, "target " + target, "kernels " + kernels);
  }

  /** A short name for all of them, for files. */
  public String digest() {
    return Digest.of(String.join("\n", lines()));
  }
}
