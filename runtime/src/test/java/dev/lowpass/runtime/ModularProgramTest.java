package dev.lowpass.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a module, with the runtime as another one. */
class ModularProgramTest {
  @TempDir
  Path folder;

  private static String onClassPath(String part) {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.contains(part)) {
        return entry;
      }
    }
    throw new IllegalStateException("no " + part + " on the class path");
  }

  private static void call(String tool, Object... arguments) {
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    int code = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, words.toArray(String[]::new));
    assertThat(code).as(tool).isZero();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve("src").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void runs() throws Exception {
    RectifyModel.load().close();
    Path manifest = write("manifest", "Multi-Release: true\n");
    Path jar = folder.resolve("lowpass-runtime.jar");
    Path classes = Path.of(onClassPath(Path.of("target", "classes").toString()));
    call("jar", "--create", "--file", jar, "--manifest", manifest, "-C", classes, ".");
    Path descriptor = write("module-info.java", "module program { requires dev.lowpass.runtime; }\n");
    Path program =
        write(
            "program/Main.java",
            """
            package program;

            import dev.lowpass.runtime.*;
            import java.util.Map;

            public class Main {
              public static void main(String[] arguments) {
                try (Model model = Model.load(Main.class.getResource("rectify.lowpass")); Session session = model.newSession()) {
                  Tensor x = Tensor.allocate(ElementType.F32, 1, 3, 8, 8);
                  x.floatBuffer().put(7, 5);
                  System.out.println(session.run(Map.of("x", x)).get("y").floats()[7]);
                }
                try {
                  Model.loadResource(Main.class, "rectify.lowpass").close();
                } catch (LowpassRuntimeException e) {
                  System.out.println(e.getMessage());
                }
                System.out.println(Main.class.getModule() + ", " + Model.class.getModule().getDescriptor().name());
              }
            }
            """);
    String modules = jar + File.pathSeparator + onClassPath("javacpp");
    Path compiled = folder.resolve("program");
    call("javac", "--module-path", modules, "-d", compiled, descriptor, program);
    Files.copy(Path.of(RectifyModel.class.getResource(RectifyModel.RESOURCE).toURI()), compiled.resolve("program/rectify.lowpass"));
    ChildJvm.End end =
        ChildJvm.in(folder)
            .with(
                "--module-path=" + modules + File.pathSeparator + compiled,
                "--class-path=" + onClassPath("tvm"),
                "--add-reads=dev.lowpass.runtime=ALL-UNNAMED",
                "--enable-native-access=dev.lowpass.runtime,org.bytedeco.javacpp,ALL-UNNAMED")
            .run(List.of("--module", "program/program.Main"));
    assertThat(end.err()).isEmpty();
    assertThat(end.out().lines())
        .containsExactly(
            "5.0",
            "LP5001 rectify.lowpass: no such resource beside program.Main",
            "module program, dev.lowpass.runtime");
    assertThat(end.code()).isZero();
  }
}
