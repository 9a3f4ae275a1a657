package dev.lowpass.testsuite.kernel;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fused kernel around a depthwise convolution, either end spatial or not. */
class SpectralDepthwiseTest {
  private static final Clip RELU6 = new Clip(0, 6);

  /** What the bands of the transforms are: of few coefficients, of any, of all. */
  private enum Keep {
    DC,
    MIXED,
    FULL
  }

  private static Bands bands(Sketch sketch, Keep keep, int channels, Block block) {
    return switch (keep) {
      case DC -> Bands.full(channels, 1);
      case MIXED -> sketch.fallingBands(channels, block.size());
      case FULL -> Bands.full(channels, block.size());
    };
  }

  @ParameterizedTest
  @CsvSource({"7, 7, 1", "8, 8, 1", "3, 5, 1", "14, 14, 1", "4, 4, 2", "2, 3, 2"})
  void blocksAndStrides(int height, int width, int stride) {
    Block block = new Block(height, width);
    Sketch sketch = new Sketch("blocks");
    Value x = sketch.input(1, 20, 2 * height * stride, height == 14 ? 14 : 2 * width * stride);
    sketch.output(block(sketch, x, Keep.MIXED, block, stride));
    CompiledGraph.assertComputes(sketch.graph());
  }

  @ParameterizedTest
  @EnumSource
  void bands(Keep keep) {
    for (Block block : List.of(new Block(4, 4), new Block(6, 6))) {
      Sketch sketch = new Sketch("bands");
      Value x = sketch.input(1, 20, 2 * block.height(), 2 * block.width());
      CompiledGraph.assertComputes(sketch.output(block(sketch, x, keep, block, 1)).graph());
    }
  }

  /** Coefficients to coefficients: expansion, nonlinearity, depthwise, nonlinearity, projection. */
  private static Value block(Sketch sketch, Value x, Keep keep, Block block, int stride) {
    Value narrow = sketch.dct(x, block, CoefficientOrder.ZIGZAG, bands(sketch, keep, 20, block));
    Value expanded = sketch.op(RELU6, sketch.op(new Idct(), sketch.pointwise(narrow, 40)));
    Value active = sketch.op(RELU6, depthwise(sketch, expanded, stride));
    Value wide = sketch.dct(active, block, CoefficientOrder.ZIGZAG, bands(sketch, keep, 40, block));
    return sketch.op(new Idct(), sketch.pointwise(wide, 20));
  }

