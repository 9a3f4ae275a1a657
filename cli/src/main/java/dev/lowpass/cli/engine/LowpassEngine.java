package dev.lowpass.cli.engine;

import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.Trust;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An artifact on our own runtime. */
public final class LowpassEngine implements Engine {
  private final String label;
  private final Model model;
  private final Session session;

  private LowpassEngine(String label, Model model, Session session) {
    this.label = label;
    this.model = model;
    this.session = session;
  }

  /** Loads {@code artifact}, whoever made it; errors are those of {@link Model#load(Path)}. */
  public static LowpassEngine load(String label, Path artifact, int threads) {
    return load(label, artifact, threads, Trust.anybody());
  }

  /** Loads {@code artifact}; errors are those of {@link Model#load(Path, Trust)}. */
  public static LowpassEngine load(String label, Path artifact, int threads, Trust trust) {
    Model model = Model.load(artifact, trust);
    try {
      return new LowpassEngine(label, model, model.newSession(SessionOptions.threads(threads)));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public List<TensorSpec> inputs() {
    return model.inputs();
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return session.run(inputs);
  }

  /** Errors are those of {@link Session#run(Map)}. */
  @Override
  public Runnable bound(Map<String, Tensor> inputs) {
    // Checks names, types and shapes, and leaves the inputs where later inferences and profiles read them.
    session.run(inputs);
    return session::run;
  }

  /** Time by step on what {@link #bound} put there. */
  public Profile profile(int runs) {
    return session.profile(runs);
  }

  @Override
  public void close() {
    model.close();
  }
}
