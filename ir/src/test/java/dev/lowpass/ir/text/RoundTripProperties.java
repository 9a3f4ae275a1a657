package dev.lowpass.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.RandomGraphs;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.verify.Verifier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RoundTripProperties {
  @Property(tries = 300)
  void parsingWhatWasPrintedGivesTheSameGraph(@ForAll long seed, @ForAll @IntRange(max = 20) int size) {
    Graph graph = RandomGraphs.of(seed, size);
    String text = IrText.print(graph);
    Graph read = IrText.parse(text, "printed", IrText.constants(graph));
    assertThat(read).isEqualTo(graph);
    assertThat(IrText.print(read)).isEqualTo(text);
  }

  @Property(tries = 100)
  void randomGraphsAreWellFormed(@ForAll long seed, @ForAll @IntRange(max = 20) int size) {
    assertThat(Verifier.violations(RandomGraphs.of(seed, size))).isEmpty();
  }

  @Property(tries = 100)
  void readingAWeightsFileGivesTheWrittenConstants(@ForAll long seed) {
    Graph graph = RandomGraphs.of(seed, 20);
    assertThat(WeightsFile.read(WeightsFile.write(IrText.constants(graph)), "written.weights"))
        .isEqualTo(IrText.constants(graph));
  }

  @Property
  void everyFloatReadsBackExactly(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    Graph graph = IrText.parse("graph @g() -> (%c) { %c = constant f32[] [" + value + "] }", "float");
    assertThat(graph.nodes().getFirst().op()).isEqualTo(new Constant(Tensor.of(new float[] {value}, Shape.of())));
  }

  @Property
  void everyStringReadsBack(@ForAll String text) {
    assertThat(Names.unquote(Names.quote(text))).isEqualTo(text);
  }

  @Property
  void everyNameReadsBack(@ForAll String name) {
    String value = Names.signed('%', "v" + name);
    String text =
        "graph %s() -> (%s = %s) { %s = constant f32[] [1.0] }"
            .formatted(Names.signed('@', name), Names.unsigned(name), value, value);
    Graph graph = IrText.parse(text, "names");
    assertThat(graph.name()).isEqualTo(name);
    assertThat(graph.outputs().getFirst().name()).isEqualTo(name);
    assertThat(graph.nodes().getFirst().name()).isEqualTo("v" + name);
  }
}
