package dev.lowpass.codegen.cpu.choice;

import dev.lowpass.ir.Precision;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.ProductTile;
import dev.lowpass.passes.machine.RoundingUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The register tile of a product or a convolution: which two knobs say how large it is, and the sizes that suit a
 * machine.
 *
 * @param slabs vectors of outputs that there are
 * @param precision of what is multiplied
 */
public record TileKnobs(Machine machine, Knob rows, Knob vectors, int slabs, Precision precision) {
  /** Registers from which on accumulators, weights and a broadcast sample fit in large tiles. */
  private static final int MANY_REGISTERS = 32;

  private record Tile(int rows, int vectors) {}

  private static final List<Tile> FEW = List.of(new Tile(5, 1), new Tile(4, 1), new Tile(3, 2));

  private static final List<Tile> MORE = List.of(new Tile(7, 1), new Tile(3, 1), new Tile(2, 2));

  private static final List<Tile> FEW_LARGE = List.of(new Tile(9, 3), new Tile(6, 4), new Tile(12, 2));

  private static final List<Tile> MORE_LARGE =
      List.of(new Tile(7, 4), new Tile(8, 3), new Tile(7, 3), new Tile(10, 2), new Tile(7, 2), new Tile(28, 1));

  public static TileKnobs of(Machine machine, int slabs, Precision precision) {
    return new TileKnobs(machine, Knob.ROWS, Knob.VECTORS, slabs, precision);
  }

  public static TileKnobs ofProjection(Machine machine, int slabs, Precision precision) {
    return new TileKnobs(machine, Knob.PROJECT_ROWS, Knob.PROJECT_VECTORS, slabs, precision);
  }

  /** {@code choice} with the tile of products that multiply everything. */
  public Choice dense(Choice choice) {
    ProductTile tile = machine.tile(precision);
    return with(choice, tile.rows(), Math.min(tile.vectors(), slabs));
  }

  /** {@code choice} with the tile of products that leave out zeros. */
  public Choice skipping(Choice choice) {
    int most = machine.skipping().vectors(slabs);
    return with(choice, machine.skipping().rows(most), most);
  }

  private Choice with(Choice choice, int height, int width) {
    return choice.with(rows, height).with(vectors, width);
  }

  /** Adds tiles that fill the registers in other ways; there is one way to fill those of matrices. */
  public void addTo(Neighbours near, Breadth breadth) {
    if (precision == Precision.BFLOAT16 && machine.unit() == RoundingUnit.TILES) {
      return;
    }
    boolean large = machine.registers() >= MANY_REGISTERS;
    List<Tile> tiles = new ArrayList<>(large ? FEW_LARGE : FEW);
    if (breadth == Breadth.MANY) {
      tiles.addAll(large ? MORE_LARGE : MORE);
    }
    for (Tile tile : tiles) {
      if (tile.vectors <= slabs && near.centre().has(rows)) {
        near.add(with(near.centre(), tile.rows, tile.vectors));
      }
    }
  }
}
