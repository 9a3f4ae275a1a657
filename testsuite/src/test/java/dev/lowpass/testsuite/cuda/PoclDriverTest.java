package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.runtime.artifact.KernelLaunch.Extent;
import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaDevice.Call;
import dev.lowpass.runtime.cuda.CudaDevice.Program;
import dev.lowpass.runtime.cuda.CudaDevice.Sequence;
import dev.lowpass.runtime.cuda.CudaDriver;
import dev.lowpass.runtime.cuda.CudaDrivers;
import dev.lowpass.runtime.cuda.CudaException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in for a GPU, by kernels whose results are known. */
class PoclDriverTest {
  private static final String KERNELS =
      """
      __kernel void saxpy(__global float* restrict y, __global float* restrict x, __global float* restrict a) {
        int i = get_group_id(0) * get_local_size(0) + get_local_id(0);
        if (i < 10) {
          y[i] = fma(a[0], x[i], y[i]);
        }
      }
      __kernel void turn(__global float* restrict y, __global float* restrict x) {
        __local float tile[4][8];
        int row = get_local_id(1);
        int column = get_local_id(0);
        int place = (get_group_id(2) * 4 + row) * 8 + column;
        tile[row][column] = x[place];
        barrier(CLK_LOCAL_MEM_FENCE);
        y[place] = tile[3 - row][7 - column];
      }
      __kernel void beyond(__global float* y) {
        y[10] = 1.0f;
      }
      """;

  private static final Extent ONE = new Extent(1, 1, 1);

  private CudaDevice device;

  @BeforeEach
  void open() {
    assumeTrue(PoclDriver.standsIn(), "no OpenCL device (pocl) to stand in; install pocl-opencl-icd on Debian");
    device = new PoclDriver().open();
  }

  @AfterEach
  void close() {
    if (device != null) {
      device.close();
      device.close();
    }
  }

  private long upload(float... values) {
    long address = device.allocate((long) values.length * Float.BYTES);
    try (Arena arena = Arena.ofConfined()) {
      device.upload(address, arena.allocateFrom(ValueLayout.JAVA_FLOAT, values).asByteBuffer());
      device.finish();
    }
    return address;
  }

