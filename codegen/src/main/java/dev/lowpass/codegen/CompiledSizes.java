package dev.lowpass.codegen;

import dev.lowpass.codegen.artifact.ArtifactWriter;
import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.runtime.artifact.Manifest;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;

/**
 * A model compiled for one or several sizes, ready to be written as one artifact.
 *
 * @param sizes each a compilation of its own, in whose arena of parameters those before it lie where they were
 */
public record CompiledSizes(List<Compilation> sizes) {
  public CompiledSizes {
    sizes = List.copyOf(sizes);
  }

  /** The only size, or the first of several. */
  public Compilation first() {
    return sizes.getFirst();
  }

  /** Bytes of parameters that a size, counted from 0, adds to those before it. */
  public long addedParameterBytes(int size) {
    long before = size == 0 ? 0 : sizes.get(size - 1).memory().parameterBytes();
    return sizes.get(size).memory().parameterBytes() - before;
  }

  /** What the artifact says of itself; of its build, what the first size says. */
  public Manifest manifest() {
    Manifest first = first().manifest();
    List<Manifest.Size> all = sizes.stream().map(size -> size.manifest().first()).toList();
    return new Manifest(first.model(), first.target(), all, first.build());
  }

  /**
   * Writes the artifact; the file appears complete or not at all.
   *
   * @throws dev.lowpass.ir.LowpassException if the file cannot be written
   */
  public void writeTo(Path artifact) {
    writeTo(artifact, Optional.empty());
  }

  /**
   * Writes the artifact with the signature of {@code signer}, if there is one: keys of Ed25519.
   *
   * @throws dev.lowpass.ir.LowpassException if the file cannot be written
   */
  public void writeTo(Path artifact, Optional<KeyPair> signer) {
    Sections sections = Sections.together(sizes.stream().map(size -> size.code().sections()).toList());
    ArtifactWriter.write(artifact, manifest(), sections, signer);
  }
}
