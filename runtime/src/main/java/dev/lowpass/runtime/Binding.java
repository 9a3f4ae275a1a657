package dev.lowpass.runtime;

import dev.lowpass.runtime.execution.Runner;
import dev.lowpass.runtime.execution.Runners;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** What the tensors have no part in; guarded by the session. */
  private final Set<String> onDevice = new LinkedHashSet<>();

  Binding(Session session, Runners runners, int index, ModelSize size) {
    this.session = session;
    this.size = size;
    this.inputs = allocate(size.inputs(), runners.alignment());
    this.outputs = allocate(size.outputs(), runners.alignment());
    this.runner = runners.bind(index, inputs.values(), outputs.values());
  }

  private static Map<String, Tensor> allocate(List<TensorSpec> specs, int alignment) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorSpec spec : specs) {
      tensors.put(spec.name(), Tensor.allocate(spec.type(), spec.shape(), alignment));
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

  /**
   * For data that is on a CUDA device already: from now on {@link #run()} reads an input there, and its tensor has no more
   * part in it. What writes that memory must be done before the run, and whoever owns it keeps it.
   *
   * @param address a multiple of 64, in the primary context of the machine's first device; as many bytes from there on as
   *     the tensor has
   * @throws LowpassRuntimeException LP5020 where the model has no such input, is not compiled for a CUDA device, or for
   *     another address; LP5021 where the session is closed
   */
  public void bindInput(String name, long address) {
    synchronized (session) {
      session.requireOpen();
      runner.bindInput(indexOf("input", inputs, name), address);
      onDevice.add(name);
    }
  }

  /**
   * As {@link #bindInput}: from now on {@link #run()} writes an output there, and is done with it when it returns.
   *
   * @throws LowpassRuntimeException LP5020 where the model has no such output, is not compiled for a CUDA device, or for
   *     another address; LP5021 where the session is closed
   */
  public void bindOutput(String name, long address) {
    synchronized (session) {
      session.requireOpen();
      runner.bindOutput(indexOf("output", outputs, name), address);
      onDevice.add(name);
    }
  }

  private int indexOf(String what, Map<String, Tensor> tensors, String name) {
    session.find(what, tensors, name);
    return List.copyOf(tensors.keySet()).indexOf(name);
  }

  /** One inference with copies, of inputs that fit; for who has the session for itself. */
  Map<String, Tensor> run(Map<String, Tensor> given) {
    if (!onDevice.isEmpty()) {
      throw session.misfit(onDevice + " of this size are bound to memory of the device; run its binding");
    }
    given.forEach((name, tensor) -> input(name).buffer().put(tensor.buffer()));
    runner.run();
    Map<String, Tensor> results = new LinkedHashMap<>();
    outputs.forEach((name, tensor) -> results.put(name, tensor.copy()));
    return results;
  }
}
