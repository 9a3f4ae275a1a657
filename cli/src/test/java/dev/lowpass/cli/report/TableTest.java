package dev.lowpass.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void wordsStandLeftAndNumbersRight() {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    new Table("layer", "time", "reason")
        .row("conv1", "5 us", "pays")
        .row("c2", "1200 us", "does not")
        .row("c3", "-", "")
        .print(new Terminal(writer, writer, false));
    writer.flush();
    assertThat(out.toString().lines())
        .containsExactly(
            "layer     time  reason", //
            "conv1     5 us  pays",
            "c2     1200 us  does not",
            "c3           -");
  }

  @Test
  void aRowMustFillTheColumns() {
    assertThatThrownBy(() -> new Table("a", "b").row("1")).isInstanceOf(IllegalArgumentException.class);
  }
}
