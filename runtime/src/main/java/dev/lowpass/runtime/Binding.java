package dev.lowpass.runtime;

import dev.lowpass.runtime.execution.Runner;
import dev.lowpass.runtime.execution.Runners;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of one size that a session reads and writes without copies: fill those of {@link #input}, call {@link
 * #run()}, read those of {@link #output}. They are the same tensors each time.
 *
 * <p>As thread-safe as the {@link Session} that it is of: runs wait for each other, at whichever size, and keeping two
 * threads from using the tensors at once is the caller's part. It ends with its session.
 */
public final class Binding {
  private final Session session;
  private final ModelSize size;
  private final Map<String, Tensor> inputs;
  private final Map<String, Tensor> outputs;
  private final Runner runner;

  Binding(Session session, Runners runners, int index, ModelSize size) {
    this.session = session;
    this.size = size;
    this.inputs = allocate(size.inputs());
    this.outputs = allocate(size.outputs());
    this.runner = runners.bind(index, inputs.values(), outputs.values());
  }

  private static Map<String, Tensor> allocate(List<TensorSpec> specs) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorSpec spec : specs) {
      tensors.put(spec.name(), Tensor.allocate(spec.type(), spec.shape()));
    }
    return tensors;
  }

  /** The size that the tensors have. */
  public ModelSize size() {
    return size;
  }

  /**
   * The tensor from which {@link #run()} reads an input; at first zeros.
   *
   * @throws LowpassRuntimeException LP5020 where the model has no such input
   */
  public Tensor input(String name) {
    return session.find("input", inputs, name);
  }

  /**
   * The tensor to which {@link #run()} writes an output.
   *
   * @throws LowpassRuntimeException LP5020 where the model has no such output
   */
  public Tensor output(String name) {
    return session.find("output", outputs, name);
  }

  /**
   * One inference, from and to the tensors.
   *
   * @throws LowpassRuntimeException LP5021 where the session is closed; LP5022 where native code fails
   */
  public void run() {
    synchronized (session) {
      session.requireOpen();
      runner.run();
    }
  }

  /**
   * Times each step of an inference by itself, on what the inputs hold; with more than one worker, each worker's share of
   * it as well.
   *
   * @param runs how often, at least 1
   * @throws LowpassRuntimeException LP5021 where the session is closed; LP5022 where native code fails
   */
  public Profile profile(int runs) {
    synchronized (session) {
      session.requireOpen();
      return runner.profile(Math.max(1, runs));
    }
  }

  /** One inference with copies, of inputs that fit; for who has the session for itself. */
  Map<String, Tensor> run(Map<String, Tensor> given) {
    given.forEach((name, tensor) -> input(name).buffer().put(tensor.buffer()));
    runner.run();
    Map<String, Tensor> results = new LinkedHashMap<>();
    outputs.forEach((name, tensor) -> results.put(name, tensor.copy()));
    return results;
  }
}
