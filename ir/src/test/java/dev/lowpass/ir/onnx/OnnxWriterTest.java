package dev.lowpass.ir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Location;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elu;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Interpolation;
import dev.lowpass.ir.op.IsNan;
import dev.lowpass.ir.op.LeakyRelu;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.ir.op.NearestRounding;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.op.SamplePlaces;
import dev.lowpass.ir.op.Sigmoid;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.ir.op.Window;
import dev.lowpass.ir.text.IrText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** write → read gives the graph again. */
class OnnxWriterTest {
  private static final TensorType IMAGE = TensorType.f32(1, 4, 6, 6);

  /** An operator with its operand types: the first is an input, the others constants. */
  record Case(Op op, List<TensorType> operands) {
    @Override
    public String toString() {
      return op.mnemonic() + operands + op.attributes();
    }
  }

  private static Case of(Op op, TensorType... operands) {
    return new Case(op, List.of(operands));
  }

  static Stream<Case> sameBack() {
    TensorType channels = TensorType.f32(4);
    List<Case> cases = new ArrayList<>();
    Window uneven = new Window(List.of(3, 1), List.of(2, 1), List.of(0, 1, 2, 3), List.of(1, 2));
    cases.add(of(new Convolution(uneven, 2), IMAGE, TensorType.f32(6, 2, 3, 1), TensorType.f32(6)));
    cases.add(of(new BatchNormalization(0.25f), IMAGE, channels, channels, channels, channels));
    cases.add(of(new MatrixProduct(), TensorType.f32(2, 3), TensorType.f32(3, 5)));
    cases.add(of(new GlobalAveragePool(), IMAGE));
    cases.add(of(new AveragePool(Window.of(3, 2, 1), true, true), IMAGE));
    cases.add(of(new MaxPool(Window.of(3, 2, 1), true), IMAGE));
    cases.add(of(new Resize(List.of(4, 9), ResizeFilter.CUBIC), IMAGE));
    cases.add(of(new Resize(List.of(3, 5), ResizeFilter.LINEAR), IMAGE));
    for (Interpolation.Kernel kernel : Interpolation.Kernel.values()) {
      cases.add(of(new Resize(List.of(4, 9), interpolation(kernel, List.of())), IMAGE));
    }
    cases.add(of(new Resize(List.of(3, 9), interpolation(Interpolation.Kernel.LINEAR, List.of(0.6f, 1.5f))), IMAGE));
    cases.add(of(new MaxPoolIndices(Window.of(3, 2, 1), true, true), IMAGE));
    cases.add(of(new DepthToSpace(2, true), IMAGE));
    cases.add(of(new DepthToSpace(1, false), IMAGE));
    cases.add(of(new Softmax(1), IMAGE));
    cases.add(of(new Pad(List.of(0, 0, 1, 2, 0, 0, 3, 4), -1), IMAGE));
    cases.add(of(new Concat(1), IMAGE, IMAGE));
    cases.add(of(new Slice(List.of(0, 3, 0, 1), List.of(1, 4, 3, 2), List.of(1, -1, 2, 3)), IMAGE));
    cases.add(of(new Transpose(List.of(0, 2, 3, 1)), IMAGE));
    cases.add(of(new Reshape(TensorType.f32(4, 36).shape()), IMAGE));
    cases.add(of(new Relu(), IMAGE));
    cases.add(of(new Clip(0, 6), IMAGE));
    cases.add(of(new Sigmoid(), IMAGE));
    cases.add(of(new HardSigmoid(0.1f, 0.3f), IMAGE));
    cases.add(of(new HardSwish(), IMAGE));
    Stream.of(MathFunction.Kind.values())
        .filter(kind -> kind != MathFunction.Kind.SWISH)
        .forEach(kind -> cases.add(of(new MathFunction(kind), IMAGE)));
    Stream.of(Binary.Kind.values())
        .filter(kind -> kind != Binary.Kind.MOD)
        .forEach(kind -> cases.add(of(new Binary(kind), IMAGE, TensorType.f32(4, 1, 1))));
    Stream.of(Comparison.Kind.values())
        .forEach(kind -> cases.add(of(new Comparison(kind), IMAGE, TensorType.f32(4, 1, 1))));
    cases.add(of(new LeakyRelu(0.1f), IMAGE));
    cases.add(of(new Elu(1.5f, 2), IMAGE));
    cases.add(of(new IsNan(), IMAGE));
    return cases.stream();
  }

  private static Interpolation interpolation(Interpolation.Kernel kernel, List<Float> scales) {
    SamplePlaces places = new SamplePlaces(SamplePlaces.Rule.ASYMMETRIC, scales, List.of());
    boolean smooth = kernel != Interpolation.Kernel.NEAREST;
    return new Interpolation(kernel, places, NearestRounding.FLOOR, -0.25f, smooth, true);
  }

