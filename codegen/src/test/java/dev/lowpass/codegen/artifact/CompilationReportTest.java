package dev.lowpass.codegen.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.cost.Prices;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.artifact.ManifestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report's way through a manifest and back. */
class CompilationReportTest {
  private static final CompilationReport REPORT =
      new CompilationReport(
          List.of(
              new Report.Decision("expand", "both", 1_000_000, 0.5, 0.5625, 120, 80.5, "saves 40 us"),
              new Report.Decision("project", "dense", 3, 1, 1, Double.NaN, Double.NaN, "")),
          List.of(
              new CompilationReport.StepChoice("expand [product]", "rows=9", Optional.of("rows=14")),
              new CompilationReport.StepChoice("project [product]", "rows=14", Optional.empty())),
          new Report.Prediction("one AVX-512 core", Double.NaN, 200),
          CompilationReport.PricesUsed.of(Prices.AVX512),
          4096,
          List.of("first", "second"),
          "bands 1\n",
          new PlanSummary(
              List.of(new PlanSummary.StepLine("product", "1x1 -> 1x1", 7, List.of("x"), "y")),
              List.of(new PlanSummary.PlacedValue("y", true, 64, 128, 0, 1))));

  private static Manifest carrying(Map<String, Object> report) {
    Manifest tiny = TinyModel.manifest();
    Manifest.Size size = tiny.first();
    Manifest.Size reported = new Manifest.Size(size.inputs(), size.outputs(), size.memory(), size.steps(), size.launches(), report);
    return new Manifest(tiny.model(), tiny.target(), List.of(reported), tiny.build());
  }

  @Test
  void comesBackFromTheText() throws IOException {
    Manifest read = ManifestJson.parse(ManifestJson.print(carrying(REPORT.toJson())));
    assertThat(CompilationReport.of("model", read.first())).isEqualTo(REPORT);
    assertThat(CompilationReport.of("model", carrying(REPORT.toJson()).first())).isEqualTo(REPORT);
  }

  /** Artifacts keep their bytes, however the record is cut. */
  @Test
  void hasItsKeysInThisOrder() {
    String text =
        """
        "report":{"layers":[\
        {"layer":"expand","form":"both","multiplyAdds":1000000,"retained":0.5,"executed":0.5625,\
        "predictedDense":120.0,"predictedLowpassed":80.5,"reason":"saves 40 us"},\
        {"layer":"project","form":"dense","multiplyAdds":3,"retained":1.0,"executed":1.0,\
        "predictedDense":-1.0,"predictedLowpassed":-1.0,"reason":""}],\
        "choices":[{"step":"expand [product]","choice":"rows=9","builtIn":"rows=14"},\
        {"step":"project [product]","choice":"rows=14"}],\
        "predictedMachine":"one AVX-512 core","predictedDense":-1.0,"predicted":200.0,\
        "prices":{"source":"built in, of an Intel Xeon with AVX-512 (2026-11-23)","nanoseconds":{\
        "product":0.186,"product-result":0.0,\
        "far-weights":2.33,"streamed-weights":2.33,"far-map":1.35,"transform":0.331,"depthwise":0.107,\
        "depthwise-input":1.12,"convolution":0.233,"element":0.0554,"skipping-product":0.117,"halved-product":0.174}},\
        "largestLiveBytes":4096,"remarks":["first","second"],\
        "bands":"bands 1\\u000a","plan":{"steps":[\
        {"kind":"product","shapes":"1x1 -> 1x1","multiplyAdds":7,"reads":["x"],"writes":"y"}],\
        "values":[{"name":"y","coefficients":true,"offset":64,"bytes":128,"first":0,"last":1}]}}}""";
    byte[] written = ManifestJson.print(carrying(REPORT.toJson()));
    assertThat(new String(written, StandardCharsets.UTF_8)).endsWith(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"layers", "choices", "predictedMachine", "predictedDense", "prices", "largestLiveBytes", "remarks"})
  void whatIsMissingIsNamed(String key) {
    Map<String, Object> json = new LinkedHashMap<>(REPORT.toJson());
    json.remove(key);
    assertUnfit(json, "'" + key + "' is missing");
  }

  @ParameterizedTest
  @CsvSource({"layers, layer", "layers, executed", "choices, step", "choices, choice"})
  void whatIsMissingInsideIsNamed(String list, String key) {
    Map<String, Object> json = new LinkedHashMap<>(REPORT.toJson());
    Map<Object, Object> element = new LinkedHashMap<>((Map<?, ?>) ((List<?>) json.get(list)).getFirst());
    element.remove(key);
    json.put(list, List.of(element));
    assertUnfit(json, "'" + key + "' is missing");
  }

  /** Artifacts from before there was a plan in them are still shown, without it. */
  @Test
  void aReportWithoutAPlanIsRead() {
    Map<String, Object> json = new LinkedHashMap<>(REPORT.toJson());
    json.remove("plan");
    json.remove("bands");
    CompilationReport read = CompilationReport.of("model", carrying(json).first());
    assertThat(read.plan()).isEqualTo(PlanSummary.UNKNOWN);
    assertThat(read.bands()).isEmpty();
  }

  @Test
  void whatIsSomethingElseIsNamed() {
    Map<String, Object> json = new LinkedHashMap<>(REPORT.toJson());
    json.put("remarks", List.of(1L));
    assertUnfit(json, "'remarks' is something else");
    json.put("choices", List.of("rows=9"));
    assertUnfit(json, "'choices' is something else");
    json.put("layers", "none");
    assertUnfit(json, "'layers' is something else");
  }

  @ParameterizedTest
  @CsvSource({"-64, 64, 0, 1", "0, -1, 0, 1", "0, 64, 1, 0", "0, 9223372036854775807, 0, 1", "0, 64, -1, 1"})
  void aValueThatCannotLieThereIsNamed(long offset, long bytes, long first, long last) {
    Map<String, Object> value =
        Map.of("name", "y", "coefficients", true, "offset", offset, "bytes", bytes, "first", first, "last", last);
    Map<String, Object> json = new LinkedHashMap<>(REPORT.toJson());
    json.put("plan", Map.of("steps", List.of(), "values", List.of(value)));
    assertUnfit(json, "another form");
  }

  private static void assertUnfit(Map<String, Object> json, String problem) {
    assertThatThrownBy(() -> CompilationReport.of("model", carrying(json).first()))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP4017 model: ")
        .hasMessageContaining(problem)
        .hasMessageEndingWith("; compile the model again");
  }
}
