package dev.lowpass.runtime;

import dev.lowpass.runtime.execution.KernelLibrary;
import dev.lowpass.runtime.execution.Runner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a model. Inferences run on the caller's thread, with workers of the session's own beside it, so that sessions do
 * not disturb each other. Thread-safe: calls from several threads wait for each other; for parallel inferences open
 * several sessions.
 *
 * <p>There are two ways to run. {@link #run(Map)} copies in and out and suits most programs. Without copies: fill the
 * buffers of {@link #input}, call {@link #run()}, read those of {@link #output}; they are the same tensors each time,
 * and keeping two threads from using them at once is the caller's part.
 */
public final class Session implements AutoCloseable {
  private final Model model;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private final Runner runner;

  /** Guarded by this. */
  private boolean closed;

  Session(Model model, KernelLibrary library, SessionOptions options) {
    this.model = model;
    allocate(model.inputs(), inputs);
    allocate(model.outputs(), outputs);
    int workers = Math.min(options.threads(), Runtime.getRuntime().availableProcessors());
    this.runner = new Runner(library, inputs.values(), outputs.values(), workers);
  }

  private static void allocate(List<TensorSpec> specs, Map<String, Tensor> tensors) {
    for (TensorSpec spec : specs) {
      tensors.put(spec.name(), Tensor.allocate(spec.type(), spec.shape()));
    }
  }

  /** What the session's model takes. */
  public List<TensorSpec> inputs() {
    return model.inputs();
  }

  /** What the session's model gives. */
  public List<TensorSpec> outputs() {
    return model.outputs();
  }

  /**
   * One inference.
   *
   * @param given a tensor for each input of the model, and no other; not changed, free to be reused
   * @return fresh tensors, in the order of {@link #outputs()}
   * @throws LowpassRuntimeException LP5020 where an input is missing, unknown, or of another shape or type than the
   *     model's; LP5021 where the session is closed; LP5022 where native code fails
   */
  public synchronized Map<String, Tensor> run(Map<String, Tensor> given) {
    requireOpen();
    requireInputs(given);
    given.forEach((name, tensor) -> input(name).buffer().put(tensor.buffer()));
    run();
    Map<String, Tensor> results = new LinkedHashMap<>();
    outputs.forEach((name, tensor) -> results.put(name, tensor.copy()));
    return results;
  }

  /**
   * One inference, from and to the bound tensors.
   *
   * @throws LowpassRuntimeException LP5021 where the session is closed; LP5022 where native code fails
   */
  public synchronized void run() {
    requireOpen();
    runner.run();
  }

  /**
   * The tensor from which {@link #run()} reads an input; at first zeros.
   *
   * @throws LowpassRuntimeException LP5020 where the model has no such input
   */
  public Tensor input(String name) {
    return find("input", inputs, name);
  }

  /**
   * The tensor to which {@link #run()} writes an output.
   *
   * @throws LowpassRuntimeException LP5020 where the model has no such output
   */
  public Tensor output(String name) {
    return find("output", outputs, name);
  }

  /**
   * Times each step of an inference by itself, on what the bound inputs hold; with more than one worker, each worker's
   * share of it as well.
   *
   * @param runs how often, at least 1
   * @throws LowpassRuntimeException LP5021 where the session is closed; LP5022 where native code fails
   */
  public synchronized Profile profile(int runs) {
    requireOpen();
    return runner.profile(Math.max(1, runs));
  }

  /** Waits for a running inference, then ends the workers and frees the working memory. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      runner.close();
    }
    model.forget(this);
  }

  private void requireOpen() {
    if (closed) {
      throw new LowpassRuntimeException(5021, model.place(), "the session is closed");
    }
  }

  private void requireInputs(Map<String, Tensor> given) {
    for (String name : given.keySet()) {
      find("input", inputs, name);
    }
    for (TensorSpec spec : model.inputs()) {
      Tensor tensor = given.get(spec.name());
      if (tensor == null) {
        throw misfit("input", "'" + spec.name() + "' is missing; given " + given.keySet().stream().sorted().toList());
      }
      if (tensor.type() != spec.type() || !tensor.shape().equals(spec.shape())) {
        String wanted = spec.type().toString() + spec.shape();
        throw misfit("input", "'" + spec.name() + "' is " + tensor + ", but the model takes " + wanted);
      }
    }
  }

  private Tensor find(String what, Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw misfit(what, "'" + name + "' is unknown; the model has " + tensors.keySet());
    }
    return tensor;
  }

  private LowpassRuntimeException misfit(String what, String problem) {
    return new LowpassRuntimeException(5020, model.place(), what + " " + problem);
  }
}
