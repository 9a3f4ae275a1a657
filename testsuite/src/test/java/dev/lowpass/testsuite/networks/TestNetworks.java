package dev.lowpass.testsuite.networks;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * All test networks, and some in the size in which they are used. As a program it writes one of them to a file:
 *
 * <pre>
 * java -cp 'testsuite/target/test-classes:cli/target/classes:cli/target/lib/*' \
 *   dev.lowpass.testsuite.networks.TestNetworks NAME FILE.onnx
 * </pre>
 */
public final class TestNetworks {
  private static final List<Supplier<Network>> MAKERS =
      List.of(
          MobileNetV3::large,
          MobileNetV3::smallOfKeras,
          MobileNetV3::smallOfPaddle,
          MobileNetV4::small,
          InvertedResiduals::efficientNet,
          InvertedResiduals::efficientNetLite,
          InvertedResiduals::mnasNet,
          ShuffleNet::first,
          ShuffleNet::second,
          SqueezeNet::network,
          ResidualNetworks::resNet18,
          ResidualNetworks::resNet50,
          ResidualNetworks::resNeXt50,
          () -> ResidualNetworks.regNet(false),
          () -> ResidualNetworks.regNet(true),
          DenseNet::network,
          Inception::third,
          Inception::googLeNet,
          ConvNeXt::ofTorchvision,
          ConvNeXt::ofNewOpset,
          ConvNeXt::ofTimm,
          ConvNeXt::convMixer,
          UNet::ofTransposedConvolutions,
          UNet::ofResizedMaps,
          UNet::ofRepeatedPixels,
          UNet::ofVolumes,
          Segmentation::deepLab,
          Segmentation::lrAspp,
          SingleShotDetector::ofMobileNet,
          SingleShotDetector::ofVgg,
          Yolo::third,
          Yolo::fifth,
          Yolo::eighth,
          SuperResolution::espcn,
          SuperResolution::espcnInSteps,
          SuperResolution::fsrcnn,
          VisionTransformers::mobileViT,
          VisionTransformers::hybrid);

  /** Networks as wide and as deep, and on pictures as large as they are used: what they compute tests would wait for. */
  private static final List<Supplier<Network>> WHOLE =
      List.of(
          MobileNetV3::wholeLarge,
          InvertedResiduals::wholeEfficientNet,
          InvertedResiduals::wholeMnasNet,
          ShuffleNet::wholeFirst,
          ShuffleNet::wholeSecond,
          SqueezeNet::whole,
          ResidualNetworks::wholeResNet18,
          ResidualNetworks::wholeResNet50);

  private TestNetworks() {}

  /**
   * A network in memory.
   *
   * @param onnx the bytes of an ONNX file
   * @param inputs the shapes of its inputs; the file may leave the batch open
   */
  public record TestNetwork(String name, byte[] onnx, SequencedMap<String, Shape> inputs) {
    /** Numbers from -1 to 1 for every input, always the same. */
    public SequencedMap<String, Tensor> seededInputs() {
      SeededWeights numbers = new SeededWeights(7);
      SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
      inputs.forEach((input, shape) -> tensors.put(input, numbers.uniform(shape.dims(), -1, 1)));
      return tensors;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static List<TestNetwork> all() {
    return MAKERS.stream().map(Supplier::get).map(TestNetworks::of).toList();
  }

  /** The same architectures in the size in which they are used, to measure time with. */
  public static List<TestNetwork> whole() {
    return WHOLE.stream().map(Supplier::get).map(TestNetworks::of).toList();
  }

  private static TestNetwork of(Network network) {
    return new TestNetwork(network.name(), network.bytes(), network.inputs());
  }

  /** Writes the network {@code arguments[0]} to the file {@code arguments[1]}. */
  public static void main(String[] arguments) throws IOException {
    List<TestNetwork> all = new ArrayList<>(all());
    all.addAll(whole());
    String names = all.stream().map(TestNetwork::name).collect(Collectors.joining(", "));
    if (arguments.length != 2) {
      throw new IllegalArgumentException("give a name and a file; names are " + names);
    }
    TestNetwork network =
        all.stream()
            .filter(each -> each.name().equals(arguments[0]))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no network " + arguments[0] + "; there are " + names));
    Files.write(Path.of(arguments[1]), network.onnx());
  }
}
