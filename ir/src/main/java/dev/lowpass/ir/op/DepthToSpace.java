package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Channels become blocks of the map, ONNX's DepthToSpace: [N, C · block², H, W] to [N, C, H · block, W · block].
 *
 * @param together whether the samples of a block are channels next to each other (ONNX's CRD: channel c · block² + place
 *     in the block), or those of one place of all channels are (DCR: channel place · C + c)
 */
public record DepthToSpace(int block, boolean together) implements Rearrangement {
  public DepthToSpace {
    if (block < 1 || block > 1 << 15) {
      throw new IllegalArgumentException("blocks are 1 or more on a side, not " + block);
    }
  }

  static DepthToSpace parse(Attributes attributes) {
    return new DepthToSpace(attributes.whole("block"), attributes.flag("together", false));
  }

  @Override
  public String mnemonic() {
    return "depth_to_space";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("block", block).with("together", together, false);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatialImage(operands.get(0));
    Shape shape = input.shape();
    if (shape.dim(1) % (block * block) != 0) {
      throw new IllegalArgumentException("blocks of %dx%d for the channels of %s".formatted(block, block, input));
    }
    return input.withShape(
        Shape.of(
            shape.dim(0),
            shape.dim(1) / (block * block),
            Math.multiplyExact(shape.dim(2), block),
            Math.multiplyExact(shape.dim(3), block)));
  }

  /** The channel that has the sample at {@code place} of a block, counted row by row, of one of {@code channels}. */
  public int source(int channel, int place, int channels) {
    return together ? channel * block * block + place : place * channels + channel;
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.PLACED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }

  @Override
  public boolean movesNothing(TensorType input) {
    return block == 1;
  }

  @Override
  public Optional<Rearrangement> after(Rearrangement earlier) {
    return Optional.empty();
  }
}
