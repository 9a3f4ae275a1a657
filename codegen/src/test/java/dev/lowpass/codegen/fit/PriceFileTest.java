package dev.lowpass.codegen.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.tune.Circumstances;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.cost.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices in files, and files that somebody else has written to. */
class PriceFileTest {
  static final MeasuredPrices PRICES =
      new MeasuredPrices(
          new Circumstances("Abacus 9, 2 of them, flags #0", "cpu:x86-64-v3", "#1"),
          LocalDate.of(2026, 11, 30),
          Prices.AVX2.nanoseconds(),
          new FitErrors(148, 0.021, 0.0915));

  private static final String TEXT =
      """
      lowpass prices 1
      processor Abacus 9, 2 of them, flags #0
      target cpu:x86-64-v3
      kernels #1
      measured 2026-11-30
      steps 148
      median-error 0.0210
      ninetieth-error 0.0915
      product 0.3950
      product-result 0.0000
      far-weights 1.2900
      streamed-weights 1.2900
      far-map 0.8950
      transform 0.6410
      depthwise 0.2980
      depthwise-input 0.3530
      convolution 0.3310
      element 0.3670
      skipping-product 0.2170
      halved-product 0.3600
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void comeBackFromTheText() {
    assertThat(PriceFile.print(PRICES)).isEqualTo(TEXT);
    assertThat(PriceFile.parse(TEXT, "here")).isEqualTo(PRICES);
    assertThat(PRICES.source()).isEqualTo("measured on Abacus 9 (2026-11-30)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lowpass prices 1          | lowpass prices 2          | does not begin with 'lowpass prices 1'",
        "lowpass prices 1          | PK                        | does not begin with 'lowpass prices 1'",
        "product 0.3950            | product -0.3950           | 'product -0.3950' cannot be right",
        "product 0.3950            | product NaN               | 'product NaN' cannot be right",
        "product 0.3950            | product cheap             | 'product cheap' cannot be right",
        "product 0.3950            | produce 0.3950            | 'product' is missing",
        "product 0.3950            | product 0.3950\\nmeal 3   | 'meal' is none of its names",
        "product 0.3950            | product                   | 'product' is no name and value",
        "product 0.3950            | element 0.3950            | comes twice",
        "measured 2026-11-30       | measured yesterday        | 'measured yesterday' cannot be right",
        "steps 148                 | steps 1e9                 | 'steps 1e9' cannot be right",
        "target cpu:x86-64-v3      | aim cpu:x86-64-v3         | 'target' is missing"
      })
  void whatIsBrokenIsSaidInOneLine(String sound, String broken, String problem) throws IOException {
    Path file = folder.resolve("some.txt");
    Files.writeString(file, TEXT.replace(sound, broken.replace("\\n", "\n")));
    assertThatThrownBy(() -> PriceFile.read(file))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP4018 " + file + ": not a file of prices: ")
        .hasMessageContaining(problem)
        .hasMessageEndingWith("'lowpass doctor --measure' writes such a file");
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path file = folder.resolve("bytes");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> PriceFile.read(file)).hasMessageStartingWith("LP4018 " + file + ": ");
    Files.write(file, new byte[1 << 20]);
    assertThatThrownBy(() -> PriceFile.read(file)).hasMessageContaining("more than 65536 bytes");
    assertThatThrownBy(() -> PriceFile.read(folder)).hasMessageStartingWith("LP4018 " + folder + ": ");
    assertThatThrownBy(() -> PriceFile.read(folder.resolve("none"))).hasMessageContaining("there is no such file");
  }

  @Test
  void areOfOneTarget() {
    assertThat(PRICES.model(Backends.parse("cpu:x86-64-v3")).nanoseconds()).isEqualTo(Prices.AVX2.nanoseconds());
    assertThatThrownBy(() -> PRICES.model(Backends.parse("cpu:x86-64-v4")))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP4022 cpu:x86-64-v4: these prices are of cpu:x86-64-v3")
        .hasMessageContaining("lowpass doctor --measure --target cpu:x86-64-v4");
  }
}
