package dev.lowpass.ir.onnx.operator;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Location;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One ONNX node while it is being imported: its attributes and operands, and the means to define its outputs. All IR
 * nodes that it becomes carry its name as their location (its first output's name if it has none).
 */
public final class NodeImport {
  private final NodeProto proto;
  private final int opset;
  private final GraphBuilder graph;
  private final OnnxAttributes attributes;

  public NodeImport(NodeProto proto, int opset, GraphBuilder graph) {
    this.proto = proto;
    this.opset = opset;
    this.graph = graph;
    this.attributes = new OnnxAttributes(proto);
  }

  /** The name that errors and locations use for {@code proto}. */
  public static String placeOf(NodeProto proto) {
    if (!proto.getName().isEmpty()) {
      return proto.getName();
    }
    return proto.getOutputList().stream().filter(name -> !name.isEmpty()).findFirst().orElse(proto.getOpType());
  }

  public String place() {
    return placeOf(proto);
  }

  /** The version of ONNX's operator set that the model was written for. */
  public int opset() {
    return opset;
  }

  public OnnxAttributes attributes() {
    return attributes;
  }

  public int operandCount() {
    return proto.getInputCount();
  }

  /** Whether operand {@code index} is there; ONNX leaves optional ones out by an empty name. */
  public boolean hasOperand(int index) {
    return index < proto.getInputCount() && !proto.getInput(index).isEmpty();
  }

  /** Operand {@code index}; numbers with fractions of any width as f32. */
  public Value operand(int index) {
    if (!hasOperand(index)) {
      throw new IllegalArgumentException("operand " + index + " is missing");
    }
    return graph.single(graph.value(proto.getInput(index)));
  }

  /** The type of operand {@code index} as it is, of any width. */
  public ElementType element(int index) {
    return graph.value(proto.getInput(index)).type().element();
  }

  /** Operand {@code index} as {@code element}, for operators that are computed in that type alone. */
  public Value operand(int index, ElementType element) {
    Value value = operand(index);
    return value.type().element() == element ? value : add("operand" + index, new Cast(element), value);
  }

  /** Defines the first output as {@code value}, converted to {@code element} where it is of another type. */
  public void resultAs(ElementType element, Value value) {
    if (value.type().element() == element) {
      alias(value);
    } else {
      result(new Cast(element), value);
    }
  }

  public Shape shape(int index) {
    return operand(index).type().shape();
  }

  public Optional<Tensor> tensor(Value value) {
    return graph.tensor(value);
  }

  /** The constant operand {@code index}, if it is there; one that is computed at run time is error LP1009. */
  public Optional<Tensor> constant(int index, String meaning) {
    if (!hasOperand(index)) {
      return Optional.empty();
    }
    Optional<Tensor> tensor = graph.tensor(operand(index));
    if (tensor.isEmpty()) {
      throw unsupported(meaning + " computed at run time (operand " + proto.getInput(index) + ")");
    }
    return tensor;
  }

  /** The constant integers of operand {@code index}, if it is there. */
  public Optional<List<Long>> integers(int index, String meaning) {
    return constant(index, meaning).map(tensor -> Arrays.stream(tensor.integers()).boxed().toList());
  }

  /** Integers that are an attribute up to some opset and an operand after it. */
  public Optional<List<Long>> integers(String attribute, int index, String meaning) {
    Optional<List<Long>> fromAttribute = attributes.integers(attribute);
    return fromAttribute.isPresent() ? fromAttribute : integers(index, meaning);
  }

  /** The tensor that an attribute holds. */
  public Tensor decode(TensorProto tensor) {
    return graph.decode(tensor, place());
  }

  /** Refuses a result that would be too large before anything is made of it: error LP1012. */
  void requireElements(Shape shape) {
    graph.limits().checkShape(place(), "a result", shape.dims());
  }

  /** Asks for leave to compute a constant of {@code shape}: error LP1012 where that is too large. */
  public void spend(Shape shape, boolean integers) {
    graph.spend(shape, integers, place());
  }

  public int outputCount() {
    return proto.getOutputCount();
  }

  /** Whether anything reads output {@code index}; exporters name outputs that nobody needs. */
  public boolean isRead(int index) {
    return index < proto.getOutputCount() && graph.isRead(proto.getOutput(index));
  }

  /** An intermediate node, named after the first output and {@code suffix}. */
  public Value add(String suffix, Op op, Value... operands) {
    return graph.define(freshName(suffix), op, List.of(operands), new Location(place()));
  }

  /** A constant of the importer's, named after the first output and {@code suffix}. */
  public Value add(String suffix, Tensor tensor) {
    return graph.constant(freshName(suffix), tensor);
  }

  /** Defines the first output as the result of {@code op}. */
  public void result(Op op, Value... operands) {
    result(0, op, operands);
  }

  /** As {@link #result(Op, Value...)}; the first output's value. */
  public Value define(Op op, Value... operands) {
    result(op, operands);
    return graph.value(proto.getOutput(0));
  }

  /** Defines output {@code index} as the result of {@code op}. */
  public void result(int index, Op op, Value... operands) {
    String name = proto.getOutput(index);
    graph.bind(name, graph.define(name, op, List.of(operands), new Location(place())));
  }

  /** Defines the first output as a constant. */
  public void result(Tensor tensor) {
    graph.bind(proto.getOutput(0), graph.constant(proto.getOutput(0), tensor));
  }

  /** Lets the first output be {@code value} itself. */
  public void alias(Value value) {
    alias(0, value);
  }

  /** Lets output {@code index} be {@code value} itself. */
  public void alias(int index, Value value) {
    graph.bind(proto.getOutput(index), value);
  }

  /** Something that this operator may mean in ONNX but that is not supported: error LP1009. */
  public LowpassException unsupported(String what) {
    return new LowpassException("LP1009", place(), proto.getOpType() + " with " + what + " is not supported");
  }

  private String freshName(String suffix) {
    return graph.fresh(proto.getOutput(0) + "." + suffix);
  }
}
