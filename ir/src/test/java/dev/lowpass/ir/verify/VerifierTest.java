package dev.lowpass.ir.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Location;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final TensorType IMAGE = TensorType.f32(1, 2, 4, 4);
  private static final TensorType COEFFICIENTS = frequency(4);
  private static final Value X = new Value("x", IMAGE);
  private static final Value F = new Value("f", COEFFICIENTS);
  private static final Value R = new Value("r", IMAGE);

  @Test
  void aWellFormedGraphPasses() {
    assertThat(Verifier.violations(graph(List.of(X), List.of(node(R, new Relu(), X)), R))).isEmpty();
  }

  @Test
  void inputsAreNamedOnce() {
    rejects(graph(List.of(X, X), List.of(), X), "LP2201 x: two inputs of graph 'g' have this name");
  }

  @Test
  void namesAreUnique() {
    Node relu = node(R, new Relu(), X);
    rejects(graph(List.of(X), List.of(relu, relu), R), "LP2202 r: names the result of relu and the result of relu");
    rejects(graph(List.of(X), List.of(node(X, new Relu(), X)), X), "LP2202 x: names an input and the result of relu");
  }

  @Test
  void operandsAreDefinedBeforeUse() {
    Value later = new Value("later", IMAGE);
    List<Node> nodes = List.of(node(R, new Relu(), later), node(later, new Relu(), X));
    rejects(graph(List.of(X), nodes, R), "LP2203 r: relu reads %later, which is defined only later");
    rejects(graph(List.of(), List.of(node(R, new Relu(), X)), R), "LP2203 r: relu reads %x, which is defined nowhere");
  }

  @Test
  void operandsHaveTheirDefinedTypes() {
    Value stale = new Value("x", TensorType.f32(1, 2, 4, 4, 1));
    rejects(
        graph(List.of(X), List.of(node(new Value("r", stale.type()), new Relu(), stale)), X),
        "LP2204 r: reads %x as f32[1, 2, 4, 4, 1], but it is defined as f32[1, 2, 4, 4]");
  }

  @Test
  void typesMatchInference() {
    rejects(
        graph(List.of(X), List.of(node(new Value("r", TensorType.f32(2)), new Relu(), X)), X),
        "LP2205 r: is typed f32[2], but relu gives f32[1, 2, 4, 4]");
    rejects(
        graph(List.of(X), List.of(node(R, new Idct(), X)), R),
        "LP2205 r: idct: takes coefficients, not f32[1, 2, 4, 4]");
  }

  @Test
  void elementwiseOperandsAreSpatial() {
    rejects(
        graph(List.of(F), List.of(node(R, new Relu(), F)), R),
        "LP2206 r: relu takes spatial data, but %f is f32[1, 2, 4, 4] in dct<4x4, zigzag>");
  }

  @Test
  void coefficientsShareOneGrid() {
    Value finer = new Value("finer", frequency(2));
    rejects(
        graph(List.of(F, finer), List.of(node(R, Binary.add(), F, finer)), R),
        "LP2207 r: add joins %f in dct<4x4, zigzag> and %finer in dct<2x2, zigzag>");
  }

  @Test
  void bandsFitBlocks() {
    Dct dct = new Dct(new Block(4, 4), CoefficientOrder.ZIGZAG, Optional.of(Bands.full(2, 17)));
    rejects(graph(List.of(X), List.of(node(F, dct, X)), F), "LP2208 f: band of 17 coefficients, but a 4x4 block has 16");
  }

  @Test
  void bandsFitChannels() {
    Op pointwise = Pointwise.limited(new BandLimit(new Block(4, 4), CoefficientOrder.ZIGZAG, Bands.full(3, 1)));
    Value weight = new Value("w", TensorType.f32(2, 2));
    rejects(
        graph(List.of(X, weight), List.of(node(R, pointwise, X, weight)), R),
        "LP2209 r: bands of 3 channels for %x, which is f32[1, 2, 4, 4]");
  }

  @Test
  void outputsAreDefined() {
    rejects(graph(List.of(X), List.of(), R), "LP2210 r: is %r, which is defined nowhere");
    rejects(
        graph(List.of(X), List.of(), new Value("x", COEFFICIENTS)),
        "LP2210 x: is %x as f32[1, 2, 4, 4] in dct<4x4, zigzag>, but it is defined as f32[1, 2, 4, 4]");
  }

  @Test
  void outputsAreNamedOnce() {
    List<Graph.Output> outputs = List.of(new Graph.Output("y", X), new Graph.Output("y", F));
    rejects(new Graph("g", List.of(X, F), List.of(), outputs), "LP2211 y: names the outputs %x and %f");
  }

  private static void rejects(Graph graph, String message) {
    assertThatThrownBy(() -> Verifier.verify(graph)).isInstanceOf(LowpassException.class).hasMessage(message);
  }

  private static TensorType frequency(int side) {
    Block block = new Block(side, side);
    return IMAGE.withDomain(new Domain.Frequency(block, CoefficientOrder.ZIGZAG, Bands.full(2, block.size())));
  }

  private static Node node(Value result, Op op, Value... operands) {
    return new Node(result, op, List.of(operands), Location.UNKNOWN);
  }

  private static Graph graph(List<Value> inputs, List<Node> nodes, Value output) {
    return new Graph("g", inputs, nodes, List.of(new Graph.Output(output.name(), output)));
  }
}
