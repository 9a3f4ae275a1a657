package dev.lowpass.testsuite.bench;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/**
 * {@code ChannelPruning MODEL.onnx KEEP OUT.onnx} writes a plain model that has the part KEEP of the hidden channels of
 * inverted residual blocks: something to compare bands with, after the same training. See {@link PrunedChannels}.
 */
public final class ChannelPruning {
  private ChannelPruning() {}

  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("ChannelPruning MODEL.onnx KEEP OUT.onnx");
    }
    double keep = Double.parseDouble(arguments[1]);
    Graph whole = OnnxReader.read(Path.of(arguments[0]), ImportOptions.defaults()).graph();
    Graph canonical = PassManager.verifying().run(Pipelines.canonical(), whole, PassContext.of(Machines.AVX512));
    Graph pruned = PrunedChannels.of(canonical, keep);
    OnnxWriter.write(pruned, new LinkedHashMap<>(), Path.of(arguments[2]));
    System.out.printf("%d of %d weights%n", weights(pruned), weights(canonical));
  }

  private static long weights(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.operands().isEmpty())
        .mapToLong(node -> node.type().shape().elements())
        .sum();
  }
}
