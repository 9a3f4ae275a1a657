package dev.lowpass.ir.onnx.operator;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Location;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.onnx.tensor.TensorDecoder;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Op;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The graph while it is being imported: which IR value each ONNX tensor has become, and what is known to be constant.
 * An operator whose operands are all constant is computed at once.
 */
public final class GraphBuilder {
  /** Integers are for shape arithmetic; tensors of them are small. */
  private static final int MAX_INTEGERS = 1 << 20;

  /** Elements that the interpreter computes at once: it takes eight bytes for each, and for each of the operands. */
  private static final int MOST_EVALUATED = 1 << 25;

  private final TensorDecoder decoder;
  private final Set<String> names;
  private final Set<String> read;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** What has become of values of other widths as f32. */
  private final Map<String, Value> singles = new LinkedHashMap<>();

  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> constants = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /** Bytes that constants which are computed here may still take. */
  private long foldable;

  /**
   * A builder for a model whose tensors are called {@code names}.
   *
   * @param read those that a node or the model's user reads
   * @param decoder reads the tensors that attributes hold
   */
  public GraphBuilder(Set<String> names, Set<String> read, TensorDecoder decoder) {
    this.names = new LinkedHashSet<>(names);
    this.read = new LinkedHashSet<>(read);
    this.decoder = decoder;
    this.foldable = decoder.limits().of(Limit.FOLDING);
  }

  /** How large things may be. */
  public Limits limits() {
    return decoder.limits();
  }

  /** Adds a graph input. */
  public void input(String name, TensorType type) {
    Value input = new Value(name, type);
    inputs.add(input);
    values.put(name, input);
  }

  /** Adds a weight. */
  public void initializer(String name, Tensor tensor) {
    values.put(name, constant(name, computed(tensor)));
  }

  public void remark(String text) {
    remarks.add(text);
  }

  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /**
   * The graph with {@code outputs}, without what they do not need; constants come before all other nodes.
   *
   * @param outputs names with the types that the model declares, where it does
   */
  public Graph build(String name, SequencedMap<String, Optional<ElementType>> outputs) {
    List<Graph.Output> results = new ArrayList<>();
    outputs.forEach((output, declared) -> results.add(new Graph.Output(output, declared(output, declared))));
    List<Node> all = new ArrayList<>(constants);
    all.addAll(nodes);
    return new Graph(name, inputs, all, results).withoutDeadNodes();
  }

  /** The value of an output; numbers with fractions are computed in f32, whatever their declared type. */
  private Value declared(String output, Optional<ElementType> declared) {
    Value value = value(output);
    ElementType element = declared.orElse(value.type().element());
    if (element == value.type().element() || !element.isFloating() || !value.type().element().isFloating()) {
      return value;
    }
    return define(fresh(output + "." + element), new Cast(element), List.of(single(value)), new Location(output));
  }

  /** {@code value} as f32 if it holds numbers with fractions of another width, which nothing computes with. */
  Value single(Value value) {
    ElementType element = value.type().element();
    if (!element.isFloating() || element == ElementType.F32) {
      return value;
    }
    Value known = singles.get(value.name());
    if (known == null) {
      Location location = new Location(value.name());
      known = define(fresh(value.name() + ".f32"), new Cast(ElementType.F32), List.of(value), location);
      singles.put(value.name(), known);
    }
    return known;
  }

  private static Tensor computed(Tensor tensor) {
    return tensor.type().element().isFloating() ? tensor.single() : tensor;
  }

  /** A tensor that the file holds in an attribute. */
  Tensor decode(TensorProto tensor, String place) {
    return computed(decoder.decode(tensor, place));
  }

  /** Adds tensors of a body that its nodes or its user read. */
  public void reads(Set<String> more) {
    read.addAll(more);
  }

  /** Whether {@code name} has become a value. */
  public boolean isDefined(String name) {
    return values.containsKey(name);
  }

  boolean isRead(String name) {
    return read.contains(name);
  }

  /** The IR value of the ONNX tensor {@code name}. */
  public Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new LowpassException("LP1005", name, "is read but never defined");
    }
    return value;
  }

  /** Lets the ONNX tensor {@code name} be {@code value}. */
  public void bind(String name, Value value) {
    values.put(name, value);
  }

  /** What {@code value} is if it is a constant. */
  public Optional<Tensor> tensor(Value value) {
    return Optional.ofNullable(tensors.get(value.name()));
  }

  /** A name that no tensor of the model has: {@code base}, or {@code base} with a number. */
  public String fresh(String base) {
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + i;
    }
    return name;
  }

  Value constant(String name, Tensor tensor) {
    tensors.put(name, tensor);
    Node node = Node.of(name, new Constant(tensor), List.of(), new Location(name));
    constants.add(node);
    return node.result();
  }

  /**
   * The result of {@code op}, named {@code name}: a constant if all operands are and it can be computed, else a node.
   */
  Value define(String name, Op op, List<Value> operands, Location location) {
    Node node = Node.of(name, op, operands, location);
    long elements = node.type().shape().elements();
    decoder.limits().checkShape(location.text(), "a result", node.type().shape().dims());
    boolean integers = !node.type().element().isFloating();
    if (!operands.isEmpty() && operands.stream().allMatch(operand -> tensors.containsKey(operand.name()))) {
      if (mayFold(elements, integers)) {
        List<Tensor> known = operands.stream().map(operand -> tensors.get(operand.name())).toList();
        Optional<Tensor> folded = ConstantFolding.evaluate(op, known);
        if (folded.isPresent()) {
          foldable -= bytes(elements, integers);
          return constant(name, folded.get());
        }
      }
    }
    nodes.add(node);
    return node.result();
  }

  /**
   * Takes a constant of {@code shape} from what may be computed at import, before it is allocated.
   *
   * @throws LowpassException LP1012 if that is more than is left
   */
  void spend(Shape shape, boolean integers, String place) {
    decoder.limits().checkShape(place, "a constant", shape.dims());
    long elements = shape.elements();
    if (integers && elements > MAX_INTEGERS) {
      throw new IllegalArgumentException(
          "a constant of %d integers; shape arithmetic takes %d".formatted(elements, MAX_INTEGERS));
    }
    long spent = decoder.limits().of(Limit.FOLDING) - foldable;
    decoder.limits().check(Limit.FOLDING, place, "what import computes", spent + bytes(elements, integers));
    foldable -= bytes(elements, integers);
  }

  private boolean mayFold(long elements, boolean integers) {
    return elements <= MOST_EVALUATED
        && bytes(elements, integers) <= foldable
        && (!integers || elements <= MAX_INTEGERS);
  }

  /** What a constant takes in memory. */
  private static long bytes(long elements, boolean integers) {
    return elements * (integers ? Long.BYTES : Float.BYTES);
  }
}
