package dev.lowpass.learn.answer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Outputs that are values of some kind: half the squared relative error of each, added up. */
public record ValueAnswer() implements Answer {
  /** A squared norm of an output that is all zeros. */
  private static final float LEAST = 1e-12f;

  @Override
  public NDArray loss(NDList expected, NDList outputs) {
    NDList losses = new NDList();
    for (int i = 0; i < outputs.size(); i++) {
      NDArray right = flat(expected.get(i));
      NDArray error = flat(outputs.get(i)).sub(right).square().sum(new int[] {1});
      losses.add(error.div(squaredNorms(right)).mean().div(2));
    }
    return losses.stream().reduce(NDArray::add).orElseThrow();
  }

  /** For each picture a normally distributed vector over all outputs. */
  @Override
  public Directions directions(NDList expected, RandomGenerator random) {
    List<float[]> vectors = new ArrayList<>();
    for (NDArray output : expected) {
      float[] vector = new float[Math.toIntExact(output.size())];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
      }
      vectors.add(vector);
    }
    List<float[]> norms = expected.stream().map(output -> squaredNorms(flat(output)).toFloatArray()).toList();
    return outputs -> {
      NDList sums = new NDList();
      for (int i = 0; i < outputs.size(); i++) {
        NDArray output = flat(outputs.get(i));
        NDArray vector = output.getManager().create(vectors.get(i), output.getShape());
        NDArray norm = output.getManager().create(norms.get(i), new Shape(norms.get(i).length));
        sums.add(output.mul(vector).sum(new int[] {1}).div(norm.sqrt()));
      }
      return sums.stream().reduce(NDArray::add).orElseThrow();
    };
  }

  private static NDArray flat(NDArray output) {
    return output.reshape(output.getShape().get(0), -1);
  }

  private static NDArray squaredNorms(NDArray flat) {
    return flat.square().sum(new int[] {1}).add(LEAST);
  }
}
