package dev.lowpass.testsuite.compiled;

import dev.lowpass.testsuite.model.TestModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each of {@link RealModels} once, with its smallest picture; other tests have what is in {@link TestModel#ALL}. */
class RealModelsTest {
  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicNode> models() {
    SequencedMap<String, TestModel> smallest = new LinkedHashMap<>();
    RealModels.all().forEach(model -> smallest.putIfAbsent(model.name(), model));
    TestModel.ALL.forEach(model -> smallest.remove(model.name()));
    return smallest.values().stream().map(model -> RealModels.tests(model, folder));
  }
}
