package dev.lowpass.learn;

import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.choice.TimeModel;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.machine.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A model whose picture is shrunk to one size: as a network to look into, and as the compiler sees it.
 *
 * @param whole the model, canonical, for pictures of its own size
 * @param inputs the size, by the input's name; empty for the model's own
 * @param network of the model with its picture shrunk, and with scores in place of probabilities
 * @param times of the same
 */
record SizedNetwork(Graph whole, SequencedMap<String, InputSize> inputs, Network network, TimeModel times)
    implements AutoCloseable {
  /** @throws dev.lowpass.ir.LowpassException LP3011, LP3012 where the model does not bear the size */
  static SizedNetwork of(
      Graph whole, Optional<InputSize> size, Machine machine, CostModel prices, NDManager manager) {
    SequencedMap<String, InputSize> inputs = new LinkedHashMap<>();
    size.ifPresent(given -> inputs.put(whole.inputs().getFirst().name(), given));
    TimeModel times = TimeModel.of(whole, inputs, machine, prices);
    return new SizedNetwork(whole, inputs, Network.of(Answer.scored(times.graph()), manager), times);
  }

  /** The layers for which bands may be sought. */
  List<BandLayer> layers() {
    return BandLayer.of(network.graph());
  }

  /** {@code bands} with the size of the picture. */
  BandsFile sized(BandsFile bands) {
    return bands.withInputs(inputs);
  }

  /** The model with the network's weights as they are now. */
  Graph trained() {
    return network.trained(whole);
  }

  @Override
  public void close() {
    network.close();
  }
}
