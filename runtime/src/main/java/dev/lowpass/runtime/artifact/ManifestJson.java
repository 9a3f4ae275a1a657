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
 * The manifest's text: one flat object. Printing one manifest always gives the same bytes; keys that a reader does not
 * know are ignored.
 */
public final class ManifestJson {
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
    json.put("inputs", manifest.model().inputs().stream().map(ManifestJson::print).toList());
    json.put("outputs", manifest.model().outputs().stream().map(ManifestJson::print).toList());
    json.put("parameterBytes", manifest.memory().parameterBytes());
    json.put("scratchBytes", manifest.memory().scratchBytes());
    json.put("workerScratchBytes", manifest.memory().workerBytes());
    json.put("steps", manifest.steps());
    json.put("modelSha256", manifest.model().sha256());
    json.put("options", manifest.build().options());
    json.put("report", manifest.report());
    return JsonWriter.write(json);
  }

  /** @throws IOException where the text is no JSON or no manifest, saying what is wrong */
  public static Manifest parse(byte[] text) throws IOException {
    Map<String, Object> json = JsonReader.read(text);
    try {
      return new Manifest(
          model(json),
          target(json),
          memory(json),
          strings(json, "steps"),
          new Manifest.Build(get(json, "compiler", String.class), options(json)),
          object(get(json, "report", Map.class)));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Manifest.Source model(Map<String, Object> json) {
    return new Manifest.Source(
        get(json, "name", String.class),
        get(json, "modelSha256", String.class),
        specs(json, "inputs"),
        specs(json, "outputs"));
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
