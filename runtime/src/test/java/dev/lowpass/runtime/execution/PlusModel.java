package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.artifact.KernelLaunch;
import dev.lowpass.runtime.artifact.Manifest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model of {@code plus} kernels for batches of 1 and 4: y = x + 1 + 2 * 10, by way of the scratch memory. For {@link
 * dev.lowpass.runtime.cuda.RecordingDevice}.
 */
public final class PlusModel {
  /** Elements of a picture. */
  static final int ELEMENTS = 16;

  private static final KernelLaunch.Extent ITEMS = new KernelLaunch.Extent(ELEMENTS, 1, 1);
  private static final List<Long> BATCHES = List.of(1L, 4L);

  private PlusModel() {}

  /** @param target as given to the compiler */
  public static Manifest manifest(String target) {
    List<Manifest.Size> sizes = new ArrayList<>();
    for (long batch : BATCHES) {
      sizes.add(size(batch, launches((int) batch)));
    }
    return manifest(target, sizes);
  }

  static Manifest manifest(String target, List<Manifest.Size> sizes) {
    return new Manifest(
        new Manifest.Source("plus", "0".repeat(64)),
        new Manifest.Target(target, "linux-x86_64", DeviceKind.CUDA, List.of()),
        sizes,
        new Manifest.Build("lowpass test", Map.of()));
  }

  /** A size of any launches, of which the manifest says that they are two steps. */
  static Manifest.Size size(long batch, List<KernelLaunch> launches) {
    return new Manifest.Size(
        List.of(new TensorSpec("x", ElementType.F32, List.of(batch, (long) ELEMENTS))),
        List.of(new TensorSpec("y", ElementType.F32, List.of(batch, (long) ELEMENTS))),
        new Manifest.Memory(128, 64 * batch, 0),
        List.of("first", "second"),
        launches,
        Map.of());
  }

  private static List<KernelLaunch> launches(int batch) {
    return List.of(
        launch(0, "plus", batch, "in0", "params", "scratch"),
        launch(1, "plus", batch, "scratch", "params+64", "out0"),
        launch(1, "plus", batch, "out0", "params+64", "out0"));
  }

  static KernelLaunch launch(int step, String kernel, int groups, String... arguments) {
    List<KernelLaunch.Argument> parsed = List.of(arguments).stream().map(KernelLaunch.Argument::parse).toList();
    return new KernelLaunch(step, kernel, new KernelLaunch.Extent(groups, 1, 1), ITEMS, parsed);
  }

  /** What the launches add. */
  public static ByteBuffer parameters() {
    ByteBuffer parameters = ByteBuffer.allocateDirect(128).order(ByteOrder.nativeOrder());
    for (int i = 0; i < 2 * ELEMENTS; i++) {
      parameters.putFloat(4 * i, i < ELEMENTS ? 1 : 10);
    }
    return parameters;
  }

  static Artifact artifact(Manifest manifest) {
    List<byte[]> code = manifest.sizes().stream().map(size -> "kernels".getBytes()).toList();
    return new Artifact("model", manifest, code, parameters(), Optional.empty());
  }

  static Artifact artifact() {
    return artifact(manifest("cuda:sm_80"));
  }

  /** An input or output of a size. */
  static Tensor tensor(int size) {
    return Tensor.allocate(ElementType.F32, BATCHES.get(size), ELEMENTS);
  }
}