  static Stream<Case> backAsConvolution() {
    return Stream.of(
        of(Pointwise.dense(), IMAGE, TensorType.f32(3, 4), TensorType.f32(3)),
        of(new Depthwise(Window.of(3, 1, 1)), IMAGE, TensorType.f32(4, 3, 3)));
  }

  private static Graph graph(Case given) {
    List<Value> operands = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    Value input = new Value("x", given.operands().getFirst());
    operands.add(input);
    for (TensorType type : given.operands().subList(1, given.operands().size())) {
      String name = "w" + operands.size();
      Node constant = Node.of(name, new Constant(counting(type)), List.of(), new Location(name));
      nodes.add(constant);
      operands.add(constant.result());
    }
    Node node = Node.of("y", given.op(), operands, new Location("layer"));
    nodes.add(node);
    return new Graph("written", List.of(input), nodes, List.of(new Graph.Output("y", node.result())));
  }

  private static Tensor counting(TensorType type) {
    float[] values = new float[(int) type.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + i % 7;
    }
    return Tensor.of(values, type.shape());
  }

  private static Graph writtenAndRead(Graph graph) {
    byte[] bytes = OnnxWriter.write(graph, new LinkedHashMap<>());
    return OnnxReader.read(bytes, "written.onnx", ImportOptions.defaults()).graph();
  }

  @ParameterizedTest
  @MethodSource
  void sameBack(Case given) {
    assertThat(writtenAndRead(graph(given))).isEqualTo(graph(given));
  }

  @ParameterizedTest
  @MethodSource
  void backAsConvolution(Case given) {
    Graph graph = graph(given);
    Graph read = writtenAndRead(graph);
    assertThat(read.nodes().getLast().op()).isInstanceOf(Convolution.class);
    Map<String, Tensor> inputs = Map.of("x", counting(IMAGE));
    assertThat(Interpreter.run(read, inputs)).isEqualTo(Interpreter.run(graph, inputs));
  }

  /** Swish came late to ONNX: older readers know sigmoid and product. */
  @Test
  void swishIsAProduct() {
    Graph graph = graph(of(new MathFunction(MathFunction.Kind.SWISH), IMAGE));
    Graph read = writtenAndRead(graph);
    assertThat(read.nodes().stream().map(Node::op)).containsExactly(new Sigmoid(), Binary.mul());
    Map<String, Tensor> inputs = Map.of("x", counting(IMAGE));
    Tensor expected = Interpreter.run(graph, inputs).get("y");
    assertThat(Difference.between(Interpreter.run(read, inputs).get("y"), expected).isWithin(1e-6)).isTrue();
  }

  /** What ONNX reads the middle with is a Slice. */
  @ParameterizedTest
  @EnumSource(ResizeFilter.class)
  void aMiddleIsTheSameAgain(ResizeFilter filter) {
    Graph graph = graph(of(new Resize(List.of(2, 2), List.of(2, 3), filter), IMAGE));
    Graph read = writtenAndRead(graph);
    Map<String, Tensor> inputs = Map.of("x", counting(IMAGE));
    Tensor expected = Interpreter.run(graph, inputs).get("y");
    assertThat(Difference.between(Interpreter.run(read, inputs).get("y"), expected).isWithin(1e-6)).isTrue();
  }

  /** ONNX has no filter that is a change of grid, but matrices. */
  @Test
  void aChangeOfGridComesBackAsTwoProducts() {
    Graph graph = graph(of(new Resize(List.of(4, 9), ResizeFilter.DCT), IMAGE));
    Graph read = writtenAndRead(graph);
    assertThat(read.nodes().stream().map(Node::op).filter(op -> op instanceof MatrixProduct)).hasSize(2);
    Map<String, Tensor> inputs = Map.of("x", counting(IMAGE));
    Tensor expected = Interpreter.run(graph, inputs).get("y");
    assertThat(Difference.between(Interpreter.run(read, inputs).get("y"), expected).isWithin(1e-6)).isTrue();
  }

