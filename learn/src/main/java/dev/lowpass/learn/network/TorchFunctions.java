package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;

/**
 * Functions whose slope PyTorch computes in one pass over the map, where what DJL offers takes several: of a training
 * step of MobileNetV2 the slopes of DJL's {@code clip} alone were a third.
 *
 * <p>Closing it frees what was made of them.
 */
final class TorchFunctions implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, TorchScript> functions = new HashMap<>();

  TorchFunctions(NDManager manager) {
    this.manager = manager;
  }

  /** {@code x} between bounds, which may be infinite; its slope is 0 at and beyond them. */
  NDArray clip(NDArray x, float min, float max) {
    return of("torch.hardtanh(x, %s, %s)".formatted(literal(min), literal(max)), x);
  }

  /** x * clip(x / 6 + 1/2, 0, 1). */
  NDArray hardSwish(NDArray x) {
    return of("torch.hardswish(x)", x);
  }

  private NDArray of(String expression, NDArray x) {
    return functions.computeIfAbsent(expression, text -> new TorchScript(text, manager)).of(x);
  }

  private static String literal(float value) {
    return Double.toString(Math.clamp(value, -Float.MAX_VALUE, Float.MAX_VALUE));
  }

  @Override
  public void close() {
    functions.values().forEach(TorchScript::close);
    functions.clear();
  }
}
