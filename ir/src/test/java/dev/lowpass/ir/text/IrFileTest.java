package dev.lowpass.ir.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.Graph;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.RandomGraphs;
import dev.lowpass.ir.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void aTruncatedWeightsFileIsAnError() {
    byte[] bytes = WeightsFile.write(Map.of("w", Tensor.of(new float[6], 2, 3)));
    assertThatThrownBy(() -> WeightsFile.read(Arrays.copyOf(bytes, bytes.length - 1), "w"))
        .hasMessage("LP2018 w: ends inside \"w\": 24 bytes, 23 are left");
  }
}
