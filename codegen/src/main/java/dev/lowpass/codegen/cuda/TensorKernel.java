package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;

/** A product in bfloat16 on tensor cores; {@link TensorItem} is what a work-item of it does. */
record TensorKernel(Product product, TensorTile tile, ProductTiles tiles, int table, int weights, int bias)
    implements DeviceKernel {
  static TensorKernel of(Parameters parameters, Product product) {
    Layout.Slabbed rows = product.rows();
    TensorTile tile = TensorTile.of((long) rows.rows() * rows.batch(), product.lanes());
    ProductTiles tiles = ProductTiles.of(rows, product.bands(), tile.rows());
    return new TensorKernel(
        product,
        tile,
        tiles,
        parameters.add(tiles.words()),
        parameters.add(product.roundedPanels(tile)),
        parameters.add(product.biases(tile.channels())));
  }

  @Override
  public Grid grid() {
    return Grid.of(tiles.tiles(), Math.ceilDiv(product.lanes(), tile.channels()), 1, tile.items(), 1);
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    ProductTiles.Place rows = tiles.place(code, memory.parameters(table), place.groupX());
    new TensorItem(code, this, memory, place, rows).write(code);
  }
}
