package dev.lowpass.runtime.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the jar tells GraalVM's native-image, of which there is none here: that it names what there is, and all that the
 * natives and the sources ask for.
 */
class NativeImageMetadataTest {
  private static final String FILE = "/META-INF/native-image/dev.lowpass/lowpass-runtime/reachability-metadata.json";
  private static final String NATIVES = "dev/lowpass/runtime/natives/linux-x86_64/";
  private static final Pattern CLASS_NAME = Pattern.compile("(?:org/bytedeco|java)/[A-Za-z0-9/$_]+(?=\0)");
  private static final Pattern FUNCTION = Pattern.compile("function\\((?:\"\\w+\"|found)((?:, \\w+)*)\\)");
  private static final Map<String, String> LAYOUTS =
      Map.of("JAVA_INT", "jint", "i", "jint", "JAVA_LONG", "jlong", "ADDRESS", "void*");

  private static Map<String, Object> metadata() throws IOException {
    return JsonReader.read(resource(FILE));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = NativeImageMetadataTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Object list) {
    return list == null ? List.of() : (List<Map<String, Object>>) list;
  }

  private static Class<?> type(Object name) {
    try {
      return switch ((String) name) {
        case "byte[]" -> byte[].class;
        default -> Class.forName((String) name, false, NativeImageMetadataTest.class.getClassLoader());
      };
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everythingThatIsNamedExists() throws Exception {
    Set<Object> types = new TreeSet<>();
    for (Map<String, Object> entry : list(metadata().get("reflection"))) {
      Class<?> type = type(entry.get("type"));
      assertThat(types.add(entry.get("type"))).as("named once: " + type).isTrue();
      assertThat(entry.get("jniAccessible")).isEqualTo(true);
      assertThat(entry.keySet())
          .isSubsetOf(
              "condition", "type", "jniAccessible", "methods", "allDeclaredConstructors", "allDeclaredMethods",
              "allDeclaredFields");
      for (Map<String, Object> method : list(entry.get("methods"))) {
        List<Class<?>> parameters = new ArrayList<>();
        ((List<?>) method.get("parameterTypes")).forEach(parameter -> parameters.add(type(parameter)));
        Class<?>[] signature = parameters.toArray(Class<?>[]::new);
        if (method.get("name").equals("<init>")) {
          assertThat(type.getDeclaredConstructor(signature)).isNotNull();
        } else {
          assertThat(type.getDeclaredMethod((String) method.get("name"), signature)).isNotNull();
        }
      }
    }
    assertThat(types).hasSizeGreaterThan(100);
  }

  @Test
  void conditionsNameClassesOfOurs() throws IOException {
    for (String part : List.of("reflection", "resources")) {
      for (Map<String, Object> entry : list(metadata().get(part))) {
        if (entry.get("condition") instanceof Map<?, ?> condition) {
          assertThat(type(condition.get("typeReached")).getName()).startsWith("dev.lowpass.runtime.");
        }
      }
    }
  }

  /** All classes that JavaCPP's libraries look up by name, which they do one by one, as a program needs them. */
  @Test
  void whatTheNativesLookUpIsNamed() throws IOException {
    Set<String> wanted = new TreeSet<>();
    for (String library : List.of("libjnijavacpp.so", "libjnitvm_runtime.so")) {
      String bytes = new String(resource("/" + NATIVES + library), StandardCharsets.ISO_8859_1);
      CLASS_NAME.matcher(bytes).results().map(MatchResult::group).map(name -> name.replace('/', '.')).forEach(wanted::add);
    }
    assertThat(wanted).contains("org.bytedeco.javacpp.Pointer", "org.bytedeco.tvm.TVMValue", "java.lang.String");
    List<Object> named = list(metadata().get("reflection")).stream().map(entry -> entry.get("type")).toList();
    assertThat(named).containsAll(wanted);
  }

  @Test
  void resourcesAreThere() throws IOException {
    List<Object> globs = list(metadata().get("resources")).stream().map(entry -> entry.get("glob")).toList();
    assertThat(globs).containsExactly(NATIVES + "*", "META-INF/services/dev.lowpass.runtime.*");
    assertThat(resource("/" + NATIVES + "SHA256SUMS")).isNotEmpty();
    assertThat(resource("/META-INF/services/dev.lowpass.runtime.cuda.CudaDriver")).isNotEmpty();
  }

  /** Exactly the signatures of the driver's functions that the sources ask for. */
  @Test
  void foreignCallsAreThose() throws IOException {
    Path sources = Path.of("src/main/java22/dev/lowpass/runtime/cuda/driver");
    Set<String> wanted = new TreeSet<>();
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        FUNCTION.matcher(Files.readString(file)).results().forEach(found -> wanted.add(signature(found.group(1))));
      }
    }
    Set<String> named = new TreeSet<>();
    for (Map<String, Object> call : list(((Map<?, ?>) metadata().get("foreign")).get("downcalls"))) {
      assertThat(call.get("returnType")).isEqualTo("jint");
      named.add(String.join(", ", ((List<?>) call.get("parameterTypes")).stream().map(String.class::cast).toList()));
    }
    assertThat(wanted).contains("jint", "void*, jlong");
    assertThat(named).isEqualTo(wanted);
  }

  private static String signature(String parameters) {
    List<String> types = new ArrayList<>();
    for (String parameter : parameters.split(", ")) {
      if (!parameter.isEmpty()) {
        types.add(Objects.requireNonNull(LAYOUTS.get(parameter), parameter));
      }
    }
    return String.join(", ", types);
  }
}