  private float[] download(long address, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(ValueLayout.JAVA_FLOAT, count);
      device.download(host.asByteBuffer(), address);
      device.finish();
      return host.toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  private static float[] upTo(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }

  /** The last group has more work-items than there are elements. */
  private static Call saxpy(long y, long x, long a) {
    return new Call("saxpy", new Extent(3, 1, 1), new Extent(4, 1, 1), List.of(y, x, a));
  }

  @Test
  void pointersMayLieInsideOfMemory() {
    long all = upload(upTo(40));
    try (Program program = device.load(HandWritten.ptx(KERNELS))) {
      program.launch(saxpy(all + 5 * Float.BYTES, all + 20 * Float.BYTES, all + 3 * Float.BYTES));
      float[] expected = upTo(40);
      for (int i = 0; i < 10; i++) {
        expected[5 + i] += 3 * (20 + i);
      }
      assertThat(download(all, 40)).isEqualTo(expected);
    }
  }

  @Test
  void groupsShareMemoryAndWaitForEachOther() {
    long x = upload(upTo(96));
    long y = device.allocate(96 * Float.BYTES);
    try (Program program = device.load(HandWritten.ptx(KERNELS))) {
      program.launch(new Call("turn", new Extent(1, 1, 3), new Extent(8, 4, 1), List.of(y, x)));
      float[] turned = download(y, 96);
      for (int i = 0; i < 96; i++) {
        assertThat(turned[i]).isEqualTo(i / 32 * 32 + 31 - i % 32);
      }
    }
  }

  @Test
  void launchesOfASequenceFollowEachOther() {
    long x = upload(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    long y = upload(new float[10]);
    long a = upload(2);
    try (Program program = device.load(HandWritten.ptx(KERNELS));
        Sequence sequence = program.sequence(List.of(saxpy(y, x, a), saxpy(x, y, a)))) {
      sequence.launch();
      sequence.launch();
      // y = 2, x = 5; then y = 12, x = 29.
      assertThat(download(y, 10)[0]).isEqualTo(12);
      assertThat(download(x, 10)[9]).isEqualTo(290);
    }
  }

  @Test
  void numbersThatAreNoneGoThrough() {
    long x = upload(Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, Float.MIN_VALUE, -0f, 0, 0, 0, 0, 0);
    long y = upload(new float[10]);
    long a = upload(2);
    try (Program program = device.load(HandWritten.ptx(KERNELS))) {
      program.launch(saxpy(y, x, a));
      assertThat(download(y, 5))
          .isEqualTo(new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, 2 * Float.MIN_VALUE, 0});
    }
  }

  @Test
  void freshMemoryIsNoNumber() {
    assertThat(download(device.allocate(256), 64)).containsOnly(Float.NaN);
  }

  @Test
  void memoryIsAligned() {
    for (int bytes : new int[] {1, 100, 4096}) {
      assertThat(device.allocate(bytes) % 256).isZero();
    }
  }

  @Test
  void whoWritesBehindMemoryIsFound() {
    long y = upload(upTo(10));
    try (Program program = device.load(HandWritten.ptx(KERNELS))) {
      program.launch(new Call("beyond", ONE, ONE, List.of(y)));
      assertThatThrownBy(device::finish).isInstanceOf(CudaException.class).hasMessageContaining("40 bytes");
    }
  }

  @Test
  void pointersToNothingAreRefused() {
    long y = upload(upTo(10));
    try (Program program = device.load(HandWritten.ptx(KERNELS))) {
      assertThatThrownBy(() -> program.launch(saxpy(y + 41, y, y))).isInstanceOf(CudaException.class);
      assertThatThrownBy(() -> device.upload(y + 8, ByteBuffer.allocateDirect(33))).isInstanceOf(CudaException.class);
      device.free(y);
      assertThatThrownBy(() -> program.launch(saxpy(y, y, y))).isInstanceOf(CudaException.class);
      assertThatThrownBy(() -> device.free(y)).isInstanceOf(CudaException.class);
    }
  }

  @Test
  void whatIsNotThereIsNotLaunched() {
    Call unknown = new Call("unknown", ONE, ONE, List.of());
    long y = upload(upTo(10));
    Call few = new Call("saxpy", ONE, ONE, List.of(y, y));
    Call many = new Call("saxpy", ONE, ONE, List.of(y, y, y, y));
    try (Program program = device.load(HandWritten.ptx(KERNELS))) {
      assertThatThrownBy(() -> program.launch(unknown))
          .isInstanceOf(CudaException.class)
          .hasMessageContaining("unknown");
      assertThatThrownBy(() -> program.sequence(List.of(unknown))).isInstanceOf(CudaException.class);
      program.launch(saxpy(y, y, y));
      for (Call wrong : List.of(few, many)) {
        assertThatThrownBy(() -> program.launch(wrong)).isInstanceOf(CudaException.class);
        assertThatThrownBy(() -> program.sequence(List.of(wrong))).isInstanceOf(CudaException.class);
      }
    }
  }

  @Test
  void textThatDoesNotCompileIsRefusedWithItsErrors() {
    assertThatThrownBy(() -> device.load(HandWritten.ptx("__kernel void bad() { missing = 1; }")))
        .isInstanceOf(CudaException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void ptxWithoutItsSourceIsRefused() {
    assertThatThrownBy(() -> device.load(".version 7.8\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CudaException.class);
  }

  @Test
  void itIsFoundWhereThereIsNoOther() {
    CudaDriver found = CudaDrivers.find();
    assertThat(found.lack()).isEmpty();
    assertThat(found instanceof PoclDriver).isEqualTo(new PoclDriver().lack().isEmpty());
    assertThatNoException().isThrownBy(() -> device.properties());
    assertThat(device.properties().capability()).isEqualTo(80);
  }
}
