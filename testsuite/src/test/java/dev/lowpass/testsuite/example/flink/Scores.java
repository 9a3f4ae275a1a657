package dev.lowpass.testsuite.example.flink;

import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.TensorSpec;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * From a sample to what a model says of it. The artifact comes with the job, as a file of Flink's cache; a subtask loads
 * it when it opens, and frees it when it closes, be it done, failed or restarted. The model has one input and one output.
 */
final class Scores extends RichMapFunction<float[], float[]> {
  private static final long serialVersionUID = 1L;

  /** The artifact's name in Flink's cache. */
  static final String ARTIFACT = "model.lowpass";

  private transient Model model;
  private transient Session session;

  @Override
  public void open(OpenContext context) {
    model = Model.load(getRuntimeContext().getDistributedCache().getFile(ARTIFACT).toPath());
    session = model.newSession(SessionOptions.threads(1));
  }

  @Override
  public float[] map(float[] sample) {
    TensorSpec input = session.inputs().getFirst();
    session.input(input.name()).floatBuffer().put(sample);
    session.run();
    return session.output(session.outputs().getFirst().name()).floats();
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    if (model != null) {
      model.close();
    }
  }
}
