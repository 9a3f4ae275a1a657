package dev.lowpass.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.learn.network.LayerInput;
import dev.lowpass.learn.network.Network;
import java.util.List;
import java.util.Map;

/** The whole network, computed by the engine that trains. */
public record NetworkTeacher(Network network) implements Teacher {
  @Override
  public List<float[]> answers(float[] pictures, int count) {
    try (NDManager step = network.manager().newSubManager()) {
      Value input = network.graph().inputs().getFirst();
      dev.lowpass.ir.Shape picture = input.type().shape();
      NDArray array = step.create(pictures, new Shape(count, picture.dim(1), picture.dim(2), picture.dim(3)));
      NDList outputs = network.run(step, Map.of(input.name(), array), LayerInput.WHOLE);
      return outputs.stream().map(NDArray::toFloatArray).toList();
    }
  }
}
