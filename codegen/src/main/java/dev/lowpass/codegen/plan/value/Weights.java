package dev.lowpass.codegen.plan.value;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Tensor;

/**
 * Constants that a step multiplies by or adds, in the order of the operator that has them. An emitter packs them as its
 * kernels read them.
 */
public final class Weights {
  /** None at all: a bias that is not there. */
  public static final Weights NONE = new Weights(Tensor.of(new float[0], 0));

  private final Tensor values;

  private Weights(Tensor values) {
    this.values = values;
  }

  public static Weights of(Tensor values) {
    return new Weights(values);
  }

  public ElementType element() {
    return values.type().element();
  }

  /** How many there are. */
  public int count() {
    return Math.toIntExact(values.shape().elements());
  }

  /** What they take as they are. */
  public long bytes() {
    return (long) count() * element().bytes();
  }

  /** Not to be changed: no copy is made. */
  public float[] floats() {
    return values.floats();
  }

  /** Whether none is infinite or NaN, so that zero times any of them is zero. */
  public boolean areFinite() {
    boolean finite = true;
    for (float value : floats()) {
      finite &= Float.isFinite(value);
    }
    return finite;
  }
}
