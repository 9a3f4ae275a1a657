package dev.lowpass.runtime.artifact;

import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The manifest's text: one flat object, in which the first size lies flat as well; the others are a list under {@code
 * moreSizes}, where there are any. Printing one manifest always gives the same bytes; keys that a reader does not know
 * are ignored.
 */
public final class ManifestJson {
  private static final String MORE_SIZES = "moreSizes";
  private static final String LAUNCHES = "launches";

  private ManifestJson() {}

  /** UTF-8, in a fixed order of keys. */
  public static byte[] print(Manifest manifest) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", manifest.model().name());
    json.put("compiler", manifest.build().compiler());
    json.put("target", manifest.target().name());
    json.put("platform", manifest.target().platform());
    json.put("device", manifest.target().device().toString());
    json.put("features", manifest.target().features());
    putSize(json, manifest.first());
    json.put("modelSha256", manifest.model().sha256());
    json.put("options", manifest.build().options());
    json.put("report", manifest.first().report());
    if (manifest.sizes().size() > 1) {
      json.put(MORE_SIZES, manifest.sizes().stream().skip(1).map(ManifestJson::print).toList());
    }
    return JsonWriter.write(json);
  }

  private static Map<String, Object> print(Manifest.Size size) {
    Map<String, Object> json = new LinkedHashMap<>();
    putSize(json, size);
    json.put("report", size.report());
    return json;
  }

  private static void putSize(Map<String, Object> json, Manifest.Size size) {
    json.put("inputs", size.inputs().stream().map(ManifestJson::print).toList());
    json.put("outputs", size.outputs().stream().map(ManifestJson::print).toList());
    json.put("parameterBytes", size.memory().parameterBytes());
    json.put("scratchBytes", size.memory().scratchBytes());
    json.put("workerScratchBytes", size.memory().workerBytes());
    json.put("steps", size.steps());
    if (!size.launches().isEmpty()) {
      json.put(LAUNCHES, size.launches().stream().map(ManifestJson::print).toList());
    }
  }

  private static Map<String, Object> print(KernelLaunch launch) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", launch.step());
    json.put("kernel", launch.kernel());
    json.put("groups", List.of(launch.groups().x(), launch.groups().y(), launch.groups().z()));
    json.put("items", List.of(launch.items().x(), launch.items().y(), launch.items().z()));
    json.put("arguments", launch.arguments().stream().map(KernelLaunch.Argument::toString).toList());
    return json;
  }

  /** @throws IOException where the text is no JSON or no manifest, saying what is wrong */
  public static Manifest parse(byte[] text) throws IOException {
    Map<String, Object> json = JsonReader.read(text);
    try {
      return new Manifest(
          new Manifest.Source(get(json, "name", String.class), get(json, "modelSha256", String.class)),
          target(json),
          sizes(json),
          new Manifest.Build(get(json, "compiler", String.class), options(json)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<Manifest.Size> sizes(Map<String, Object> json) {
    List<Manifest.Size> sizes = new ArrayList<>();
    sizes.add(size(json));
    if (json.containsKey(MORE_SIZES)) {
      for (Object element : get(json, MORE_SIZES, List.class)) {
        sizes.add(size(object(cast(MORE_SIZES, element, Map.class))));
      }
    }
    return sizes;
  }

  private static Manifest.Size size(Map<String, Object> json) {
    return new Manifest.Size(
        specs(json, "inputs"),
        specs(json, "outputs"),
        memory(json),
        strings(json, "steps"),
        json.containsKey(LAUNCHES) ? launches(json) : List.of(),
        object(get(json, "report", Map.class)));
  }

  private static List<KernelLaunch> launches(Map<String, Object> json) {
    List<KernelLaunch> launches = new ArrayList<>();
    for (Object element : get(json, LAUNCHES, List.class)) {
      Map<String, Object> launch = object(cast(LAUNCHES, element, Map.class));
      List<KernelLaunch.Argument> arguments = new ArrayList<>();
      for (String argument : strings(launch, "arguments")) {
        arguments.add(KernelLaunch.Argument.parse(argument));
      }
      launches.add(
          new KernelLaunch(
              Math.toIntExact(get(launch, "step", Long.class)),
              get(launch, "kernel", String.class),
              extent(launch, "groups"),
              extent(launch, "items"),
              arguments));
    }
    return launches;
  }

  private static KernelLaunch.Extent extent(Map<String, Object> json, String key) {
    List<Integer> extents = new ArrayList<>();
    for (Object extent : get(json, key, List.class)) {
      extents.add(Math.toIntExact(cast(key, extent, Long.class)));
    }
    if (extents.size() != 3) {
      throw new IllegalArgumentException("'" + key + "' has " + extents.size() + " extents");
    }
    return new KernelLaunch.Extent(extents.get(0), extents.get(1), extents.get(2));
  }

  private static Manifest.Target target(Map<String, Object> json) {
    return new Manifest.Target(
        get(json, "target", String.class),
        get(json, "platform", String.class),
        DeviceKind.parse(get(json, "device", String.class)),
        strings(json, "features"));
  }

  private static Manifest.Memory memory(Map<String, Object> json) {
    return new Manifest.Memory(
        get(json, "parameterBytes", Long.class),
        get(json, "scratchBytes", Long.class),
        get(json, "workerScratchBytes", Long.class));
  }

  private static Map<String, Object> print(TensorSpec spec) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", spec.name());
    json.put("type", spec.type().toString());
    json.put("shape", spec.shape());
    return json;
  }

  private static List<TensorSpec> specs(Map<String, Object> json, String key) {
    List<TensorSpec> specs = new ArrayList<>();
    for (Object element : get(json, key, List.class)) {
      Map<String, Object> spec = object(cast(key, element, Map.class));
      List<Long> shape = new ArrayList<>();
      for (Object extent : get(spec, "shape", List.class)) {
        shape.add(cast("shape", extent, Long.class));
      }
      ElementType type = ElementType.parse(get(spec, "type", String.class));
      specs.add(new TensorSpec(get(spec, "name", String.class), type, shape));
    }
    return specs;
  }

  private static List<String> strings(Map<String, Object> json, String key) {
    List<String> strings = new ArrayList<>();
    for (Object element : get(json, key, List.class)) {
      strings.add(cast(key, element, String.class));
    }
    return strings;
  }

  private static Map<String, String> options(Map<String, Object> json) {
    Map<String, String> options = new LinkedHashMap<>();
    object(get(json, "options", Map.class)).forEach((key, value) -> options.put(key, cast(key, value, String.class)));
    return options;
  }

  private static Map<String, Object> object(Map<?, ?> json) {
    Map<String, Object> object = new LinkedHashMap<>();
    json.forEach((key, value) -> object.put((String) key, value));
    return object;
  }

  private static <T> T get(Map<String, Object> json, String key, Class<T> type) {
    return cast(key, json.get(key), type);
  }

  private static <T> T cast(String key, @Nullable Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("'" + key + "' is " + (value == null ? "missing" : "of the wrong type"));
    }
    return type.cast(value);
  }
}
