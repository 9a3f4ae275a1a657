package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * The mean of every channel's map: [N, C, H, W] to [N, C, 1, 1], spatial. Of coefficients whose blocks divide the map
 * it reads DC.
 */
public record GlobalAveragePool() implements Pool {
  @Override
  public String mnemonic() {
    return "global_average_pool";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.floating(Operands.image(operands.get(0)));
    int height = input.shape().dim(2);
    int width = input.shape().dim(3);
    if (!input.isSpatial() && !input.frequency().block().divides(height, width)) {
      throw new IllegalArgumentException("blocks of " + input + " do not divide its map, so DC is not the mean");
    }
    return TensorType.spatial(input.element(), input.shape().with(2, 1).with(3, 1));
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.DC;
  }
}
