package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.element.Encoded;
import dev.lowpass.codegen.element.Memory;
import dev.lowpass.codegen.emit.FloatArena;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.runtime.artifact.KernelLaunch.Area;
import dev.lowpass.runtime.artifact.KernelLaunch.Argument;
import dev.lowpass.runtime.tvm.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of one kernel: a pointer for every slot that it names and for every part of the parameters, in the order in
 * which it names them. What it does not name it is not given, so that kernels of one shape are one kernel wherever their
 * operands lie.
 */
final class KernelMemory implements Memory {
  private final Plan plan;

  /** Offsets of constant operands in the parameters, in elements. */
  private final Map<Slot, Integer> constants;

  private final Map<Argument, Buffer> buffers = new LinkedHashMap<>();

  KernelMemory(Plan plan, Map<Slot, Integer> constants) {
    this.plan = plan;
    this.constants = constants;
  }

  @Override
  public Buffer bufferOf(Slot slot) {
    return switch (slot.home()) {
      case INPUT -> buffer(new Argument(Area.INPUT, slot.index(), 0), Encoded.inArguments(slot.element()));
      case OUTPUT -> buffer(new Argument(Area.OUTPUT, slot.index(), 0), Encoded.inArguments(slot.element()));
      case CONSTANT -> parameters(constants.get(slot));
      case SCRATCH -> buffer(new Argument(Area.SCRATCH, 0, plan.memory().offsets().get(slot)), inScratch(slot));
    };
  }

  private static DataType inScratch(Slot slot) {
    return slot.packed() ? Encoded.inArguments(slot.element()) : DataType.F32;
  }

  /** What is packed is float16, for which the device has instructions. */
  @Override
  public Expr load(Slot slot, Expr offset, int lanes) {
    return slot.packed() && isUsual(lanes)
        ? Expr.function(named("of_half", lanes), DataType.F32.withLanes(lanes), bufferOf(slot).load(offset, lanes))
        : Memory.super.load(slot, offset, lanes);
  }

  /** See {@link #load}. */
  @Override
  public Stmt store(Slot slot, Expr offset, Expr value) {
    int lanes = value.lanes();
    return slot.packed() && isUsual(lanes)
        ? bufferOf(slot).store(offset, Expr.function(named("to_half", lanes), DataType.U16.withLanes(lanes), value))
        : Memory.super.store(slot, offset, value);
  }

  /** Of others there are no functions. */
  private static boolean isUsual(int lanes) {
    return lanes == 1 || lanes == Operand.VECTOR;
  }

  private static String named(String function, int lanes) {
    return lanes == 1 ? function : function + lanes;
  }

  @Override
  public int start(Slot slot) {
    return 0;
  }

  @Override
  public Buffer parameters() {
    return parameters(0);
  }

  /** The parameters from element {@code offset} on. */
  Buffer parameters(int offset) {
    return buffer(new Argument(Area.PARAMETERS, 0, FloatArena.bytes(offset)), DataType.F32);
  }

  private Buffer buffer(Argument argument, DataType element) {
    return buffers.computeIfAbsent(argument, _ -> Buffer.of("p" + buffers.size(), element, Buffer.UNCHECKED));
  }

  /** The kernel's parameters. */
  List<Buffer> buffers() {
    return List.copyOf(buffers.values());
  }

  /** Where they point. */
  List<Argument> arguments() {
    return List.copyOf(buffers.keySet());
  }
}