  @ParameterizedTest
  @EnumSource
  void ordersAndImages(CoefficientOrder order) {
    Block block = new Block(5, 5);
    Sketch sketch = new Sketch("orders");
    Value x = sketch.input(2, 24, 10, 10);
    Value narrow = sketch.dct(x, block, order, sketch.fallingBands(24, 25));
    Value expanded = sketch.op(RELU6, sketch.op(new Idct(), sketch.pointwise(narrow, 50)));
    Value active = sketch.op(new Relu(), depthwise(sketch, expanded, 1));
    Value wide = sketch.dct(active, block, order, sketch.fallingBands(50, 25));
    sketch.output(sketch.op(new Idct(), sketch.pointwise(wide, 24)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Coefficients that somebody else reads than a product: they must be exactly zero beyond the band. */
  @ParameterizedTest
  @EnumSource
  void exactBands(Keep keep) {
    Block block = new Block(4, 4);
    Sketch sketch = new Sketch("exact");
    Value x = sketch.input(2, 20, 8, 8);
    Value alone = sketch.dct(depthwise(sketch, x, 1), block, CoefficientOrder.ZIGZAG, bands(sketch, keep, 20, block));
    sketch.output(sketch.op(new Idct(), alone));
    Value expanded = sketch.op(new HardSwish(), sketch.pointwise(x, 40));
    Bands unsorted = sketch.anyBands(40, block.size());
    Value wide = sketch.dct(depthwise(sketch, expanded, 1), block, CoefficientOrder.SQUARE, unsorted);
    sketch.output(sketch.op(new Idct(), sketch.pointwise(wide, 20))).output(sketch.op(new Idct(), wide));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /**
   * A spatial expansion before a forward transform, at both strides; and an inverse transform before a spatial result.
   */
  @ParameterizedTest
  @CsvSource({"14, 14, 1, 2", "28, 14, 2, 1", "42, 35, 1, 1"})
  void oneEndSpatial(int height, int width, int stride, int batch) {
    Block block = new Block(7, 7);
    Sketch sketch = new Sketch("one");
    Value x = sketch.input(batch, 12, height, width);
    Value active = sketch.op(RELU6, depthwise(sketch, sketch.op(RELU6, sketch.pointwise(x, 40)), stride));
    Value wide = sketch.dct(active, block, CoefficientOrder.ZIGZAG, sketch.fallingBands(40, 49));
    sketch.output(sketch.op(new Idct(), sketch.pointwise(wide, 12)));
    Value narrow = sketch.dct(x, block, CoefficientOrder.ZIGZAG, sketch.fallingBands(12, 49));
    Value expanded = sketch.op(RELU6, sketch.op(new Idct(), sketch.pointwise(narrow, 33)));
    sketch.output(sketch.op(RELU6, depthwise(sketch, expanded, stride)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /**
   * Maps of several rows of blocks, inverted one row at a time: with a residual in coefficients or a spatial result, of
   * two images.
   */
  @ParameterizedTest
  @CsvSource({"28, 1, 3", "56, 2, 3", "35, 1, 5", "28, 2, 5"})
  void rowsOfBlocks(int height, int stride, int kernel) {
    Block block = new Block(7, 7);
    Sketch sketch = new Sketch("rows");
    Value x = sketch.input(2, 12, height, 14);
    Value narrow = sketch.dct(x, block, CoefficientOrder.SQUARE, sketch.fallingBands(12, 49));
    Value expanded = sketch.op(RELU6, sketch.op(new Idct(), sketch.pointwise(narrow, 48)));
    Value filter = sketch.constant(48, kernel, kernel);
    Value deep = sketch.op(new Depthwise(Window.of(kernel, stride, kernel / 2)), expanded, filter);
    Value active = sketch.op(RELU6, deep);
    if (height / stride % 7 == 0 && 14 / stride % 7 == 0) {
      Value wide = sketch.dct(active, block, CoefficientOrder.SQUARE, sketch.fallingBands(48, 49));
      Value projected = sketch.pointwise(wide, 12);
      Value sum = stride == 1 ? sketch.op(Binary.add(), projected, narrow) : projected;
      sketch.output(sketch.op(new Idct(), sum));
    } else {
      sketch.output(active);
    }
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Blocks of one row, which whole chunks of a map could be made of, but are not. */
  @Test
  void blocksOfOneRow() {
    Sketch sketch = new Sketch("flat");
    Value x = sketch.input(1, 12, 64, 56);
    Value narrow = sketch.dct(x, new Block(1, 7), CoefficientOrder.SQUARE, sketch.fallingBands(12, 7));
    Value expanded = sketch.op(RELU6, sketch.op(new Idct(), sketch.pointwise(narrow, 20)));
    Value deep = sketch.op(new Depthwise(Window.of(3, 1, 1)), expanded, sketch.constant(20, 3, 3));
    sketch.output(sketch.op(RELU6, deep));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /**
   * As in MobileNetV1: every layer is wide, and each product's result passes a nonlinearity and a depthwise
   * convolution.
   */
  @ParameterizedTest
  @CsvSource({"7, 7", "8, 6"})
  void everyLayerWide(int height, int width) {
    Block block = new Block(height, width);
    Sketch sketch = new Sketch("v1");
    Value value = sketch.input(1, 24, 2 * height, 2 * width);
    for (int layer = 0; layer < 2; layer++) {
      Value f = sketch.dct(value, block, CoefficientOrder.ZIGZAG, sketch.fallingBands(24, block.size()));
      value = sketch.op(RELU6, sketch.op(new Idct(), sketch.pointwise(f, 24)));
      value = sketch.op(RELU6, depthwise(sketch, value, 1));
    }
    sketch.output(value);
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** No fused kernel takes blocks that do not divide the map: transforms of their own do, around it. */
  @ParameterizedTest
  @CsvSource({"9, 10", "15, 13"})
  void mapsThatBlocksDoNotDivide(int height, int width) {
    Block block = new Block(4, 4);
    Sketch sketch = new Sketch("ragged");
    Value x = sketch.input(1, 20, height, width);
    Value narrow = sketch.dct(x, block, CoefficientOrder.ZIGZAG, sketch.fallingBands(20, 16));
    Value expanded = sketch.op(RELU6, sketch.op(new Idct(), sketch.pointwise(narrow, 40)));
    Value active = sketch.op(RELU6, depthwise(sketch, expanded, 1));
    Value wide = sketch.dct(active, block, CoefficientOrder.ZIGZAG, sketch.fallingBands(40, 16));
    sketch.output(sketch.op(new Idct(), sketch.pointwise(wide, 20)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** 5x5 filters, and the bands of the expansion limited by their reader instead of the transform. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2"})
  void fiveByFive(int stride, int pad) {
    Block block = new Block(7, 7);
    Sketch sketch = new Sketch("five");
    Value x = sketch.input(1, 16, 14 * stride, 14 * stride);
    Value narrow = sketch.dct(x, block, CoefficientOrder.ZIGZAG, Bands.full(16, 49));
    Value expanded = sketch.op(new HardSwish(), sketch.op(new Idct(), sketch.pointwise(narrow, 32)));
    Value filter = sketch.constant(32, 5, 5);
    Value active = sketch.op(new HardSwish(), sketch.op(new Depthwise(Window.of(5, stride, pad)), expanded, filter));
    Value wide = sketch.dct(active, block, CoefficientOrder.ZIGZAG, sketch.fallingBands(32, 49));
    sketch.output(sketch.op(new Idct(), sketch.pointwise(wide, 16)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  private static Value depthwise(Sketch sketch, Value value, int stride) {
    int channels = value.type().shape().dim(1);
    Value filter = sketch.constant(channels, 3, 3);
    return sketch.op(new Depthwise(Window.of(3, stride, 1)), value, filter, sketch.constant(channels));
  }
}
