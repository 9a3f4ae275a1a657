package dev.lowpass.testsuite.learning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.BlockTransform;
import dev.lowpass.ir.op.Narrowing;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.network.LayerInput;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every spatial graph of the files under {@code kernels}, as a network that can be trained. */
class NetworkFileTests {
  /** float32 sums in another order. */
  private static final double TOLERANCE = 5e-6;

  @TestFactory
  Stream<DynamicContainer> files() throws IOException, URISyntaxException {
    URL readme = Objects.requireNonNull(NetworkFileTests.class.getResource("/kernels/README.md"));
    try (Stream<Path> found = Files.list(Path.of(readme.toURI()).resolveSibling(""))) {
      List<Path> files = found.filter(file -> file.toString().endsWith(".lpt")).sorted().toList();
      return files.stream()
          .map(file -> DynamicContainer.dynamicContainer(file.getFileName().toString(), graphs(file).map(this::test)));
    }
  }

  private static Stream<Graph> graphs(Path file) {
    try {
      return IrText.parseAll(Files.readString(file), file.getFileName().toString()).stream()
          .filter(graph -> graph.nodes().stream().noneMatch(node -> node.op() instanceof BlockTransform))
          .filter(graph -> graph.inputs().stream().allMatch(input -> input.type().isSpatial()))
          .filter(graph -> graph.inputs().stream().allMatch(input -> input.type().element() == ElementType.F32))
          .filter(graph -> graph.inputs().stream().allMatch(input -> input.type().shape().elements() > 0))
          .filter(graph -> graph.nodes().stream().allMatch(node -> node.type().shape().elements() > 0))
          .filter(graph -> graph.nodes().stream().allMatch(node -> node.type().element() == ElementType.F32))
          .filter(graph -> graph.nodes().stream().noneMatch(node -> isOpaque(node.op())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Operators that are not made for training; what has one is refused, but for rounding, which training leaves out. */
  private static boolean isOpaque(Op op) {
    return op instanceof Opaque && !(op instanceof Reduce) || op instanceof Narrowing;
  }

  private DynamicTest test(Graph graph) {
    return DynamicTest.dynamicTest(graph.name(), () -> assertComputes(graph));
  }

  private static void assertComputes(Graph graph) {
    Map<String, Tensor> inputs = SeededInputs.of(graph, 3);
    Map<String, Tensor> expected = Interpreter.run(graph, inputs);
    try (NDManager manager = TrainingEngine.newManager();
        Network network = Network.of(graph, manager)) {
      Map<String, NDArray> given = new LinkedHashMap<>();
      inputs.forEach((name, tensor) -> given.put(name, array(manager, tensor)));
      NDList outputs = network.run(manager, given, LayerInput.WHOLE);
      for (int i = 0; i < outputs.size(); i++) {
        String name = graph.outputs().get(i).name();
        Tensor right = Objects.requireNonNull(expected.get(name));
        Tensor found = Tensor.of(outputs.get(i).toFloatArray(), right.shape());
        Difference difference = Difference.between(found, right);
        assertThat(difference.isWithin(TOLERANCE)).as("%s: %s", name, difference).isTrue();
      }
    }
  }

  private static NDArray array(NDManager manager, Tensor tensor) {
    long[] extents = tensor.shape().dims().stream().mapToLong(Integer::longValue).toArray();
    return manager.create(tensor.floats(), new Shape(extents));
  }
}
