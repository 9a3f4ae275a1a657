package dev.lowpass.codegen.temporary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that never finishes: it writes files into a temporary folder until somebody stops it. */
final class BusyProcess {
  private BusyProcess() {}

  /** Prints the folder, and then nothing: a line more would be an error that the user gets to see. */
  public static void main(String[] arguments) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("build")) {
      Files.writeString(folder.path().resolve("first"), "");
      System.out.println(folder.path());
      for (int i = 0; true; i++) {
        Files.writeString(folder.path().resolve("file" + i), "some text");
      }
    }
  }

  /** Starts it with {@code folder} as its temporary folder. */
  static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            BusyProcess.class.getName())
        .redirectErrorStream(true)
        .start();
  }
}
