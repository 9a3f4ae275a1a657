package dev.lowpass.testsuite.kernel;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Relu;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transforms that stand alone: block shapes, orders, truncation, and maps that blocks do not divide. */
class TransformKernelsTest {
  /** From one coefficient to all of them; one transform for each of some lengths. */
  @ParameterizedTest
  @CsvSource({"7, 7", "4, 4", "8, 8", "6, 6", "3, 5", "5, 3", "14, 14", "1, 4", "4, 1", "1, 1"})
  void lengths(int height, int width) {
    Block block = new Block(height, width);
    Sketch sketch = new Sketch("lengths");
    Value x = sketch.input(1, 18, 2 * height, 3 * width);
    int step = Math.max(1, block.size() / 3);
    for (int keep = block.size(); keep > 0; keep -= step) {
      Value f = sketch.dct(x, block, CoefficientOrder.ZIGZAG, Bands.full(18, keep));
      sketch.output(sketch.op(new Idct(), f));
    }
    CompiledGraph.assertComputes(sketch.graph());
  }

  @ParameterizedTest
  @EnumSource
  void ordersAndBands(CoefficientOrder order) {
    for (Block block : new Block[] {new Block(7, 7), new Block(3, 5)}) {
      Sketch sketch = new Sketch("orders");
      Value x = sketch.input(2, 35, 2 * block.height(), block.width());
      sketch.output(sketch.op(new Idct(), sketch.dct(x, block, order, sketch.anyBands(35, block.size()))));
      sketch.output(sketch.op(new Idct(), sketch.dct(x, block, order, sketch.fallingBands(35, block.size()))));
      sketch.output(sketch.op(new Idct(), sketch.dct(x, block, order, Bands.full(35, 0))));
      CompiledGraph.assertComputes(sketch.graph());
    }
  }

  /** The map is continued by its edge and cropped again, so cutting frequencies shows the continuation. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 13})
  void mapsThatBlocksDoNotDivide(int side) {
    Block block = new Block(7, 4);
    Sketch sketch = new Sketch("ragged");
    Value x = sketch.input(2, 17, side, side + 3);
    Value f = sketch.dct(x, block, CoefficientOrder.ZIGZAG, sketch.anyBands(17, block.size()));
    sketch.output(sketch.op(new Idct(), f));
    Value product = sketch.pointwise(sketch.dct(x, block, CoefficientOrder.DIAGONAL, sketch.fallingBands(17, 20)), 20);
    sketch.output(sketch.op(new Clip(0, 6), sketch.op(new Idct(), product)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "9, 7"})
  void inverseWithResidualAndActivation(int height, int width) {
    Block block = new Block(4, 4);
    Sketch sketch = new Sketch("residual");
    Value f = sketch.dct(sketch.input(2, 20, height, width), block, CoefficientOrder.ZIGZAG, Bands.full(20, 6));
    Value residual = sketch.input(2, 20, height, width);
    sketch.output(sketch.op(new Relu(), sketch.op(Binary.add(), residual, sketch.op(new Idct(), f))));
    sketch.output(sketch.op(Binary.add(), sketch.op(new Idct(), f), residual));
    sketch.output(sketch.op(new Clip(-1, 1), sketch.op(new Idct(), f)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Many blocks in few slabs: workers share the rows of blocks of one slab. */
  @ParameterizedTest
  @ValueSource(ints = {3, 130})
  void manyBlocks(int channels) {
    Block block = new Block(7, 7);
    Sketch sketch = new Sketch("many");
    Value f = sketch.dct(sketch.input(1, channels, 56, 49), block, CoefficientOrder.ZIGZAG, Bands.full(channels, 30));
    sketch.output(sketch.op(new Idct(), f));
    CompiledGraph.assertComputes(sketch.graph());
  }
}
