package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Slot;
import dev.lowpass.codegen.tvm.Function;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What accumulates while steps are prepared: kernels by what they are, packed parameters, and the need for private
 * memory.
 */
final class Workshop {
  private final Machine machine;
  private final Parameters parameters = new Parameters();
  private final Map<Object, Function> kernels = new LinkedHashMap<>();
  private final Map<Slot, Integer> constants = new LinkedHashMap<>();
  private long privateElements;

  Workshop(Machine machine) {
    this.machine = machine;
  }

  Machine machine() {
    return machine;
  }

  Parameters parameters() {
    return parameters;
  }

  /**
   * The kernel described by {@code key}, made by {@code maker} from a fresh name if it is new. Equal keys share one.
   */
  Function kernel(String kind, Object key, java.util.function.Function<String, Function> maker) {
    Function known = kernels.get(key);
    if (known == null) {
      known = maker.apply("lowpass_" + kind + "_" + kernels.size());
      kernels.put(key, known);
    }
    return known;
  }

  List<Function> kernels() {
    return List.copyOf(kernels.values());
  }

  /** Offset of a constant operand in the parameters. */
  int constant(Slot slot, Supplier<float[]> values) {
    Integer known = constants.get(slot);
    if (known == null) {
      known = parameters.add(values.get());
      constants.put(slot, known);
    }
    return known;
  }

  Map<Slot, Integer> constants() {
    return constants;
  }

  /** Asks for at least {@code elements} of private memory for each worker. */
  void needPrivate(long elements) {
    privateElements = Math.max(privateElements, elements);
  }

  long privateElements() {
    return privateElements;
  }
}
