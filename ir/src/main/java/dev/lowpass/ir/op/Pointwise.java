package dev.lowpass.ir.op;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * A 1x1 convolution: y[n,o,·] = Σ_c w[o,c] x[n,c,·] + b[o]. Operands: x [N, C, H, W], w [M, C], optionally b [M].
 *
 * <p>On coefficients the bias becomes sqrt(block size) · b[o] at DC alone, and {@code limit} says how much is read:
 * coefficient j of channel c counts as zero from j = keep[c] on (arXiv:2109.07707, section 3). On spatial data {@code
 * limit} is an annotation that waits for the transform and changes nothing.
 *
 * @param precision in which x and w are multiplied, x as samples or as coefficients
 */
public record Pointwise(Optional<BandLimit> limit, Precision precision) implements Layer, Truncating {
  public static Pointwise dense() {
    return new Pointwise(Optional.empty(), Precision.FLOAT32);
  }

  public static Pointwise limited(BandLimit limit) {
    return dense().with(Optional.of(limit));
  }

  /** This one, with {@code other} in place of its own limit. */
  public Pointwise with(Optional<BandLimit> other) {
    return new Pointwise(other, precision);
  }

  public Pointwise with(Precision other) {
    return new Pointwise(limit, other);
  }

  static Pointwise parse(Attributes attributes) {
    return new Pointwise(
        attributes.bands("keep").map(keep -> new BandLimit(attributes.block("block"), attributes.order("order"), keep)),
        attributes.precision());
  }

  @Override
  public String mnemonic() {
    return "pointwise";
  }

  @Override
  public Attributes attributes() {
    return limit.map(Pointwise::attributes).orElse(Attributes.none()).with(precision);
  }

  private static Attributes attributes(BandLimit limit) {
    return Attributes.none()
        .with("block", new Attributes.Size(limit.block()))
        .with("order", new Attributes.Word(limit.order().toString()))
        .with("keep", new Attributes.Thresholds(limit.keep()));
  }

  /** The bands that this product reads of coefficients of type {@code input}: what is kept and not known to be zero. */
  public Bands reads(TensorType input) {
    Bands known = input.frequency().bands();
    return limit.map(limit -> Bands.intersection(limit.keep(), known)).orElse(known);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 2, 3);
    TensorType input = Operands.floating(Operands.image(operands.get(0)));
    TensorType weight = Operands.floating(Operands.spatial(operands.get(1)));
    if (weight.shape().rank() != 2 || weight.shape().dim(1) != input.shape().dim(1)) {
      throw new IllegalArgumentException(
          "weight %s for an input of %d channels; it is [outputs, channels]".formatted(weight, input.shape().dim(1)));
    }
    int outputs = weight.shape().dim(0);
    Operands.bias(operands, 2, outputs);
    limit.ifPresent(limit -> check(limit, input));
    Domain domain =
        switch (input.domain()) {
          case Domain.Spatial spatial -> spatial;
          case Domain.Frequency frequency -> {
            int longest = Math.max(reads(input).longest(), operands.size() > 2 ? 1 : 0);
            yield frequency.withBands(Bands.full(outputs, longest));
          }
        };
    return new TensorType(input.element(), input.shape().with(1, outputs), domain);
  }

  private static void check(BandLimit limit, TensorType input) {
    if (limit.keep().channels() != input.shape().dim(1)) {
      throw new IllegalArgumentException(
          "keep of %d channels for an input of %d channels".formatted(limit.keep().channels(), input.shape().dim(1)));
    }
    if (input.domain() instanceof Domain.Frequency frequency
        && !frequency.sameGrid(new Domain.Frequency(limit.block(), limit.order(), limit.keep()))) {
      throw new IllegalArgumentException(
          "keep counts %s blocks in %s order, its input is in %s".formatted(limit.block(), limit.order(), frequency));
    }
  }

  @Override
  public Optional<Bands> keep() {
    return limit.map(BandLimit::keep);
  }

  @Override
  public Pointwise withKeep(Bands keep) {
    return with(limit.map(own -> own.withKeep(keep)));
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.SUMMED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return new CoefficientUse.Commutes(List.of(0));
  }
}
