package dev.lowpass.ir.text;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.text.grammar.IrParser.GraphContext;
import dev.lowpass.ir.text.grammar.IrParser.InputContext;
import dev.lowpass.ir.text.grammar.IrParser.LocationContext;
import dev.lowpass.ir.text.grammar.IrParser.NodeContext;
import dev.lowpass.ir.text.grammar.IrParser.OperandContext;
import dev.lowpass.ir.text.grammar.IrParser.OutputContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Builds one graph from its parse tree: resolves names, infers types, and compares them with the stated ones. */
final class GraphReader {
  /** The most operands of one node, so that a short text cannot join one long value into an endless one. */
  static final int MAX_OPERANDS = 1 << 10;

  private final SourceFile source;
  private final ConstantReader constants;
  private final TypeReader types;
  private final AttributeReader operators;
  private final Map<String, Value> defined = new LinkedHashMap<>();
  private final Map<String, Constant> constantNodes = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  GraphReader(SourceFile source, ConstantReader constants) {
    this.source = source;
    this.constants = constants;
    this.types = new TypeReader(source);
    this.operators = new AttributeReader(source, types);
  }

  Graph read(GraphContext graph) {
    List<Value> inputs = new ArrayList<>();
    for (InputContext input : graph.input()) {
      Token name = input.VALUE().getSymbol();
      Value value = new Value(source.name(name), types.read(input.type()));
      define(value, name);
      inputs.add(value);
    }
    graph.node().forEach(this::add);
    List<Graph.Output> outputs = new ArrayList<>();
    for (OutputContext output : graph.output()) {
      Value value = value(output.VALUE().getSymbol());
      outputs.add(new Graph.Output(publicName(output).orElse(value.name()), value));
    }
    return new Graph(source.name(graph.SYMBOL().getSymbol()), inputs, nodes, outputs);
  }

  private Optional<String> publicName(OutputContext output) {
    if (output.STRING() != null) {
      return Optional.of(source.string(output.STRING().getSymbol()));
    }
    return Optional.ofNullable(output.WORD()).map(word -> word.getText());
  }

  private void add(NodeContext node) {
    Token result = node.VALUE().getSymbol();
    String name = source.name(result);
    Location location = location(node.location(), name);
    if (node.constant() != null) {
      add(name, new Constant(constants.read(node.constant())), List.of(), node, location);
    } else {
      Op op = operators.read(node.operation());
      List<Value> operands = operands(node.operation().operand());
      add(name, op, operands, node, location);
    }
  }

  private void add(String name, Op op, List<Value> operands, NodeContext node, Location location) {
    TensorType type = infer(op, operands, node);
    types.checkElements(type.shape(), node.start);
    if (node.type() != null) {
      TensorType stated = types.read(node.type());
      if (!stated.equals(type)) {
        throw source.error(
            "LP2014",
            node.type().start,
            "stated type %s, but %s gives %s".formatted(stated, op.mnemonic(), type));
      }
    }
    Value result = new Value(name, type);
    define(result, node.start);
    if (op instanceof Constant constant) {
      constantNodes.put(name, constant);
    }
    nodes.add(new Node(result, op, operands, location));
  }

  private TensorType infer(Op op, List<Value> operands, NodeContext node) {
    try {
      return op.infer(operands.stream().map(Value::type).toList());
    } catch (IllegalArgumentException | ArithmeticException e) {
      Token at = node.operation() == null ? node.start : node.operation().start;
      throw source.error("LP2001", at, op.mnemonic() + ": " + e.getMessage());
    }
  }

  private List<Value> operands(List<OperandContext> written) {
    if (written.size() > MAX_OPERANDS) {
      throw source.error("LP2016", written.getLast().start, written.size() + " operands; the most is " + MAX_OPERANDS);
    }
    List<Value> operands = new ArrayList<>();
    for (OperandContext operand : written) {
      operands.add(operand.VALUE() == null ? implicitConstant(operand.start) : value(operand.start));
    }
    return operands;
  }

  /** {@code @name} as an operand stands for a constant of that name, defined where it is first read. */
  private Value implicitConstant(Token symbol) {
    String name = source.name(symbol);
    @Nullable Value known = defined.get(name);
    Constant constant = new Constant(constants.named(symbol));
    Value value = new Value(name, constant.value().type());
    if (known == null) {
      define(value, symbol);
      constantNodes.put(name, constant);
      nodes.add(new Node(value, constant, List.of(), new Location(name)));
    } else if (!constant.equals(constantNodes.get(name))) {
      throw source.error("LP2013", symbol, symbol.getText() + " names a constant, but %" + name + " is another value");
    }
    return value;
  }

  private Value value(Token token) {
    String name = source.name(token);
    @Nullable Value value = defined.get(name);
    if (value == null) {
      String nearest = NearestName.among(defined.keySet(), name).map(GraphReader::suggestion).orElse("");
      throw source.error("LP2012", token, Names.signed('%', name) + " is not defined before its use" + nearest);
    }
    return value;
  }

  private static String suggestion(String known) {
    return "; the nearest is " + Names.signed('%', known);
  }

  private void define(Value value, Token at) {
    if (defined.putIfAbsent(value.name(), value) != null) {
      throw source.error("LP2013", at, Names.signed('%', value.name()) + " is defined twice");
    }
  }

  private Location location(@Nullable LocationContext location, String name) {
    return new Location(location == null ? name : source.string(location.STRING().getSymbol()));
  }
}
