package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images whose channels are those that a list names: a shuffle, a selection, or some more than once. Operands: images
 * that differ in their channels at most, which are counted through all of them; the result has as many channels as the
 * list.
 */
public record ChannelGather(List<Integer> channels) implements Rearrangement {
  public ChannelGather {
    channels = List.copyOf(channels);
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("no channels");
    }
  }

  static ChannelGather parse(Attributes attributes) {
    return new ChannelGather(attributes.wholes("channels"));
  }

  @Override
  public String mnemonic() {
    return "channel_gather";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("channels", channels);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    TensorType joined = new Concat(1).infer(operands);
    Shape shape = Operands.spatialImage(joined).shape();
    for (int channel : channels) {
      if (channel < 0 || channel >= shape.dim(1)) {
        throw new IllegalArgumentException("channel %d of %d in %s".formatted(channel, shape.dim(1), joined));
      }
    }
    return joined.withShape(shape.with(1, channels.size()));
  }

  /** The same with {@code places} of this one's channels only. */
  public ChannelGather of(List<Integer> places) {
    return new ChannelGather(places.stream().map(channels::get).toList());
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
    return channels.equals(IntStream.range(0, input.shape().dim(1)).boxed().toList());
  }

  @Override
  public Optional<Rearrangement> after(Rearrangement earlier) {
    return Optional.empty();
  }
}
