package dev.lowpass.testsuite.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.Model;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's archive, unpacked where there is a JDK and no Maven. */
class ArchiveTest {
  private static final String MODEL =
      """
      graph @small(%image: f32[1, 3, 14, 14]) -> (scores = %scores) {
        %w = constant f32[8, 3] random(seed = 1)
        %p = pointwise %image, %w
        %scores = global_average_pool %p
      }
      """;

  /** All that the script asks of a machine beside bash. */
  private static final List<String> TOOLS = List.of("dirname", "readlink", "sed", "locale");

  @TempDir Path folder = Path.of("");

  @Test
  void compilesWithoutMaven() throws Exception {
    Path home = unpack(Built.in("cli", "lowpass-[0-9].*\\.zip").getFirst());
    Path model = folder.resolve("small.onnx");
    OnnxWriter.write(IrText.parse(MODEL, "small"), new LinkedHashMap<>(), model);
    String said = run(home, "compile", model.toString(), "-o", folder.resolve("small.lowpass").toString());
    assertThat(said).contains("kernels, compiled in");
    try (Model compiled = Model.load(folder.resolve("small.lowpass"))) {
      assertThat(compiled.inputs()).hasSize(1);
    }
    assertThat(run(home, "--version")).startsWith("lowpass " + version(home));
  }

  private static String version(Path home) {
    return home.getFileName().toString().substring("lowpass-".length());
  }

  /** With the modes that the archive has for files, as unzip does. */
  private Path unpack(Path archive) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true));
        Stream<Path> all = Files.walk(zip.getPath("/"))) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Path target = folder.resolve(file.toString().substring(1));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
          Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
        }
      }
    }
    return folder.resolve(archive.getFileName().toString().replace(".zip", ""));
  }

  private String run(Path home, String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of(home.resolve("bin/lowpass").toString()), Stream.of(arguments)).toList();
    Path output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", tools().toString(), "JAVA_HOME", System.getProperty("java.home")));
    int code = builder.start().waitFor();
    assertThat(code).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  /** A folder of programs without Maven. */
  private Path tools() throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      for (String from : List.of("/usr/bin", "/bin")) {
        Path program = Path.of(from, tool);
        if (Files.isExecutable(program) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), program);
        }
      }
    }
    return tools;
  }
}
