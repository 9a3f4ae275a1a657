package dev.lowpass.cli.engine;

import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.util.List;
import java.util.Map;

/** Something that runs one model, for one thread at a time. */
public interface Engine extends AutoCloseable {
  /** What a table calls it. */
  String label();

  /** What the model takes. */
  List<TensorSpec> inputs();

  /**
   * One inference, with copies.
   *
   * @return tensors by output name, in the model's order
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs);

  /**
   * An inference that can be timed: inputs are bound once, outputs stay where the engine puts them. Valid until the
   * engine is closed.
   */
  Runnable bound(Map<String, Tensor> inputs);

  /** Frees the engine's memory and threads. */
  @Override
  void close();
}
