package dev.lowpass.cli.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An ONNX model on ONNX Runtime, the peer: all graph optimisations, one thread pool of the given size.
 *
 * <p>Everything else is at its default; its workers spin for a while after each inference, for which {@code
 * Interleaved} waits before it measures whoever comes next.
 */
public final class OnnxRuntimeEngine implements Engine {
  private final String label;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final List<OnnxTensor> owned = new ArrayList<>();

  private OnnxRuntimeEngine(String label, OrtEnvironment environment, OrtSession session) {
    this.label = label;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads the model in {@code onnx}.
   *
   * @param place the file, for messages
   * @throws LowpassException LP7020 if ONNX Runtime does not take it
   */
  public static OnnxRuntimeEngine load(String label, String place, byte[] onnx, int threads) {
    return load(label, place, onnx, threads, OptLevel.ALL_OPT);
  }

  /**
   * Loads the model in {@code onnx} to be computed node by node, as the file says: an oracle. Its optimisations are not
   * always right: version 1.29 moves padding of zeros into the maximum pool behind it, where padding never wins.
   *
   * @param place the file, for messages
   * @throws LowpassException LP7020 if ONNX Runtime does not take it
   */
  public static OnnxRuntimeEngine loadAsWritten(String label, String place, byte[] onnx) {
    return load(label, place, onnx, 1, OptLevel.NO_OPT);
  }

  private static OnnxRuntimeEngine load(
      String label, String place, byte[] onnx, int threads, OptLevel optimisations) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "lowpass");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(optimisations);
      return new OnnxRuntimeEngine(label, environment, environment.createSession(onnx, options));
    } catch (OrtException e) {
      throw failed(place, e);
    }
  }

  @Override
  public String label() {
    return label;
  }

  /** The inputs; an extent that the model leaves open is given as 1. */
  @Override
  public List<TensorSpec> inputs() {
    try {
      List<TensorSpec> specs = new ArrayList<>();
      for (NodeInfo node : session.getInputInfo().values()) {
        if (node.getInfo() instanceof TensorInfo info) {
          List<Long> shape = new ArrayList<>();
          for (long extent : info.getShape()) {
            shape.add(Math.max(1, extent));
          }
          specs.add(new TensorSpec(node.getName(), type(info.type), shape));
        }
      }
      return specs;
    } catch (OrtException e) {
      throw failed(label, e);
    }
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
        given.put(input.getKey(), wrap(input.getValue()));
      }
      try (OrtSession.Result result = session.run(given)) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        result.forEach(output -> outputs.put(output.getKey(), copy((OnnxTensor) output.getValue())));
        return outputs;
      }
    } catch (OrtException e) {
      throw failed(label, e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public Runnable bound(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
        given.put(input.getKey(), wrap(input.getValue()));
      }
    } catch (OrtException e) {
      throw failed(label, e);
    }
    owned.addAll(given.values());
    return () -> {
      try (OrtSession.Result _ = session.run(given)) {
        // The result is freed; nothing is copied to Java.
      } catch (OrtException e) {
        throw failed(label, e);
      }
    };
  }

  /** A tensor on the same memory: a direct buffer is not copied. */
  private OnnxTensor wrap(Tensor tensor) throws OrtException {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    return OnnxTensor.createTensor(environment, tensor.buffer(), shape, onnxType(tensor.type()));
  }

  private static Tensor copy(OnnxTensor source) {
    Tensor tensor = Tensor.allocate(type(source.getInfo().type), source.getInfo().getShape());
    ByteBuffer bytes = source.getByteBuffer().order(ByteOrder.nativeOrder());
    tensor.buffer().put(bytes);
    return tensor;
  }

  private static OnnxJavaType onnxType(ElementType type) {
    return switch (type) {
      case F32 -> OnnxJavaType.FLOAT;
      case F64 -> OnnxJavaType.DOUBLE;
      case F16 -> OnnxJavaType.FLOAT16;
      case BF16 -> OnnxJavaType.BFLOAT16;
      case I8 -> OnnxJavaType.INT8;
      case U8 -> OnnxJavaType.UINT8;
      case I16 -> OnnxJavaType.INT16;
      case I32 -> OnnxJavaType.INT32;
      case I64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
      case U16, U32, U64 ->
          throw new LowpassException("LP7020", "ONNX Runtime", "its Java interface has no tensor of " + type);
    };
  }

  private static ElementType type(OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> ElementType.F32;
      case DOUBLE -> ElementType.F64;
      case INT8 -> ElementType.I8;
      case UINT8 -> ElementType.U8;
      case INT16 -> ElementType.I16;
      case FLOAT16 -> ElementType.F16;
      case BFLOAT16 -> ElementType.BF16;
      case INT32 -> ElementType.I32;
      case INT64 -> ElementType.I64;
      case BOOL -> ElementType.BOOL;
      case STRING, UNKNOWN ->
          throw new LowpassException("LP7020", "ONNX Runtime", "a tensor of " + type + ", which we do not compare");
    };
  }

  private static LowpassException failed(String place, OrtException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    return new LowpassException("LP7020", place, "ONNX Runtime: " + message, e);
  }

  @Override
  public void close() {
    try {
      owned.forEach(OnnxTensor::close);
      session.close();
    } catch (OrtException e) {
      throw failed(label, e);
    }
  }
}
