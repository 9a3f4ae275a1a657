package dev.lowpass.testsuite.random;

import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.testsuite.kernel.CompiledGraph;
import dev.lowpass.testsuite.kernel.RunsHere;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A way to compile a network: which passes are left out, for which processor, and what its pointwise layers keep.
 *
 * @param seed of the network and of all of this
 */
record Trial(long seed, Pipeline pipeline, String target, Keep keep) {
  /** A dozen layers of single precision, some of which enlarge what rounding did before them. */
  private static final double TOLERANCE = 1e-4;

  /** What ONNX Runtime says of operators that it has for some element types only: then the reference is alone. */
  private static final List<String> LACKS = List.of("ORT_NOT_IMPLEMENTED", "Type Error: Type 'tensor(");

  /** What pointwise layers keep. */
  enum Keep {
    /** They have no bands. */
    DENSE,
    /** Everything. */
    FULL,
    /** Any number of coefficients, for each channel another. */
    RANDOM
  }

  static Trial of(long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x5eed);
    Pipeline pipeline = Pipelines.standard().without("shrink-input").without("attach-bands").without("choose-forms");
    for (Pipeline.Step step : List.copyOf(pipeline.steps())) {
      if (random.nextInt(6) == 0) {
        pipeline = pipeline.without(step.pass().name());
      }
    }
    List<String> targets = RunsHere.targets("cpu", "cpu", "cpu:x86-64-v3", "opencl");
    Keep keep = Keep.values()[random.nextInt(3)];
    return new Trial(seed, pipeline, targets.get(random.nextInt(targets.size())), keep);
  }

  Graph graph() {
    return Draft.of(seed);
  }

  /** Throws whatever is wrong with {@code graph}. */
  void check(Graph graph) {
    byte[] onnx = OnnxWriter.write(graph, new LinkedHashMap<>());
    Map<String, Tensor> inputs = Draft.inputs(seed);
    Map<String, Tensor> expected = Interpreter.run(graph, inputs);
    compareWithOnnxRuntime(onnx, inputs, expected);
    Graph imported = OnnxReader.read(onnx, "random.onnx", ImportOptions.defaults()).graph();
    compare("imported again", Interpreter.run(imported, inputs), expected);
    Graph banded = withBands(imported);
    CompileOptions options =
        CompileOptions.defaults().withPipeline(pipeline.toString()).withTarget(target(graph)).withCheck(false);
    try (CompiledGraph compiled = CompiledGraph.of(banded, options)) {
      // Bands are rounded up to a staircase, so that what random ones compute only the final graph says.
      compiled.assertAgrees(keep == Keep.RANDOM ? compiled.graph() : graph, inputs, TOLERANCE);
    }
  }

  /** Devices know no remainder. */
  private String target(Graph graph) {
    boolean divides = graph.nodes().stream().anyMatch(node -> node.op().equals(new Binary(Binary.Kind.REMAINDER)));
    return divides && target.equals("opencl") ? "cpu" : target;
  }

  private static void compareWithOnnxRuntime(byte[] onnx, Map<String, Tensor> inputs, Map<String, Tensor> expected) {
    Map<String, dev.lowpass.runtime.Tensor> given = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> given.put(name, Tensors.of(tensor)));
    try (OnnxRuntimeEngine peer = OnnxRuntimeEngine.loadAsWritten("ONNX Runtime", "random.onnx", onnx)) {
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      peer.run(given).forEach((name, tensor) -> outputs.put(name, Tensors.of(tensor)));
      compare("ONNX Runtime", outputs, expected);
    } catch (LowpassException e) {
      if (LACKS.stream().noneMatch(String.valueOf(e.getMessage())::contains)) {
        throw e;
      }
    }
  }

  private static void compare(String who, Map<String, Tensor> outputs, Map<String, Tensor> expected) {
    expected.forEach(
        (name, tensor) -> {
          Difference difference = Difference.between(outputs.get(name), tensor);
          if (!difference.isWithin(TOLERANCE)) {
            throw new AssertionError("the interpreter and " + who + " differ at " + name + ": " + difference);
          }
        });
  }

  private Graph withBands(Graph graph) {
    SplittableRandom random = new SplittableRandom(seed ^ 0xba2d);
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean layer = keep != Keep.DENSE && node.op() instanceof Pointwise;
      nodes.add(layer ? Node.of(node.name(), limited(node, random), node.operands(), node.location()) : node);
    }
    return new Graph(graph.name(), graph.inputs(), nodes, graph.outputs());
  }

  private Pointwise limited(Node node, SplittableRandom random) {
    Shape shape = node.operand(0).type().shape();
    Block block = new Block(1 + random.nextInt(Math.min(8, shape.dim(2) + 1)), 1 + random.nextInt(Math.min(8, shape.dim(3) + 1)));
    List<Integer> kept = new ArrayList<>();
    for (int channel = 0; channel < shape.dim(1); channel++) {
      kept.add(keep == Keep.FULL ? block.size() : random.nextInt(block.size() + 1));
    }
    CoefficientOrder[] orders = CoefficientOrder.values();
    return Pointwise.limited(new BandLimit(block, orders[random.nextInt(orders.length)], new Bands(kept)));
  }
}
