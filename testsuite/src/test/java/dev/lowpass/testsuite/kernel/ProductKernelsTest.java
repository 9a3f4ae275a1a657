package dev.lowpass.testsuite.kernel;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dense and banded products: remainders of rows, channels and outputs, epilogues, and every kind of staircase. */
class ProductKernelsTest {
  private static final Block BLOCK = new Block(4, 4);
  private static final List<Integer> WIDTHS = List.of(1, 3, 16, 17, 24, 40);

  /** 35 rows an image: two register tiles of 14 and a rest, or five of 6 and a rest. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 17, 24, 40})
  void dense(int channels) {
    Sketch sketch = new Sketch("dense");
    Value x = sketch.input(2, channels, 5, 7);
    WIDTHS.forEach(outputs -> sketch.output(sketch.pointwise(x, outputs)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 13", "2, 7", "3, 5", "14, 14", "1, 29"})
  void rowRemainders(int height, int width) {
    Sketch sketch = new Sketch("rows");
    Value x = sketch.input(1, 20, height, width);
    sketch.output(sketch.pointwise(x, 33)).output(sketch.op(new Relu(), sketch.pointwise(x, 100)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  @Test
  void epilogues() {
    Sketch sketch = new Sketch("epilogues");
    Value x = sketch.input(2, 24, 6, 6);
    Value residual = sketch.input(2, 40, 6, 6);
    Value plain = sketch.op(Pointwise.dense(), x, sketch.constant(40, 24));
    sketch.output(sketch.op(new Clip(0, 6), sketch.pointwise(x, 40)));
    sketch.output(sketch.op(Binary.add(), plain, residual));
    sketch.output(sketch.op(new Relu(), sketch.op(Binary.add(), residual, sketch.pointwise(x, 40))));
    sketch.output(sketch.op(new Relu(), sketch.op(new HardSwish(), sketch.pointwise(x, 40))));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** The sum of two products: one is the other's residual. And a product added to itself, which is no residual. */
  @Test
  void sumsOfProducts() {
    Sketch sketch = new Sketch("sums");
    Value x = sketch.input(1, 17, 5, 5);
    sketch.output(sketch.op(Binary.add(), sketch.pointwise(x, 20), sketch.pointwise(x, 20)));
    Value product = sketch.pointwise(x, 20);
    sketch.output(sketch.op(Binary.add(), product, product));
    Value chained = sketch.pointwise(x, 20);
    Value sum = sketch.op(Binary.add(), chained, sketch.pointwise(chained, 20));
    sketch.output(sum).output(sketch.op(Binary.add(), sum, sketch.pointwise(sum, 20)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** One row an image of many channels, as after a global average pool: one tile of images, or more. */
  @ParameterizedTest
  @CsvSource({"1, 320, 10", "1, 64, 257", "2, 64, 257", "14, 64, 257", "17, 64, 257", "1, 1, 1"})
  void singleRows(int batch, int channels, int outputs) {
    Sketch sketch = new Sketch("single");
    Value x = sketch.input(batch, channels, 1, 1);
    sketch.output(sketch.pointwise(x, outputs));
    CompiledGraph.assertComputes(sketch.graph());
  }

  private enum Staircase {
    NOTHING,
    DC_ALONE,
    FULL,
    FALLING,
    UNSORTED
  }

  private static Bands bands(Sketch sketch, Staircase staircase, int channels) {
    return switch (staircase) {
      case NOTHING -> Bands.full(channels, 0);
      case DC_ALONE -> Bands.full(channels, 1);
      case FULL -> Bands.full(channels, BLOCK.size());
      case FALLING -> sketch.fallingBands(channels, BLOCK.size());
      case UNSORTED -> sketch.anyBands(channels, BLOCK.size());
    };
  }

  /** Truncated where the coefficients are made. The bias is there even if nothing is kept. */
  @ParameterizedTest
  @EnumSource
  void bandedByTheTransform(Staircase staircase) {
    Sketch sketch = new Sketch("banded");
    Value x = sketch.input(2, 40, 8, 12);
    Value narrow = sketch.input(1, 3, 8, 8);
    for (int outputs : List.of(3, 24)) {
      Value f = sketch.dct(x, BLOCK, CoefficientOrder.ZIGZAG, bands(sketch, staircase, 40));
      sketch.output(sketch.op(new Idct(), sketch.pointwise(f, outputs)));
    }
    Value f = sketch.dct(narrow, BLOCK, CoefficientOrder.SQUARE, bands(sketch, staircase, 3));
    sketch.output(sketch.op(new Idct(), sketch.pointwise(f, 17)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Two products read different bands of one transform; neither may see more than it asked for. */
  @ParameterizedTest
  @EnumSource
  void bandedByTheReader(Staircase staircase) {
    Sketch sketch = new Sketch("limited");
    Value x = sketch.input(1, 40, 8, 8);
    Value f = sketch.dct(x, BLOCK, CoefficientOrder.ZIGZAG, Bands.full(40, BLOCK.size()));
    for (int i = 0; i < 2; i++) {
      BandLimit limit = new BandLimit(BLOCK, CoefficientOrder.ZIGZAG, bands(sketch, staircase, 40));
      Value product = sketch.op(Pointwise.limited(limit), f, sketch.constant(24, 40), sketch.constant(24));
      sketch.output(sketch.op(new Idct(), product));
    }
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** A linear bottleneck's edge: projection, residual add and next expansion, all on coefficients. */
  @ParameterizedTest
  @EnumSource
  void chainsOfBandedProducts(Staircase staircase) {
    Sketch sketch = new Sketch("chain");
    Value wide = sketch.dct(sketch.input(2, 40, 8, 8), BLOCK, CoefficientOrder.ZIGZAG, bands(sketch, staircase, 40));
    Value stream = sketch.dct(sketch.input(2, 24, 8, 8), BLOCK, CoefficientOrder.ZIGZAG, Bands.full(24, 9));
    Value projected = sketch.op(Binary.add(), sketch.pointwise(wide, 24), stream);
    BandLimit limit = new BandLimit(BLOCK, CoefficientOrder.ZIGZAG, bands(sketch, staircase, 24));
    Value expanded = sketch.op(Pointwise.limited(limit), projected, sketch.constant(40, 24), sketch.constant(40));
    sketch.output(sketch.op(new Idct(), projected)).output(sketch.op(new Idct(), expanded));
    CompiledGraph.assertComputes(sketch.graph());
  }
}
