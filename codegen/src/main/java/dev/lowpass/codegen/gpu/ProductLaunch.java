package dev.lowpass.codegen.gpu;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.ArrayList;
import java.util.List;

/** A banded or dense product: tiles of rows that lie inside one band, times panels of output channels. */
final class ProductLaunch implements Launch {
  private static final int MOST_ROWS_AN_ITEM = 4;
  private static final int MOST_VECTORS = 4;

  /** Groups that keep a large device busy: below, tiles are made smaller. */
  private static final int GROUPS_WANTED = 128;

  private final ProductStep step;
  private final Layout.Slabbed input;
  private final Layout.Slabbed output;
  private final int vectors;
  private final int panels;
  private final int rowsAnItem;
  private final int tiles;
  private final int table;
  private final int weights;
  private final int bias;

  private ProductLaunch(Parameters parameters, ProductStep step) {
    this.step = step;
    this.input = step.input().slabbed();
    this.output = step.output().slabbed();
    this.vectors = Math.min(MOST_VECTORS, output.slabs());
    this.panels = Math.ceilDiv(output.slabs(), vectors);
    this.rowsAnItem = rowsAnItem();
    int[] words = tiles(rowsAnItem);
    this.tiles = words.length / DeviceProduct.TILE_WORDS;
    this.table = parameters.add(words);
    int outputs = panels * vectors * LANES;
    this.weights = parameters.add(Packing.panels(padded(), outputs, input.slabs() * LANES, vectors));
    this.bias = parameters.add(Packing.slabs(step.bias().floats(), outputs));
  }

  static Launch prepare(Parameters parameters, ProductStep step) {
    return new ProductLaunch(parameters, step);
  }

  private int rowsAnItem() {
    int rows = MOST_ROWS_AN_ITEM;
    while (rows > 1 && tiles(rows).length / DeviceProduct.TILE_WORDS * panels * input.batch() < GROUPS_WANTED) {
      rows /= 2;
    }
    return rows;
  }

  private int[] tiles(int rows) {
    int tileRows = rows * DeviceProduct.THREAD_ROWS;
    List<Integer> words = new ArrayList<>();
    for (Band band : step.bands()) {
      int end = band.to() * input.rowsOfGroup();
      for (int row = band.from() * input.rowsOfGroup(); row < end; row += tileRows) {
        words.addAll(List.of(row, Math.min(row + tileRows, end), band.channels()));
      }
    }
    return words.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The weight with zeros for outputs up to a whole panel and for channels up to a whole slab. */
  private float[] padded() {
    int channels = input.slabs() * LANES;
    float[] padded = new float[panels * vectors * LANES * channels];
    for (int m = 0; m < step.outputs(); m++) {
      System.arraycopy(step.weight().floats(), m * step.channels(), padded, m * channels, step.channels());
    }
    return padded;
  }

  @Override
  public DeviceProduct kernel() {
    return new DeviceProduct(
        step.input().isCoefficients(), step.residual().isPresent(), step.activation(), vectors, rowsAnItem);
  }

  @Override
  public LaunchNumbers<Integer> numbers(Arguments arguments) {
    Slot added = step.residual().orElse(step.output());
    return LaunchNumbers.<Integer>none()
        .with("input", arguments.start(step.input()))
        .with("residual", arguments.start(added))
        .with("output", arguments.start(step.output()))
        .with("images", input.batch())
        .with("panels", panels)
        .with("tiles", tiles)
        .with("table", table)
        .with("weights", weights)
        .with("bias", bias)
        .with("rows", input.rows())
        // The means of the blocks.
        .with("biasRows", step.input().isCoefficients() ? input.rowsOfGroup() : 0)
        .with("inputSlabs", input.slabs())
        .with("outputSlabs", output.slabs());
  }

  @Override
  public void write(Code code, Arguments arguments, LaunchNumbers<Expr> numbers) {
    kernel().write(code, arguments, numbers);
  }
}
