package dev.lowpass.ir.op;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The orthonormal DCT-II of every block, X = D x Dᵀ, truncated: coefficients of channel c from {@code keep[c]} on are
 * set to zero. Operand: x [N, C, H, W], spatial.
 */
public record Dct(Block block, CoefficientOrder order, Optional<Bands> keep) implements BlockTransform, Truncating {
  static Dct parse(Attributes attributes) {
    return new Dct(attributes.block("block"), attributes.order("order"), attributes.bands("keep"));
  }

  @Override
  public String mnemonic() {
    return "dct";
  }

  @Override
  public Attributes attributes() {
    Attributes fixed =
        Attributes.none().with("block", new Attributes.Size(block)).with("order", new Attributes.Word(order.toString()));
    return keep.map(bands -> fixed.with("keep", new Attributes.Thresholds(bands))).orElse(fixed);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatialImage(operands.get(0));
    Bands bands = keep.orElseGet(() -> Bands.full(input.shape().dim(1), block.size()));
    return input.withDomain(new Domain.Frequency(block, order, bands));
  }

  @Override
  public Dct withKeep(Bands bands) {
    return new Dct(block, order, Optional.of(bands));
  }
}
