package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lowpass.codegen.PrecisionChoice;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import dev.lowpass.testsuite.networks.TestNetworks;
import dev.lowpass.testsuite.networks.TestNetworks.TestNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every launch of real models and of test networks obeys every {@link KernelLaw}. Compiling all of them takes a quarter of
 * an hour of processor time; these take three minutes and have a kernel of every kind between them. {@code -Dlaws=all} takes
 * all networks, and all models with bands; {@code -Donly=mobilenet} those with that in their names.
 */
class KernelLawsTest {
  private static final boolean ALL = System.getProperty("laws", "").equals("all");

  /** Convolutions in groups; means of channels; attention; resized, joined and moved maps. */
  private static final Set<String> NETWORKS = Set.of("resnext50", "unet_bilinear", "mobilevit");

  /** Those of which there are bands. */
  private static final List<TestModel> BANDED =
      List.of(TestModel.of("mobilenet_v1_0.75_192"), TestModel.of("mobilenet_v2_1.0_224"));

  /** The third export of MobileNetV2 has the kernels of the first; the second is for many pictures. */
  private static final List<TestModel> DENSE =
      List.of(
          TestModel.TEXT_DIRECTION,
          TestModel.of("mobilenet_v1_0.25_128"),
          new TestModel("mobilenet_v2_1.0_224_bn", List.of("input=32x3x224x224")),
          new TestModel("ch_PP-OCRv4_det_infer", List.of("x=1x3x320x320")),
          new TestModel("deeplabv3_mnv2_dm05_pascal", List.of()),
          new TestModel("mediapipe_selfie_segmentation_256", List.of()));

  /** On tensor cores; bfloat16 has the kernels of float16. */
  private static final List<PrecisionChoice> ROUNDING = List.of(PrecisionChoice.FP16, PrecisionChoice.TF32);

  /** Products, convolutions and projections; the models have bands. */
  private static final String ROUNDED_NETWORK = "resnet18";

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

  static List<LawCase> cases() {
    List<LawCase> cases = new ArrayList<>();
    for (TestModel model : BANDED) {
      cases.add(of(model, false));
      cases.add(of(model, true));
    }
    for (TestModel model : DENSE) {
      cases.add(of(model, false));
      if (ALL) {
        cases.add(of(model, true));
      }
    }
    TestNetworks.all().stream()
        .filter(network -> ALL || NETWORKS.contains(network.name()))
        .map(network -> of(network, PrecisionChoice.F32))
        .forEach(cases::add);
    for (PrecisionChoice precision : ROUNDING) {
      cases.add(of(BANDED.getFirst(), true, precision));
      TestNetworks.all().stream()
          .filter(network -> network.name().equals(ROUNDED_NETWORK))
          .map(network -> of(network, precision))
          .forEach(cases::add);
    }
    return cases;
  }

  private static LawCase of(TestModel model, boolean half) {
    return of(model, half, PrecisionChoice.F32);
  }

  private static LawCase of(TestModel model, boolean half, PrecisionChoice precision) {
    return new LawCase(model.name(), half, precision, model.inputs(), model::bytes);
  }

  private static LawCase of(TestNetwork network, PrecisionChoice precision) {
    return new LawCase(network.name(), false, precision, network.inputs(), () -> Optional.of(network.onnx()));
  }
}
