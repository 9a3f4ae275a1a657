package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lowpass.ir.Shape;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import dev.lowpass.testsuite.networks.TestNetworks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every launch of real models and of test networks obeys every {@link KernelLaw}. Compiling all test networks takes ten
 * minutes, so that these are some that have a kernel of each kind between them; {@code -Dlaws=all} takes all.
 */
class KernelLawsTest {
  private static final boolean ALL = System.getProperty("laws", "").equals("all");

  /** Convolutions in groups; means of channels; attention; resized, joined and moved maps. */
  private static final Set<String> NETWORKS = Set.of();

  private static final Pattern ONLY = Pattern.compile(System.getProperty("only", ""));

  @TestFactory
  Stream<DynamicTest> everyLaunchObeysEveryLaw() {
    return cases().stream()
        .filter(each -> ONLY.matcher(each.toString()).find())
        .map(each -> dynamicTest(each.toString(), () -> assertLawful(each)));
  }

  private static void assertLawful(LawCase model) throws IOException {
    Optional<byte[]> bytes = model.onnx().bytes();
    assumeTrue(bytes.isPresent(), SharedFolder.ABSENT);
    List<LaunchFacts> launches = LaunchFacts.of(model.compile(bytes.get()).code());
    assertThat(launches).isNotEmpty();
    List<String> breaches = new ArrayList<>();
    for (LaunchFacts launch : launches) {
      for (KernelLaw law : KernelLaw.values()) {
        law.breaches(launch).forEach(breach -> breaches.add(law + ": " + launch + ": " + breach));
      }
    }
    assertThat(breaches).isEmpty();
  }

  private static List<LawCase> cases() {
    List<LawCase> cases = new ArrayList<>();
    for (TestModel model : TestModel.ALL) {
      both(cases, model);
    }
    both(cases, new TestModel("ch_PP-OCRv4_det_infer", List.of("x=1x3x320x320")));
    both(cases, new TestModel("deeplabv3_mnv2_dm05_pascal", List.of()));
    both(cases, new TestModel("mediapipe_selfie_segmentation_256", List.of()));
    TestNetworks.all().stream()
        .filter(network -> ALL || NETWORKS.contains(network.name()))
        .forEach(
            network -> {
              LawCase dense =
                  new LawCase(network.name(), false, network.inputs(), () -> Optional.of(network.onnx()));
              cases.add(dense);
            });
    return cases;
  }

  private static void both(List<LawCase> cases, TestModel model) {
    Map<String, Shape> shapes = model.inputs();
    cases.add(new LawCase(model.name(), false, shapes, model::bytes));
    cases.add(new LawCase(model.name(), true, shapes, model::bytes));
  }
}
