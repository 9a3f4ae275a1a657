package dev.lowpass.runtime.artifact;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A checked artifact: sizes, bounds and hashes fit.
 *
 * @param place the file, for messages
 * @param manifest what it says about itself
 * @param code of each size a shared library's bytes, or for a CUDA device PTX
 * @param parameters the parameter arena of all sizes, mapped read-only; page-aligned
 * @param signature one that fits, if there is one
 */
public record Artifact(
    String place, Manifest manifest, List<byte[]> code, ByteBuffer parameters, Optional<ArtifactSignature> signature) {
  public Artifact {
    code = List.copyOf(code);
  }

  /**
   * Checks that this artifact's code can run on a machine.
   *
   * @throws LowpassRuntimeException LP5004 where it is for another platform or needs processor features that are
   *     missing
   */
  public void requireRunnable(String platform, Set<String> features) {
    if (!manifest.target().platform().equals(platform)) {
      String problem = "compiled for " + manifest.target().platform() + ", but this is " + platform;
      throw new LowpassRuntimeException(5004, place, problem + "; compile it for this one");
    }
    List<String> missing =
        manifest.target().features().stream().filter(feature -> !features.contains(feature)).toList();
    if (!missing.isEmpty()) {
      String problem = "compiled for a processor with " + String.join(", ", missing) + ", which this one lacks";
      String remedy = "; compile it with --target cpu on this machine, or for a lower level such as cpu:x86-64-v3";
      throw new LowpassRuntimeException(5004, place, problem + remedy);
    }
  }
}
