package dev.lowpass.codegen.artifact;

import dev.lowpass.runtime.artifact.FileLayout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an artifact holds besides its manifest.
 *
 * @param contents bytes by section, in the file's order; those of {@link FileLayout#CODE} and
 *     {@link FileLayout#PARAMETERS} are always there
 */
public record Sections(Map<String, byte[]> contents) {
  public Sections {
    contents = Collections.unmodifiableMap(new LinkedHashMap<>(contents));
    if (!contents.containsKey(FileLayout.CODE) || !contents.containsKey(FileLayout.PARAMETERS)) {
      throw new IllegalArgumentException("an artifact of " + contents.keySet() + " only");
    }
  }

  /**
   * Sections of linked code.
   *
   * @param code the shared library, exporting the entries that {@code emit.Library} names
   * @param parameters the parameter arena
   */
  public static Sections of(byte[] code, byte[] parameters) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(FileLayout.CODE, code);
    contents.put(FileLayout.PARAMETERS, parameters);
    return new Sections(contents);
  }

  public byte[] code() {
    return contents.get(FileLayout.CODE);
  }

  public byte[] parameters() {
    return contents.get(FileLayout.PARAMETERS);
  }
}
