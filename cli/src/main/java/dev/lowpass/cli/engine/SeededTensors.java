package dev.lowpass.cli.engine;

import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Input for measurements: uniform in -1 to 1, the same each time; zeros for types other than f32. */
public final class SeededTensors {
  private static final long SEED = 1;

  private SeededTensors() {}

  public static Map<String, Tensor> of(List<TensorSpec> specs) {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorSpec spec : specs) {
      tensors.put(spec.name(), of(spec, random));
    }
    return tensors;
  }

  private static Tensor of(TensorSpec spec, SplittableRandom random) {
    Tensor tensor = Tensor.allocate(spec.type(), spec.shape().stream().mapToLong(Long::longValue).toArray());
    ByteBuffer buffer = tensor.buffer();
    switch (spec.type()) {
      case F32 -> {
        while (buffer.hasRemaining()) {
          buffer.putFloat((float) random.nextDouble(-1, 1));
        }
      }
      case F64, F16, BF16, I8, U8, I16, U16, I32, U32, I64, U64, BOOL -> {}
    }
    return tensor;
  }
}
