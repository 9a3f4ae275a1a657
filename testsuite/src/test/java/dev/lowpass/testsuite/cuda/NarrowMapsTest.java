package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.PrecisionChoice;
import dev.lowpass.codegen.check.StepCheck;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.Narrowing;
import dev.lowpass.testsuite.kernel.RunsHere;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import dev.lowpass.testsuite.networks.TestNetworks;
import dev.lowpass.testsuite.networks.TestNetworks.TestNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whole networks of which maps lie in memory in 16 bits, step by step beside the interpreter. */
class NarrowMapsTest {
  /** Residuals, pooled and cut maps. */
  private static final String NETWORK = "resnet18";

  private static final TestModel MODEL = TestModel.of("mobilenet_v1_0.25_128");

  @TestFactory
  Stream<DynamicTest> everyStepAgrees() {
    RunsHere.assume("cuda");
    Stream<LawCase> networks =
        TestNetworks.all().stream().filter(each -> each.name().equals(NETWORK)).map(NarrowMapsTest::of);
    return Stream.concat(networks, Stream.of(model()))
        .map(each -> dynamicTest(each.toString(), () -> assertAgrees(each)));
  }

  private static LawCase of(TestNetwork network) {
    return new LawCase(
        network.name(), false, PrecisionChoice.FP16, network.inputs(), () -> Optional.of(network.onnx()));
  }

  private static LawCase model() {
    return new LawCase(MODEL.name(), false, PrecisionChoice.FP16, MODEL.inputs(), MODEL::bytes);
  }

  private static void assertAgrees(LawCase each) throws IOException {
    Optional<byte[]> bytes = each.onnx().bytes();
    assumeTrue(bytes.isPresent(), SharedFolder.ABSENT);
    Compilation compilation = each.compile(bytes.get());
    List<Step> steps = compilation.plan().steps();
    List<Step> maps = steps.stream().filter(step -> step.output().layout() instanceof Layout.Slabs).toList();
    List<Step> packed = maps.stream().filter(step -> step.output().packed()).toList();
    assertThat(packed).hasSizeGreaterThan(maps.size() / 2);
    assertThat(steps).noneMatch(NarrowMapsTest::narrows);
    try (Workbench bench = compilation.workbench(1)) {
      assertThat(StepCheck.run(compilation.graph(), bench, SeededInputs.of(compilation.graph(), 3), 1)).isNotEmpty();
    }
  }

  private static boolean narrows(Step step) {
    return step instanceof ExpressionStep expression
        && expression.expression().terms().stream().anyMatch(term -> term.op() instanceof Narrowing);
  }
}
