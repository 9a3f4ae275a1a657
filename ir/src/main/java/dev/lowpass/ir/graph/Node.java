package dev.lowpass.ir.graph;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.ChannelUse;
import dev.lowpass.ir.op.CoefficientUse;
import dev.lowpass.ir.op.Op;
import java.util.List;
import java.util.stream.Collectors;

/** One operation: applies {@code op} to {@code operands} and names the result. */
public record Node(Value result, Op op, List<Value> operands, Location location) {
  public Node {
    operands = List.copyOf(operands);
  }

  /** A node whose result type follows from its operands; a mismatch is error LP2001 at the node's name. */
  public static Node of(String name, Op op, List<Value> operands, Location location) {
    try {
      TensorType type = op.infer(operands.stream().map(Value::type).toList());
      return new Node(new Value(name, type), op, operands, location);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP2001", name, op.mnemonic() + ": " + e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw new LowpassException("LP2001", name, op.mnemonic() + ": a size that 32 bits do not hold", e);
    }
  }

  public String name() {
    return result.name();
  }

  public TensorType type() {
    return result.type();
  }

  public List<TensorType> operandTypes() {
    return operands.stream().map(Value::type).toList();
  }

  /** What the operator makes of these operands' channels. */
  public ChannelUse channels() {
    return op.channels(operandTypes());
  }

  /** What the operator would do with coefficients of these operands. */
  public CoefficientUse coefficients() {
    return op.coefficients(operandTypes());
  }

  public Value operand(int index) {
    return operands.get(index);
  }

  @Override
  public String toString() {
    String arguments = operands.stream().map(value -> " " + value).collect(Collectors.joining(","));
    String attributes = op.attributes().isEmpty() ? "" : " " + op.attributes();
    return result + " = " + op.mnemonic() + arguments + attributes + " : " + type();
  }
}
