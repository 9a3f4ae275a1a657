package dev.lowpass.ir.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.RandomGraphs;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IrFileTest {
  @TempDir Path folder;

  @Test
  void aGraphAndItsConstantsReadBack() throws IOException {
    Graph graph = RandomGraphs.of(3, 30);
    Path file = folder.resolve("net.v1.ir");
    IrFile.write(graph, file);
    assertThat(folder.resolve("net.v1.weights")).exists();
    assertThat(IrFile.read(file)).isEqualTo(graph);
  }

  @Test
  void bytesThatAreNotUtf8AreAnError() throws IOException {
    Path file = Files.write(folder.resolve("net.ir"), new byte[] {(byte) 0xff, 'g'});
    assertThatThrownBy(() -> IrFile.read(file))
        .isInstanceOf(LowpassException.class)
        .hasMessage("LP2010 " + file + ": is not UTF-8 text");
  }

  @Test
  void anotherFileThanWeightsIsAnError() {
    assertThatThrownBy(() -> WeightsFile.read("not the right magic".getBytes(), "w"))
        .hasMessage("LP2018 w: is not a weights file");
  }

  /** Numbers of the format, whatever order the types are declared in. */
  @ParameterizedTest
  @CsvSource({"F32, 0", "I8, 2", "U8, 3", "I32, 4", "I64, 5", "BOOL, 6"})
  void elementTypesKeepTheirNumbers(ElementType element, int number) {
    Tensor tensor =
        element.isFloating() ? Tensor.scalar(1) : Tensor.ofIntegers(element, new long[] {1}, Shape.of());
    byte[] bytes = WeightsFile.write(Map.of("w", tensor));
    int afterHeaderAndName = 16 + 4 + 1;
    assertThat(bytes[afterHeaderAndName]).isEqualTo((byte) number);
    assertThat(WeightsFile.read(bytes, "w")).containsExactly(Map.entry("w", tensor));
  }

  @Test
  void aTruncatedWeightsFileIsAnError() {
    byte[] bytes = WeightsFile.write(Map.of("w", Tensor.of(new float[6], 2, 3)));
    assertThatThrownBy(() -> WeightsFile.read(Arrays.copyOf(bytes, bytes.length - 1), "w"))
        .hasMessage("LP2018 w: ends inside \"w\": 24 bytes, 23 are left");
  }
}
