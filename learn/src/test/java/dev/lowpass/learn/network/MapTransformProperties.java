package dev.lowpass.learn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.Drawn;
import dev.lowpass.learn.Slopes;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Blocks of all shapes, on maps that they divide and on others. */
class MapTransformProperties {
  private static final int PICTURES = 2;
  private static final int CHANNELS = 3;
  private static final float CLOSE = 1e-5f;

  record Case(Block block, CoefficientOrder order, int rows, int columns) {
    int samples() {
      return PICTURES * CHANNELS * rows * columns;
    }

    int coefficients() {
      return PICTURES * CHANNELS * block.count(rows, columns) * block.size();
    }

    Shape shape() {
      return new Shape(PICTURES, CHANNELS, rows, columns);
    }

    boolean divides() {
      return rows % block.height() == 0 && columns % block.width() == 0;
    }

    MapTransform transform(NDManager manager) {
      return MapTransform.of(manager, block, order, rows, columns);
    }

    Tensor interpreted(float[] samples) {
      String keep = new Bands(Collections.nCopies(CHANNELS, block.size())).toString();
      String text =
          """
          graph @g(%%x: f32[%d, %d, %d, %d]) -> (y = %%y) {
            %%y = dct %%x {block = %s, order = %s, keep = %s}
          }
          """
              .formatted(PICTURES, CHANNELS, rows, columns, block, order, keep);
      Map<String, Tensor> inputs = Map.of("x", Tensor.of(samples, PICTURES, CHANNELS, rows, columns));
      return Interpreter.run(IrText.parse(text, "dct.ir"), inputs).get("y");
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Integer> sides = Arbitraries.integers().between(1, 7);
    Arbitrary<Integer> extents = Arbitraries.integers().between(1, 15);
    return Combinators.combine(
            Combinators.combine(sides, sides).as(Block::new), Arbitraries.of(CoefficientOrder.class), extents, extents)
        .as(Case::new);
  }

  @Property(tries = 40)
  void coefficientsAreTheInterpreters(@ForAll("cases") Case given) {
    try (NDManager manager = TrainingEngine.newManager()) {
      float[] samples = Drawn.floats(given.samples(), 1);
      NDArray coefficients = given.transform(manager).forward(manager.create(samples, given.shape()));
      Tensor expected = given.interpreted(samples);
      assertThat(coefficients.getShape()).isEqualTo(Network.shape(expected.shape()));
      assertThat(coefficients.toFloatArray()).usingComparatorWithPrecision(CLOSE).containsExactly(expected.floats());
    }
  }

  @Property(tries = 40)
  void thereAndBackIsTheSameMap(@ForAll("cases") Case given) {
    try (NDManager manager = TrainingEngine.newManager()) {
      float[] samples = Drawn.floats(given.samples(), 1);
      MapTransform transform = given.transform(manager);
      NDArray back = transform.inverse(transform.forward(manager.create(samples, given.shape())));
      assertThat(back.getShape()).isEqualTo(given.shape());
      assertThat(back.toFloatArray()).usingComparatorWithPrecision(CLOSE).containsExactly(samples);
    }
  }

  @Property(tries = 20)
  void coefficientsHaveTheEnergyOfTheirSamples(@ForAll("cases") Case given) {
    try (NDManager manager = TrainingEngine.newManager()) {
      MapTransform transform = given.transform(manager);
      NDArray coefficients =
          manager.create(Drawn.floats(given.coefficients(), 1)).reshape(PICTURES, CHANNELS, -1, given.block().size());
      float energy = transform.inverse(coefficients).square().sum().getFloat();
      float all = coefficients.square().sum().getFloat();
      // Samples beyond the edge are cropped, and with them some of the energy.
      if (given.divides()) {
        assertThat(energy).isCloseTo(all, within(1e-4f * all));
      } else {
        assertThat(energy).isLessThan(all * 1.0001f);
      }
    }
  }

  /** Both directions are linear, so that differences over any step are exact. */
  @Property(tries = 15)
  void gradientsAreDifferences(@ForAll("cases") Case given) {
    try (NDManager manager = TrainingEngine.newManager()) {
      MapTransform transform = given.transform(manager);
      float[] samples = Drawn.floats(given.samples(), 1);
      float[] kept = Drawn.floats(given.coefficients(), 2);
      float[] direction = Drawn.floats(given.samples(), 3);
      Function<NDArray, NDArray> masked =
          x -> {
            NDArray coefficients = transform.forward(x);
            NDArray mask = manager.create(kept, coefficients.getShape());
            return transform.inverse(coefficients.mul(mask)).mul(manager.create(direction, given.shape())).sum();
          };
      NDArray x = manager.create(samples, given.shape());
      float[] gradient = Slopes.gradient(x, () -> masked.apply(x));
      double[] expected =
          Slopes.differences(samples, 1, changed -> masked.apply(manager.create(changed, given.shape())).getFloat());
      Slopes.assertAlike(gradient, expected, 1e-3);
    }
  }

  /** A training asks for it at every step. */
  @Example
  void leavesNothingBehind() {
    try (NDManager manager = TrainingEngine.newManager()) {
      MapTransform transform = MapTransform.of(manager, new Block(3, 2), CoefficientOrder.ZIGZAG, 7, 5);
      int before = manager.getManagedArrays().size();
      try (NDManager step = manager.newSubManager()) {
        transform.inverse(transform.forward(step.zeros(new Shape(1, 2, 7, 5))));
      }
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }
}
