package dev.lowpass.ir;

/** What a tensor's elements are: samples of a map, or coefficients of its block transform. */
public sealed interface Domain {
  /** Samples, the ordinary meaning. */
  Domain SPATIAL = new Spatial();

  /** Samples of a map. Prints as nothing. */
  record Spatial() implements Domain {
    @Override
    public String toString() {
      return "spatial";
    }
  }

  /**
   * Coefficients of the orthonormal DCT-II of every block of an image tensor {@code [N, C, H, W]}; the shape stays that
   * of the map. Where blocks do not divide the map, it is padded by repeating its last row and column, and cropped by
   * the inverse.
   *
   * @param bands upper bounds: coefficients of channel c beyond {@code bands.of(c)} are known to be zero
   */
  record Frequency(Block block, CoefficientOrder order, Bands bands) implements Domain {
    public Frequency {
      for (int kept : bands.keep()) {
        if (kept > block.size()) {
          throw new IllegalArgumentException(
              "band of %d coefficients, but a %s block has %d; thresholds are 0..%d"
                  .formatted(kept, block, block.size(), block.size()));
        }
      }
    }

    public Frequency withBands(Bands changed) {
      return new Frequency(block, order, changed);
    }

    /** Whether both lie on the same block grid with the same numbering, so that they may be added. */
    public boolean sameGrid(Frequency other) {
      return block.equals(other.block) && order == other.order;
    }

    @Override
    public String toString() {
      return "dct<" + block + ", " + order + (bands.isFull(block.size()) ? "" : ", " + bands) + ">";
    }
  }
}
