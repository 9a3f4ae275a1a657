package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.element.Encoded;
import dev.lowpass.codegen.element.Memory;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The arguments of an entry function, (inputs…, outputs…, params, scratch, workers), and where slots lie in them. The
 * scratch arena has the plan's memory first and then a private part for each worker.
 */
public final class Arguments implements Memory {
  private final List<Buffer> inputs = new ArrayList<>();
  private final List<Buffer> outputs = new ArrayList<>();
  private final Buffer parameters;
  private final Buffer scratch;
  private final Var workers = Var.i32("workers");
  private final Plan plan;
  private final Map<Slot, Integer> constants;

  /**
   * @param constants offsets of constant operands in the parameters
   * @param parameterElements length of the parameters
   * @param privateBytes what each worker has of scratch besides the plan's memory
   */
  public Arguments(Plan plan, Map<Slot, Integer> constants, long parameterElements, long privateBytes) {
    this.plan = plan;
    this.constants = constants;
    for (int i = 0; i < plan.inputs().size(); i++) {
      inputs.add(buffer("in" + i, plan.inputs().get(i)));
    }
    for (int i = 0; i < plan.outputs().size(); i++) {
      outputs.add(buffer("out" + i, plan.outputs().get(i)));
    }
    parameters = Buffer.of("params", FloatArena.ELEMENT, parameterElements);
    scratch = Buffer.of("scratch", FloatArena.ELEMENT, FloatArena.elements(plan.memory().bytes() + privateBytes));
  }

  private static Buffer buffer(String name, Slot slot) {
    return Buffer.of(name, Encoded.inArguments(slot.element()), slot.layout().elements());
  }

  /** All of them, in order. */
  public List<Parameter> all() {
    List<Parameter> all = new ArrayList<>(buffers());
    all.add(workers);
    return all;
  }

  /** All but the number of workers. */
  public List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>(inputs);
    all.addAll(outputs);
    all.add(parameters);
    all.add(scratch);
    return all;
  }

  @Override
  public Buffer bufferOf(Slot slot) {
    return switch (slot.home()) {
      case INPUT -> inputs.get(slot.index());
      case OUTPUT -> outputs.get(slot.index());
      case CONSTANT -> parameters;
      case SCRATCH -> scratch;
    };
  }

  @Override
  public int start(Slot slot) {
    return switch (slot.home()) {
      case INPUT, OUTPUT -> 0;
      case CONSTANT -> constants.get(slot);
      case SCRATCH -> FloatArena.elements(plan.memory().offsets().get(slot));
    };
  }

  @Override
  public Buffer parameters() {
    return parameters;
  }

  public Buffer scratch() {
    return scratch;
  }

  public Var workers() {
    return workers;
  }
}
