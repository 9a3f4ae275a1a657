package dev.lowpass.testsuite.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.ir.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.List;

class IrTextFuzzTest {
  /** What is read and well formed prints as what reads and prints the same. */
  @FuzzTest(maxDuration = "1m")
  void graphs(byte[] bytes) {
    List<Graph> graphs;
    try {
      graphs = IrText.parseAll(new String(bytes, StandardCharsets.UTF_8), "fuzz.ir");
      graphs.forEach(Verifier::verify);
    } catch (LowpassException e) {
      return;
    }
    for (Graph graph : graphs) {
      String printed = IrText.print(graph);
      assertThat(IrText.print(IrText.parse(printed, "printed.ir", IrText.constants(graph)))).isEqualTo(printed);
    }
  }
}
