package dev.lowpass.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatIsWrittenReadsBack() throws IOException {
    float[] values = {1, -2.5f, Float.NaN, Float.MIN_VALUE, Float.POSITIVE_INFINITY, 0};
    for (long[] shape : new long[][] {{6}, {2, 3}, {1, 2, 1, 3}}) {
      Path file = folder.resolve("x.npy");
      Npy.write(file, Tensor.of(values, shape));
      Tensor read = Npy.read(file);
      assertThat(read.shape()).containsExactly(Arrays.stream(shape).boxed().toArray(Long[]::new));
      assertThat(read.floats()).containsExactly(values);
    }
  }

  @Test
  void integersAndScalarsReadBack() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, Tensor.of(new long[] {-1, 1L << 40}, 2));
    assertThat(Npy.read(file).longs()).containsExactly(-1, 1L << 40);
    Npy.write(file, Tensor.of(new float[] {3}));
    assertThat(Npy.read(file).shape()).isEmpty();
  }

  @Test
  void nothingCanBeWrittenAndRead() throws IOException {
    Path file = folder.resolve("nothing.npy");
    Npy.write(file, Tensor.allocate(ElementType.U8, 0, 5));
    assertThat(Npy.read(file).shape()).containsExactly(0L, 5L);
  }

  @Test
  void dataBeginsAtAMultipleOf64() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, Tensor.of(new float[5], 5));
    assertThat((Files.size(file) - 20) % 64).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }|8|holds '<c8'",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }|8|Fortran order",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }|8|takes 12 bytes, but 8 follow",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000), }|8|too large",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }|8|not one of a tensor",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }|8|f64[2] takes 16 bytes, but 8 follow",
        "{'descr': '<f4', 'fortran_order': False, }|8|do not understand",
        "import os|8|do not understand"
      })
  void aHeaderThatWeDoNotReadIsExplained(String header, int dataBytes, String message) throws IOException {
    Path file = folder.resolve("x.npy");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
    bytes.write(header.getBytes(StandardCharsets.US_ASCII));
    bytes.write(new byte[dataBytes]);
    Files.write(file, bytes.toByteArray());
    assertBroken(file, message);
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, Tensor.of(new float[] {1, 2}, 2));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(LowpassException.class).hasMessageStartingWith("LP7010");
    }
  }

  @Test
  void aHugeHeaderIsRefusedBeforeItIsAllocated() throws IOException {
    Path file = folder.resolve("x.npy");
    Files.write(file, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, 127});
    assertBroken(file, "header claims 2147483647 bytes");
  }

  private static void assertBroken(Path file, String message) {
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7010 " + file)
        .hasMessageContaining(message);
  }
}
