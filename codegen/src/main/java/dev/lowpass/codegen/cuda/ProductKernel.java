package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;

/**
 * A product. What a work-item of it does is up to the tile: {@link ProductItem} in register tiles, {@link TensorItem} on
 * tensor cores.
 */
record ProductKernel(Product product, Tile tile, ProductTiles tiles, int table, int weights, int bias)
    implements DeviceKernel {
  static ProductKernel of(Parameters parameters, Product product) {
    Layout.Slabbed map = product.rows();
    long rows = (long) map.rows() * map.batch();
    Tile tile =
        switch (product.precision()) {
          case FLOAT32 ->
              product.pooled()
                  ? ProductTile.pooled(map.batch(), product.lanes())
                  : ProductTile.of(rows, product.lanes());
          case TF32, FLOAT16, BFLOAT16 -> TensorTile.of(product.precision(), rows, product.lanes());
        };
    ProductTiles tiles =
        product.pooled()
            ? ProductTiles.ofImages(map, product.bands().getFirst())
            : ProductTiles.of(map, product.bands(), tile.rows());
    int table = parameters.add(tiles.words());
    int weights =
        switch (tile) {
          case ProductTile single -> parameters.add(product.panels(single));
          case TensorTile rounded -> parameters.add(product.roundedPanels(rounded));
        };
    return new ProductKernel(
        product, tile, tiles, table, weights, parameters.add(product.biases(tile.channels())));
  }

  @Override
  public Grid grid() {
    return Grid.of(tiles.tiles(), Math.ceilDiv(product.lanes(), tile.channels()), 1, tile.items(), 1);
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    ProductTiles.Place rows = tiles.place(code, memory.parameters(table), place.groupX());
    switch (tile) {
      case ProductTile single -> new ProductItem(code, this, single, memory, place, rows).write(code);
      case TensorTile rounded -> new TensorItem(code, this, rounded, memory, place, rows).write(code);
    }
  }
}
