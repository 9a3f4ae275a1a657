package dev.lowpass.runtime.loaders;

import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Tensor;
import java.util.Map;
import java.util.concurrent.Callable;

/** A program in a class loader of its own. It has what it needs beside it, and nothing of a test. */
public final class Tenant implements Callable<float[]> {
  /** What the model of the tests makes of 192 elements that are -1. and 2 by turns. */
  @Override
  public float[] call() {
    float[] values = new float[192];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? -1 : 2;
    }
    try (Model model = Model.loadResource(Model.class, "rectify.lowpass");
        Session session = model.newSession(SessionOptions.threads(2))) {
      return session.run(Map.of("x", Tensor.of(values, 1, 3, 8, 8))).get("y").floats();
    }
  }
}
