package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * All real models that tests know, with all pictures: compiled, they compute what ONNX Runtime computes. The build runs
 * some of them, in {@code RealModelsTest}; this class is asked for by name ({@code -Dtest=RealModels}), and {@code
 * -Donly='v4_det|deeplab'} keeps those whose names have one of these in them.
 */
class RealModels {
  /** Models that are refused, and an operator that the refusal names. One that is no longer refused must leave. */
  private static final Map<String, String> REFUSED = Map.of();

  private static final Pattern ONLY = Pattern.compile(System.getProperty("only", ""));

  @TempDir private static Path temporary = Path.of("");

  @TestFactory
  Stream<DynamicNode> models() {
    return all().stream().map(model -> tests(model, temporary));
  }

  /** PP-OCR's, which Maven brings, in all sizes for one picture and for two, and those of the shared folder. */
  static List<TestModel> all() {
    List<TestModel> all = new ArrayList<>();
    for (int batch = 1; batch <= 2; batch++) {
      for (String version : List.of("v3", "v4")) {
        String detector = "ch_PP-OCR" + version + "_det_infer";
        all.add(new TestModel(detector, List.of("x=" + batch + "x3x320x320")));
        all.add(new TestModel(detector, List.of("x=" + batch + "x3x480x640")));
        all.add(new TestModel("ch_PP-OCR" + version + "_rec_infer", List.of("x=" + batch + "x3x48x320")));
      }
      all.add(new TestModel(TestModel.TEXT_DIRECTION.name(), List.of("x=" + batch + "x3x48x192")));
    }
    all.add(new TestModel("deeplabv3_mnv2_dm05_pascal", List.of()));
    all.add(new TestModel("mediapipe_selfie_segmentation_256", List.of()));
    TestModel.ALL.stream().filter(model -> !model.equals(TestModel.TEXT_DIRECTION)).forEach(all::add);
    return all.stream().filter(model -> ONLY.matcher(model.name()).find()).toList();
  }

  static DynamicNode tests(TestModel model, Path folder) {
    String name = model + " " + model.shapes();
    try {
      Optional<byte[]> bytes = model.bytes();
      if (bytes.isEmpty()) {
        return dynamicTest(name, () -> assumeTrue(false, SharedFolder.ABSENT));
      }
      ComparedModel compared =
          new ComparedModel(model.name(), bytes.get(), model.inputs(), model::something, folder);
      String refused = REFUSED.get(model.name());
      return refused == null
          ? dynamicContainer(name, compared.tests())
          : dynamicTest(name + " is refused", () -> assertRefused(compared, refused));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertRefused(ComparedModel model, String operator) {
    assertThatThrownBy(() -> model.compiled(CompiledModel.DENSE))
        .isInstanceOf(LowpassException.class)
        .hasMessageContaining(operator);
  }
}
