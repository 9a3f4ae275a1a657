package dev.lowpass.runtime;

import dev.lowpass.runtime.execution.KernelLibrary;
import dev.lowpass.runtime.execution.Runners;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model. Inferences run on the caller's thread, with workers of the session's own beside it, so that sessions do
 * not disturb each other. Thread-safe: calls from several threads wait for each other; for parallel inferences open
 * several sessions. On a CUDA device there are no workers, and sessions of one model take turns at it.
 *
 * <p>There are two ways to run. {@link #run(Map)} copies in and out, takes any size that the model was compiled for, and
 * suits most programs. Without copies: fill the buffers of {@link #input}, call {@link #run()}, read those of {@link
 * #output}; they are the same tensors each time, and keeping two threads from using them at once is the caller's part.
 * They are of the model's first size; {@link #at} has those of another.
 *
 * <p>All sizes share one working memory, as large as the largest asks for. The tensors of a size are made when it is
 * first used.
 */
public final class Session implements AutoCloseable {
  private final Model model;
  private final Runners runners;
  private final RunListener metrics;
  private final RunQueue queue = new RunQueue();

  /** One a size, none where it was not used yet; guarded by this. */
  private final List<@Nullable Binding> bindings = new ArrayList<>();

  private final Binding first;

  /** Guarded by this. */
  private boolean closed;

  Session(Model model, KernelLibrary library, SessionOptions options) {
    this.model = model;
    this.metrics = options.metrics();
    int workers = Math.min(options.threads(), Runtime.getRuntime().availableProcessors());
    this.runners = library.runners(workers);
    for (int size = 0; size < model.sizes().size(); size++) {
      bindings.add(null);
    }
    try {
      this.first = bound(0);
    } catch (RuntimeException | Error e) {
      runners.close();
      throw e;
    }
  }

  /** What the session's model takes, see {@link Model#inputs()}. */
  public List<TensorSpec> inputs() {
    return model.inputs();
  }

  /** What the session's model gives, see {@link Model#outputs()}. */
  public List<TensorSpec> outputs() {
    return model.outputs();
  }

  /**
   * One inference, at the size that the inputs have.
   *
   * @param given a tensor for each input of the model, and no other; not changed, free to be reused
   * @return fresh tensors, in the order of {@link #outputs()}
   * @throws LowpassRuntimeException LP5020 where an input is missing, unknown, of another type than the model's, or where
   *     their shapes are none of the model's sizes; LP5021 where the session is closed; LP5022 where native code fails
   */
  public synchronized Map<String, Tensor> run(Map<String, Tensor> given) {
    requireOpen();
    requireNames(given);
    return bound(sizeOf(given)).run(given);
  }

  /**
   * One inference as {@link #run(Map)} makes it, on a thread of {@code executor} and the session's workers. Those that are
   * asked for in this way are made in their order; one that waits for another keeps no thread of the executor. What is
   * chained to the result without an executor of its own runs before the next one is begun.
   *
   * @param given not to be changed before the result is there
   * @param executor takes one task for each inference, and may be another one each time
   * @return what {@link #run(Map)} returns or throws; what {@code executor} throws where it refuses; LP5021 where the
   *     session is closed before the inference has begun. To cancel it keeps an inference from beginning, and does not end
   *     one
   */
  public CompletableFuture<Map<String, Tensor>> runAsync(Map<String, Tensor> given, Executor executor) {
    return queue.submit(() -> run(given), executor);
  }

  /**
   * One inference, from and to the bound tensors of the first size.
   *
   * @throws LowpassRuntimeException LP5021 where the session is closed; LP5022 where native code fails
   */
  public void run() {
    first.run();
  }

  /**
   * The tensor from which {@link #run()} reads an input; at first zeros.
   *
   * @throws LowpassRuntimeException LP5020 where the model has no such input
   */
  public Tensor input(String name) {
    return first.input(name);
  }

  /**
   * The tensor to which {@link #run()} writes an output.
   *
   * @throws LowpassRuntimeException LP5020 where the model has no such output
   */
  public Tensor output(String name) {
    return first.output(name);
  }

  /**
   * The tensors of a size, to be run without copies; the same ones each time.
   *
   * @param size one of {@link Model#sizes()}
   * @throws LowpassRuntimeException LP5020 where it is none of them; LP5021 where the session is closed
   */
  public synchronized Binding at(ModelSize size) {
    requireOpen();
    int index = model.sizes().indexOf(size);
    if (index < 0) {
      throw misfit("size " + size + " is none that the model was compiled for: " + named(model.sizes()));
    }
    return bound(index);
  }

  /**
   * Times each step of an inference of the first size by itself, on what the bound inputs hold; with more than one
   * worker, each worker's share of it as well.
   *
   * @param runs how often, at least 1
   * @throws LowpassRuntimeException LP5021 where the session is closed; LP5022 where native code fails
   */
  public Profile profile(int runs) {
    return first.profile(runs);
  }

  /**
   * Waits for a running inference, then ends the workers and frees the working memory. Inferences that wait are not begun,
   * and fail with LP5021. Not to be called by a {@link RunListener}.
   */
  @Override
  public void close() {
    queue.close(this::closed);
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      runners.close();
    }
    model.forget(this);
  }

  private Binding bound(int size) {
    Binding known = bindings.get(size);
    if (known == null) {
      known = new Binding(this, runners, size, model.sizes().get(size));
      bindings.set(size, known);
    }
    return known;
  }

  void requireOpen() {
    if (closed) {
      throw closed();
    }
  }

  private LowpassRuntimeException closed() {
    return new LowpassRuntimeException(5021, model.place(), "the session is closed");
  }

  RunListener metrics() {
    return metrics;
  }

  private void requireNames(Map<String, Tensor> given) {
    for (String name : given.keySet()) {
      first.input(name);
    }
    for (TensorSpec spec : model.inputs()) {
      if (given.get(spec.name()) == null) {
        throw misfit("input '" + spec.name() + "' is missing; given " + given.keySet().stream().sorted().toList());
      }
    }
  }

  /** The size that the tensors have, of which there is one for each input. */
  private int sizeOf(Map<String, Tensor> given) {
    List<ModelSize> sizes = model.sizes();
    TensorSpec unmet = null;
    for (int size = 0; size < sizes.size(); size++) {
      unmet = misfit(given, sizes.get(size));
      if (unmet == null) {
        return size;
      }
    }
    if (sizes.size() > 1 || unmet == null) {
      String shapes = new TreeMap<>(given).toString();
      throw misfit("inputs " + shapes + " have none of the sizes that the model takes: " + named(sizes));
    }
    String found = "'" + unmet.name() + "' is " + given.get(unmet.name());
    throw misfit("input " + found + ", but the model takes " + unmet.type() + unmet.shape());
  }

  /** The first input that is not as in {@code size}. */
  private static @Nullable TensorSpec misfit(Map<String, Tensor> given, ModelSize size) {
    for (TensorSpec spec : size.inputs()) {
      Tensor tensor = given.get(spec.name());
      if (tensor == null || tensor.type() != spec.type() || !tensor.shape().equals(spec.shape())) {
        return spec;
      }
    }
    return null;
  }

  private static String named(List<ModelSize> sizes) {
    return sizes.stream().map(ModelSize::toString).collect(Collectors.joining("; "));
  }

  Tensor find(String what, Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw misfit(what + " '" + name + "' is unknown; the model has " + tensors.keySet());
    }
    return tensor;
  }

  LowpassRuntimeException misfit(String problem) {
    return new LowpassRuntimeException(5020, model.place(), problem);
  }
}
