package dev.lowpass.cli.frontier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.frontier.FrontierPoint.Kind;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.score.PointsLost;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.ir.file.OutputFile;
import dev.lowpass.ir.limit.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** A frontier as JSON. What is not known of a point is left out. */
public final class FrontierFile {
  private static final int VERSION = 1;

  private FrontierFile() {}

  /** Writes {@code frontier}; the same one gives the same bytes. */
  public static void write(Path file, Frontier frontier) throws IOException {
    OutputFile.write(file, toJson(frontier) + "\n");
  }

  public static Json toJson(Frontier frontier) {
    MeasuredOn on = frontier.measuredOn();
    return new Json()
        .with("frontier", VERSION)
        .with(
            "measuredOn",
            new Json()
                .with("processor", on.processor())
                .with("threads", on.threads())
                .with("model", on.model())
                .with("pictures", on.pictures())
                .with("count", on.count()))
        .with("points", frontier.points().stream().map(FrontierFile::toJson).toList());
  }

  private static Json toJson(FrontierPoint point) {
    Json json =
        new Json()
            .with("name", point.name())
            .with("kind", point.kind().toString())
            .with("height", point.height())
            .with("width", point.width());
    point.measuredRatio().ifPresent(ratio -> json.with("measuredRatio", ratio));
    point.predictedRatio().ifPresent(ratio -> json.with("predictedRatio", ratio));
    point.microseconds().ifPresent(time -> json.with("microseconds", time));
    point.accuracy().ifPresent(accuracy -> json.with("accuracy", accuracy));
    point.pointsLost().ifPresent(lost -> json.with("pointsLost", lost.points()).with("pointsLostError", lost.error()));
    point.agreement().ifPresent(agreement -> json.with("agreement", agreement));
    point.divergence().ifPresent(divergence -> json.with("divergence", divergence));
    return json;
  }

  /**
   * Reads a frontier.
   *
   * @throws LowpassException LP7040 for a file that holds none
   * @throws IOException if the file cannot be read
   */
  public static Frontier read(Path file) throws IOException {
    byte[] bytes = InputFile.bytes(file, Limit.TEXT);
    try {
      return frontier(
          new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(bytes));
    } catch (JsonProcessingException e) {
      throw new LowpassException("LP7040", file.toString(), "not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7040", file.toString(), "holds no frontier: " + e.getMessage(), e);
    }
  }

  private static Frontier frontier(JsonNode json) {
    int version = integer(json, "frontier");
    if (version != VERSION) {
      throw new IllegalArgumentException("version " + version + "; we read " + VERSION);
    }
    JsonNode on = json.path("measuredOn");
    MeasuredOn measuredOn =
        new MeasuredOn(
            text(on, "processor"),
            integer(on, "threads"),
            text(on, "model"),
            text(on, "pictures"),
            integer(on, "count"));
    if (!json.path("points").isArray()) {
      throw new IllegalArgumentException("no list 'points'");
    }
    List<FrontierPoint> points = new ArrayList<>();
    json.get("points").forEach(point -> points.add(point(point)));
    return new Frontier(measuredOn, points);
  }

  private static FrontierPoint point(JsonNode json) {
    OptionalDouble lost = number(json, "pointsLost");
    return new FrontierPoint(
        text(json, "name"),
        kind(text(json, "kind")),
        integer(json, "height"),
        integer(json, "width"),
        number(json, "measuredRatio"),
        number(json, "predictedRatio"),
        number(json, "microseconds"),
        number(json, "accuracy"),
        lost.isPresent()
            ? Optional.of(new PointsLost(lost.getAsDouble(), number(json, "pointsLostError").orElse(0)))
            : Optional.empty(),
        number(json, "agreement"),
        number(json, "divergence"));
  }

  private static Kind kind(String text) {
    return Stream.of(Kind.values())
        .filter(kind -> kind.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("kind '" + text + "' is none of " + List.of(Kind.values())));
  }

  private static String text(JsonNode json, String name) {
    JsonNode member = json.path(name);
    if (!member.isTextual()) {
      throw new IllegalArgumentException("'" + name + "' is missing, or no text");
    }
    return member.asText();
  }

  private static int integer(JsonNode json, String name) {
    JsonNode member = json.path(name);
    if (!member.isInt()) {
      throw new IllegalArgumentException("'" + name + "' is missing, or no whole number");
    }
    return member.asInt();
  }

  private static OptionalDouble number(JsonNode json, String name) {
    JsonNode member = json.path(name);
    if (member.isMissingNode() || member.isNull()) {
      return OptionalDouble.empty();
    }
    if (!member.isNumber()) {
      throw new IllegalArgumentException("'" + name + "' is no number");
    }
    return OptionalDouble.of(member.asDouble());
  }
}
