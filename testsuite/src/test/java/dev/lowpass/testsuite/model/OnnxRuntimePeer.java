package dev.lowpass.testsuite.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A model in ONNX Runtime, on one thread. Every number goes in and out as f32. Close it: it holds native memory. */
public final class OnnxRuntimePeer implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  /** Loads a model from the bytes of an ONNX file. */
  public OnnxRuntimePeer(byte[] model) throws OrtException {
    environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
    }
  }

  /** One inference: floating-point inputs by name to all outputs by name, in the model's order. */
  public SequencedMap<String, Tensor> run(Map<String, Tensor> inputs) throws OrtException {
    Map<String, OnnxTensor> bound = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
        bound.put(input.getKey(), toOnnx(input.getValue()));
      }
      try (OrtSession.Result result = session.run(bound)) {
        SequencedMap<String, Tensor> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.put(output.getKey(), fromOnnx((OnnxTensor) output.getValue()));
        }
        return outputs;
      }
    } finally {
      bound.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor toOnnx(Tensor tensor) throws OrtException {
    long[] shape = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.floats()), shape);
  }

  private static Tensor fromOnnx(OnnxTensor tensor) {
    float[] values = new float[tensor.getFloatBuffer().remaining()];
    tensor.getFloatBuffer().get(values);
    int[] shape = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    return Tensor.of(values, Shape.of(shape));
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
