package dev.lowpass.cli.engine;

import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.ModelSize;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An artifact on our own runtime. It takes inputs of each of its sizes; one of them is the usual. */
public final class LowpassEngine implements Engine {
  private final String label;
  private final Model model;
  private final Session session;
  private final ModelSize size;

  /** What is to be closed after the model; one list for all engines of it. */
  private final List<DeviceMemory> memories;

  private LowpassEngine(String label, Model model, Session session, ModelSize size, List<DeviceMemory> memories) {
    this.label = label;
    this.model = model;
    this.session = session;
    this.size = size;
    this.memories = memories;
  }

  /** Loads {@code artifact}, whoever made it; errors are those of {@link Model#load(Path)}. */
  public static LowpassEngine load(String label, Path artifact, int threads) {
    return load(label, artifact, threads, Trust.anybody());
  }

  /** Loads {@code artifact}; errors are those of {@link Model#load(Path, Trust)}. */
  public static LowpassEngine load(String label, Path artifact, int threads, Trust trust) {
    Model model = Model.load(artifact, trust);
    try {
      Session session = model.newSession(SessionOptions.threads(threads));
      return new LowpassEngine(label, model, session, model.sizes().getFirst(), new ArrayList<>());
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** The same model, session and end, with another of its sizes as the usual one. */
  public LowpassEngine at(ModelSize usual) {
    return new LowpassEngine(label, model, session, usual, memories);
  }

  @Override
  public String label() {
    return label;
  }

  /** All sizes that the artifact has. */
  public List<ModelSize> sizes() {
    return model.sizes();
  }

  /** The sizes of each artifact among {@code engines}. */
  public static List<List<ModelSize>> sizes(List<Engine> engines) {
    List<List<ModelSize>> sizes = new ArrayList<>();
    for (Engine engine : engines) {
      if (engine instanceof LowpassEngine ours) {
        sizes.add(ours.sizes());
      }
    }
    return sizes;
  }

  /** Of the usual size: the artifact's first, unless it is {@link #at} another. */
  @Override
  public List<TensorSpec> inputs() {
    return size.inputs();
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return session.run(inputs);
  }

  /**
   * Takes inputs of the usual size.
   *
   * <p>Errors are those of {@link Session#run(Map)}.
   */
  @Override
  public Runnable bound(Map<String, Tensor> inputs) {
    // Checks names, types and shapes, and leaves the inputs where later inferences and profiles read them.
    session.run(inputs);
    return session.at(size)::run;
  }

  /**
   * As {@link #bound}, of an artifact for CUDA, with inputs and outputs that stay on the device. From then on the engine
   * runs no other inputs of that size.
   *
   * @throws dev.lowpass.ir.LowpassException LP7036 where there is no CUDA device, or not enough memory on it
   */
  public Runnable resident(Map<String, Tensor> inputs) {
    DeviceMemory memory = DeviceMemory.open(label);
    memories.add(memory);
    Runnable bound = bound(inputs);
    memory.take(session.at(size), inputs, size.outputs());
    return bound;
  }

  /** Time by step of the usual size, on what {@link #bound} put there. */
  public Profile profile(int runs) {
    return session.at(size).profile(runs);
  }

  @Override
  public void close() {
    model.close();
    memories.forEach(DeviceMemory::close);
  }
}
