package dev.lowpass.runtime.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The natives in this module's own jar: enough to run an artifact, without the compiler and LLVM. */
final class DeployLibraries implements NativeLibraries {
  /** In load order: each needs only those before it. Two are empty, under names that the build makes the others ask for. */
  private static final List<String> FILES = List.of(
      "libOpenCL.so.1",
      "liblowd.so.2",
      "liblow_blas.so.0",
      "libtvm_runtime.so",
      "libjnijavacpp.so",
      "libjnitvm_runtime.so");

  @Override
  public String name() {
    return "runtime";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public List<NativeLibrary> files(String platform) {
    List<NativeLibrary> libraries = new ArrayList<>();
    for (String file : FILES) {
      URL content = DeployLibraries.class.getResource(platform + "/" + file);
      if (content == null) {
        return List.of();
      }
      libraries.add(new NativeLibrary(file, content, use(file)));
    }
    return List.copyOf(libraries);
  }

  /** The hashes of these files on this platform, as {@code sha256sum} writes them; the build makes it. */
  String sums() throws IOException {
    try (InputStream sums = DeployLibraries.class.getResourceAsStream(Natives.platform() + "/SHA256SUMS")) {
      if (sums == null) {
        throw new IOException("this module's jar has no SHA256SUMS for " + Natives.platform());
      }
      return new String(sums.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** As JavaCPP calls them. */
  private static NativeLibrary.Use use(String file) {
    return file.startsWith("libjni") ? NativeLibrary.Use.LOAD : NativeLibrary.Use.LINK;
  }
}
