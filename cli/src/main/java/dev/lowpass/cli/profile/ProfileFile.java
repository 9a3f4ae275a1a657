package dev.lowpass.cli.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.report.SpecText;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.artifact.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code bench --layers --json} measured, of any number of artifacts and sizes. */
public record ProfileFile(Path file, List<MeasuredSteps> measured) {
  public ProfileFile {
    measured = List.copyOf(measured);
  }

  /**
   * Reads a file.
   *
   * @throws LowpassException LP7043 for one without times of steps
   * @throws IOException if the file cannot be read
   */
  public static ProfileFile read(Path file) throws IOException {
    byte[] bytes = InputFile.bytes(file, Limit.TEXT);
    try {
      JsonNode json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(bytes);
      List<MeasuredSteps> measured = new ArrayList<>(contestants(json));
      json.path("sizes").forEach(size -> measured.addAll(contestants(size)));
      if (measured.isEmpty()) {
        throw new IllegalArgumentException("no list 'layers'");
      }
      return new ProfileFile(file, measured);
    } catch (JsonProcessingException e) {
      throw new LowpassException("LP7043", file.toString(), "not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      String problem = "holds no times of steps: " + e.getMessage() + "; bench --layers --json writes them";
      throw new LowpassException("LP7043", file.toString(), problem, e);
    }
  }

  private static List<MeasuredSteps> contestants(JsonNode json) {
    List<MeasuredSteps> contestants = new ArrayList<>();
    String inputs = json.path("inputs").isArray() ? json.get("inputs").toString() : "";
    for (JsonNode contestant : json.path("layers")) {
      List<Profile.Step> steps = new ArrayList<>();
      contestant.path("steps").forEach(step -> steps.add(step(step)));
      contestants.add(new MeasuredSteps(contestant.path("name").asText(), inputs, new Profile(steps)));
    }
    return contestants;
  }

  private static Profile.Step step(JsonNode json) {
    List<Double> shares = new ArrayList<>();
    json.path("shareMicroseconds").forEach(share -> shares.add(time(share, "shareMicroseconds")));
    if (!json.path("step").isTextual()) {
      throw new IllegalArgumentException("'step' is missing, or no text");
    }
    return new Profile.Step(json.get("step").asText(), time(json.path("microseconds"), "microseconds"), shares);
  }

  private static double time(JsonNode json, String name) {
    if (!json.isNumber() || !(json.asDouble() >= 0)) {
      throw new IllegalArgumentException("'" + name + "' is missing, or no time");
    }
    return json.asDouble();
  }

  /** The first that has the steps of {@code size}, measured at its shapes. */
  public Optional<MeasuredSteps> of(Manifest.Size size) {
    return measured.stream().filter(one -> isOf(one, size)).findFirst();
  }

  /**
   * Checks that there is something of {@code manifest} in it.
   *
   * @throws LowpassException LP7044 if there is not
   */
  public void requireOf(String place, Manifest manifest) {
    if (manifest.sizes().stream().noneMatch(size -> of(size).isPresent())) {
      throw new LowpassException(
          "LP7044", file.toString(), "has no times of the steps of " + place + "; measure that artifact");
    }
  }

  private static boolean isOf(MeasuredSteps measured, Manifest.Size size) {
    return measured.profile().steps().stream().map(Profile.Step::name).toList().equals(size.steps())
        && (measured.inputs().isEmpty() || measured.inputs().equals(inputs(size)));
  }

  private static String inputs(Manifest.Size size) {
    try {
      ObjectMapper mapper = new ObjectMapper();
      List<JsonNode> specs = new ArrayList<>();
      for (var spec : size.inputs()) {
        specs.add(mapper.readTree(SpecText.toJson(spec).toString()));
      }
      return mapper.valueToTree(specs).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of ours that is none", e);
    }
  }
}
