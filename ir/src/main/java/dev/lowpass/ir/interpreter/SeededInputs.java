package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;

/** Inputs to compare two graphs on: pseudo-random, the same for the same seed on every machine. */
public final class SeededInputs {
  private SeededInputs() {}

  /**
   * A tensor of its storage shape for every input, in order: numbers from -1 to 1, zero where the type knows
   * coefficients to be zero; integers and booleans are 0 or 1.
   */
  public static SequencedMap<String, Tensor> of(Graph graph, long seed) {
    Random random = new Random(seed);
    SequencedMap<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      inputs.put(input.name(), of(input.type(), random));
    }
    return inputs;
  }

  private static Tensor of(TensorType type, Random random) {
    Shape shape = Numbers.storageShape(type);
    double[] values = new double[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.element().isFloating() ? random.nextFloat(-1, 1) : random.nextInt(2);
    }
    Numbers numbers = new Numbers(type, values);
    return switch (type.domain()) {
      case Domain.Spatial spatial -> numbers.toTensor();
      case Domain.Frequency frequency -> numbers.truncated(frequency.bands()).toTensor();
    };
  }
}
