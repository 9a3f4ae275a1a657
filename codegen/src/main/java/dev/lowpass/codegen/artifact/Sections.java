package dev.lowpass.codegen.artifact;

import dev.lowpass.runtime.artifact.FileLayout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

  /**
   * Sections for several sizes, each of which may have others than code.
   *
   * @param sizes in whose order they are numbered; the parameters of the last one hold those of all
   */
  public static Sections together(List<Sections> sizes) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (int size = 0; size < sizes.size(); size++) {
      for (Map.Entry<String, byte[]> section : sizes.get(size).contents.entrySet()) {
        boolean shared = section.getKey().equals(FileLayout.PARAMETERS);
        contents.put(shared ? section.getKey() : FileLayout.ofSize(section.getKey(), size), section.getValue());
      }
    }
    return new Sections(contents);
  }

  /** How many sizes there is code for. */
  public int sizes() {
    int sizes = 0;
    while (contents.containsKey(FileLayout.code(sizes))) {
      sizes++;
    }
    return sizes;
  }

  /** The code of the first size. */
  public byte[] code() {
    return contents.get(FileLayout.CODE);
  }

  public byte[] parameters() {
    return contents.get(FileLayout.PARAMETERS);
  }
}
