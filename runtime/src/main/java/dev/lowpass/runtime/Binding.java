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

  /** Replaced when one is bound, and not changed: they are read by threads that do not wait for the session. */
  private volatile Map<String, Tensor> inputs;

  private volatile Map<String, Tensor> outputs;

  private final Runner runner;

  /** What the tensors have no part in; guarded by the session. */
  private final Set<String> onDevice = new LinkedHashSet<>();

  /** Tensors of the caller, by what they are bound to; guarded by the session. */
  private final Map<String, Tensor> lent = new LinkedHashMap<>();

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
   * The tensor from which {@link #run()} reads an input; at first zeros, of this binding's own.
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
   * @throws LowpassRuntimeException LP5020 where an output is bound to memory of another tensor; LP5021 where the session
   *     is closed; LP5022 where native code fails
   */
  public void run() {
    synchronized (session) {
      session.requireOpen();
      infer();
    }
  }

  private void infer() {
    // Else memory that its owner gave back would be read as if it were there.
    for (Tensor tensor : lent.values()) {
      tensor.requireMemory();
    }
    long start = System.nanoTime();
    try {
      runner.run();
    } catch (RuntimeException e) {
      session.metrics().failed(e, System.nanoTime() - start);
      throw e;
    }
    session.metrics().ran(System.nanoTime() - start);
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

  /**
   * For data that is in the caller's memory: from now on {@link #run()} reads an input there, in place, and {@link #input}
   * gives {@code tensor}. To change between tensors costs next to nothing, so that each run may have its own.
   *
   * @param tensor as the model's, for instance one of {@link Tensor#wrap}; not written to
   * @throws LowpassRuntimeException LP5020 where the model has no such input or takes another tensor, or where it is
   *     compiled for a device, to which tensors are copied; LP5021 where the session is closed
   */
  public void bindInput(String name, Tensor tensor) {
    synchronized (session) {
      session.requireOpen();
      int index = indexOf("input", inputs, name);
      requireFit("input", size.inputs().get(index), tensor);
      runner.bindInput(index, tensor);
      inputs = with(inputs, name, tensor);
      lent.put("input " + name, tensor);
    }
  }

  /**
   * As {@link #bindInput(String, Tensor)}: from now on {@link #run()} writes an output there.
   *
   * @throws LowpassRuntimeException as {@link #bindInput(String, Tensor)}; LP5020 where its memory cannot be written
   */
  public void bindOutput(String name, Tensor tensor) {
    synchronized (session) {
      session.requireOpen();
      int index = indexOf("output", outputs, name);
      requireFit("output", size.outputs().get(index), tensor);
      if (tensor.buffer().isReadOnly()) {
        throw session.misfit("output '" + name + "' cannot be written to read-only memory");
      }
      runner.bindOutput(index, tensor);
      outputs = with(outputs, name, tensor);
      lent.put("output " + name, tensor);
    }
  }

  private void requireFit(String what, TensorSpec spec, Tensor tensor) {
    if (tensor.type() != spec.type() || !tensor.shape().equals(spec.shape())) {
      throw session.misfit(what + " '" + spec.name() + "' is " + tensor + ", but the model has " + spec.type() + spec.shape());
    }
  }

  private static Map<String, Tensor> with(Map<String, Tensor> tensors, String name, Tensor tensor) {
    Map<String, Tensor> changed = new LinkedHashMap<>(tensors);
    changed.put(name, tensor);
    return changed;
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
    if (!lent.isEmpty()) {
      throw session.misfit(lent.keySet() + " of this size are bound to tensors of the caller; run its binding");
    }
    given.forEach((name, tensor) -> input(name).buffer().put(tensor.buffer()));
    infer();
    Map<String, Tensor> results = new LinkedHashMap<>();
    outputs.forEach((name, tensor) -> results.put(name, tensor.copy()));
    return results;
  }
}
