package dev.lowpass.codegen.cpu.work;

import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.emit.FloatArena;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.llvm.TileRegisters;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.RoundingUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What accumulates while steps are prepared: kernels by what they are, packed parameters, and the need for private
 * memory.
 */
public final class Workshop {
  /** What all steps add to. */
  private static final class Stock {
    final Parameters parameters;
    final Map<Kernel<?>, Function> kernels = new LinkedHashMap<>();
    final Map<Slot, Integer> constants = new LinkedHashMap<>();
    long privateBytes;

    Stock(Parameters parameters) {
      this.parameters = parameters;
    }
  }

  private final Machine machine;
  private final Stock stock;
  private final Choice choice;

  /** @param parameters to which those of the steps are added */
  public Workshop(Machine machine, Parameters parameters) {
    this(machine, new Stock(parameters), Choice.NONE);
  }

  private Workshop(Machine machine, Stock stock, Choice choice) {
    this.machine = machine;
    this.stock = stock;
    this.choice = choice;
  }

  /** This workshop while it makes a step with {@code chosen}. */
  public Workshop with(Choice chosen) {
    return new Workshop(machine, stock, chosen);
  }

  /** The value of a knob for the step being made. Tile registers hold sums of so many vectors only. */
  public int chosen(Knob knob) {
    boolean countsVectors = knob == Knob.VECTORS || knob == Knob.PROJECT_VECTORS;
    return countsVectors && machine.unit() == RoundingUnit.TILES
        ? Math.min(choice.of(knob), TileRegisters.MOST_VECTORS)
        : choice.of(knob);
  }

  /** What was chosen for the step being made. */
  public Choice choice() {
    return choice;
  }

  public Machine machine() {
    return machine;
  }

  public Parameters parameters() {
    return stock.parameters;
  }

  /** {@code kernel}, built if none that is equal was; {@code kind} is part of its name. */
  public <C extends KernelCall> BuiltKernel<C> kernel(String kind, Kernel<C> kernel) {
    Function known = stock.kernels.get(kernel);
    if (known == null) {
      known = kernel.build("lowpass_" + kind + "_" + stock.kernels.size());
      stock.kernels.put(kernel, known);
    }
    return new BuiltKernel<>(kernel, known);
  }

  public List<Function> kernels() {
    return List.copyOf(stock.kernels.values());
  }

  /** Offset of a constant operand in the parameters. */
  public int constant(Slot slot, Supplier<int[]> values) {
    Integer known = stock.constants.get(slot);
    if (known == null) {
      known = stock.parameters.add(values.get());
      stock.constants.put(slot, known);
    }
    return known;
  }

  public Map<Slot, Integer> constants() {
    return stock.constants;
  }

  /** Asks for private memory of at least {@code elements} of the arena for each worker. */
  public void needPrivate(long elements) {
    stock.privateBytes = Math.max(stock.privateBytes, FloatArena.bytes(elements));
  }

  long privateBytes() {
    return stock.privateBytes;
  }
}