  /** Nobody can say in ONNX that extents are rounded to the nearest, or how opset 10 chose the nearest. */
  @Test
  void interpolationsWithoutAWordComeBackAsTwoProducts() {
    SamplePlaces rounded = new SamplePlaces(SamplePlaces.Rule.HALF_PIXEL, List.of(0.75f, 0.75f), List.of());
    SamplePlaces asymmetric = new SamplePlaces(SamplePlaces.Rule.ASYMMETRIC, List.of(), List.of());
    List<Resize> resizes =
        List.of(
            new Resize(
                List.of(5, 5),
                new Interpolation(
                    Interpolation.Kernel.LINEAR, rounded, NearestRounding.FLOOR, -0.75f, false, false)),
            new Resize(
                List.of(4, 9),
                new Interpolation(
                    Interpolation.Kernel.NEAREST, asymmetric, NearestRounding.OUTWARD, -0.75f, false, false)));
    for (Resize resize : resizes) {
      Graph graph = graph(of(resize, IMAGE));
      Graph read = writtenAndRead(graph);
      assertThat(read.nodes().stream().map(Node::op).filter(op -> op instanceof MatrixProduct)).hasSize(2);
      Map<String, Tensor> inputs = Map.of("x", counting(IMAGE));
      Tensor expected = Interpreter.run(graph, inputs).get("y");
      assertThat(Difference.between(Interpreter.run(read, inputs).get("y"), expected).isWithin(1e-6)).isTrue();
    }
  }

  @Test
  void outputsKeepTheirNames() {
    Value input = new Value("x", IMAGE);
    Node relu = Node.of("r", new Relu(), List.of(input), new Location("r"));
    List<Graph.Output> outputs =
        List.of(
            new Graph.Output("r", relu.result()),
            new Graph.Output("again", relu.result()),
            new Graph.Output("in", input));
    Graph graph = new Graph("g", List.of(input), List.of(relu), outputs);
    assertThat(writtenAndRead(graph)).isEqualTo(graph);
  }

  /** ONNX Runtime refuses models with two nodes of one name, as Gemm's product and sum were once written. */
  @Test
  void namesOfNodesAreUnique() {
    ModelBuilder gemm =
        ModelBuilder.opset(13)
            .input("x", 1, 2)
            .weight("w", 2, 3)
            .weight("b", 3)
            .node("Gemm", List.of("x", "w", "b"), "y");
    List<Node> read = writtenAndRead(gemm.read()).nodes();
    assertThat(read.stream().map(node -> node.location().text())).containsExactly("w", "b", "y_node", "y");
  }

  /** A product that had become a pointwise layer between movements once lost its name to the first of them, and its bands. */
  @Test
  void theLayerKeepsTheNameOfSeveralNodes() {
    Graph graph =
        IrText.parse(
            """
            graph @g(%x: f32[1, 8, 4]) -> (%y) {
              %w = constant f32[2, 4] [1, 2, 3, 4, 5, 6, 7, 8]
              %c = reshape %x {shape = [1, 8, 1, 4]} : f32[1, 8, 1, 4] loc("product")
              %i = transpose %c {permutation = [0, 3, 1, 2]} : f32[1, 4, 8, 1] loc("product")
              %y = pointwise %i, %w : f32[1, 2, 8, 1] loc("product")
            }
            """,
            "g.lpt");
    assertThat(writtenAndRead(graph).nodes().stream().filter(node -> node.location().text().equals("product")))
        .singleElement()
        .satisfies(node -> assertThat(node.op()).isInstanceOf(Convolution.class));
  }

  /** ONNX's kernels have four dimensions; a trained model was once twice as large as its weights. */
  @Test
  void weightsOfAnotherShapeAreWrittenOnce() throws IOException {
    Graph graph = graph(of(Pointwise.dense(), IMAGE, TensorType.f32(8, 4)));
    ModelProto model = ModelProto.parseFrom(OnnxWriter.write(graph, new LinkedHashMap<>()));
    assertThat(model.getGraph().getInitializerList()).hasSize(1);
    assertThat(model.getGraph().getInitializer(0).getDimsList()).containsExactly(8L, 4L, 1L, 1L);
  }

  @Test
  void metadataIsKept() {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put("author", "somebody");
    metadata.put(ImportedModel.BANDS_PROPERTY, "bands 1\n");
    byte[] bytes = OnnxWriter.write(graph(of(new Relu(), IMAGE)), metadata);
    ImportedModel model = OnnxReader.read(bytes, "written.onnx", ImportOptions.defaults());
    assertThat(model.metadata()).isEqualTo(metadata);
    assertThat(model.bands()).contains("bands 1\n");
    assertThat(model.opset()).isEqualTo(20);
  }

  @Test
  void transformsHaveNoCounterpart() {
    Dct dct = new Dct(new Block(3, 3), CoefficientOrder.ZIGZAG, Optional.of(Bands.full(4, 9)));
    assertThatThrownBy(() -> OnnxWriter.write(graph(of(dct, IMAGE)), new LinkedHashMap<>()))
        .hasMessageStartingWith("LP1011 y: dct of coefficients has no counterpart in ONNX");
  }
}
