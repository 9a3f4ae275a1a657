package dev.lowpass.ir.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Pointwise;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IrTextTest {
  private static final String BLOCK =
      """
      ; a linear bottleneck, in frequency
      graph @block(%x: f32[1, 4, 14, 14] in dct<7x7, zigzag>) -> (%z, logits = %d) {
        %w1 = constant f32[8, 4] random(seed = 7)
        %e = pointwise %x, %w1 {block = 7x7, order = zigzag, keep = [49*3, 10]}
        %s = idct %e : f32[1, 8, 14, 14] loc("conv02_pw")
        %r = clip %s {min = 0, max = 6.0}
        %k = constant f32[8, 3, 3] splat(0.5)
        %d = depthwise %r, %k {kernel = [3*2], pads = [1, 1, 1, 1]} // same size
        %f = dct %d {block = 7x7, order = zigzag, keep = [49*5, 1*3]}
        %p/q:0 = pointwise %f, @project
        %z = add %p/q:0, %x
      }
      """;

  private static final Map<String, Tensor> CONSTANTS = Map.of("project", Tensor.of(new float[32], 4, 8));

  @Test
  void readsTheExampleOfTheDesign() {
    Graph graph = IrText.parse(BLOCK, "block.ir", CONSTANTS);
    assertThat(graph.name()).isEqualTo("block");
    assertThat(graph.outputs()).extracting(Graph.Output::name).containsExactly("z", "logits");
    Node expand = graph.producers().get("e");
    BandLimit limit = new BandLimit(new Block(7, 7), CoefficientOrder.ZIGZAG, new Bands(List.of(49, 49, 49, 10)));
    assertThat(expand.op()).isEqualTo(Pointwise.limited(limit));
    assertThat(expand.type().frequency().bands().longest()).isEqualTo(49);
    assertThat(graph.producers().get("s").location().text()).isEqualTo("conv02_pw");
    assertThat(graph.producers().get("e").location().text()).isEqualTo("e");
    assertThat(graph.producers().get("project").op()).isEqualTo(new Constant(CONSTANTS.get("project")));
  }

  @Test
  void printsTypesRunsAndOnlyLocationsThatDiffer() {
    assertThat(IrText.print(IrText.parse(BLOCK, "block.ir", CONSTANTS)))
        .isEqualTo(
            """
            graph @block(%x: f32[1, 4, 14, 14] in dct<7x7, zigzag>) -> (%z, logits = %d) {
              %w1 = constant f32[8, 4] @w1
              %e = pointwise %x, %w1 {block = 7x7, order = zigzag, keep = [49*3, 10]} : f32[1, 8, 14, 14] in dct<7x7, zigzag>
              %s = idct %e : f32[1, 8, 14, 14] loc("conv02_pw")
              %r = clip %s {min = 0.0, max = 6.0} : f32[1, 8, 14, 14]
              %k = constant f32[8, 3, 3] @k
              %d = depthwise %r, %k {kernel = [3, 3], pads = [1, 1, 1, 1]} : f32[1, 8, 14, 14]
              %f = dct %d {block = 7x7, order = zigzag, keep = [49*5, 1*3]} : f32[1, 8, 14, 14] in dct<7x7, zigzag, [49*5, 1*3]>
              %project = constant f32[4, 8] @project
              %p/q:0 = pointwise %f, %project : f32[1, 4, 14, 14] in dct<7x7, zigzag>
              %z = add %p/q:0, %x : f32[1, 4, 14, 14] in dct<7x7, zigzag>
            }
            """);
  }

  @Test
  void readsConstantsOfAllElementTypes() {
    Graph graph =
        IrText.parse(
            """
            graph @g() -> (%a, %b, %c, %d) {
              %a = constant i64[3] [1, -5*2]
              %b = constant bool[2] [0, 1]
              %c = constant f32[4] [nan, -inf, -0.0, 1]
              %d = constant i8[] [-128]
            }
            """,
            "g.ir");
    assertThat(graph.nodes())
        .extracting(Node::op)
        .containsExactly(
            new Constant(Tensor.ofIntegers(ElementType.I64, new long[] {1, -5, -5}, Shape.of(3))),
            new Constant(Tensor.ofIntegers(ElementType.BOOL, new long[] {0, 1}, Shape.of(2))),
            new Constant(Tensor.of(new float[] {Float.NaN, Float.NEGATIVE_INFINITY, -0f, 1}, 4)),
            new Constant(Tensor.ofIntegers(ElementType.I8, new long[] {-128}, Shape.of())));
  }

  @Test
  void aSeedAlwaysGivesTheSameWeights() {
    Tensor weights = new RandomConstant(7).of(Shape.of(1, 4));
    assertThat(weights).isEqualTo(new RandomConstant(7).of(Shape.of(1, 4)));
    assertThat(weights.floats()[0]).isEqualTo((float) (0.5 * new Random(7).nextGaussian()));
  }

  @Test
  void readsSeveralGraphs() {
    String one = "graph @a(%x: f32[2]) -> (%x) {}";
    assertThat(IrText.parseAll(one + one, "two.ir")).hasSize(2);
    assertThatThrownBy(() -> IrText.parse(one + one, "two.ir"))
        .hasMessage("LP2010 two.ir: has 2 graphs where one is expected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          idct %e : f32[1, 8,         | idct %e : f32[1, 9,           | LP2014 b.ir:5:18: stated type f32[1, 9, 14, 14], but idct gives f32[1, 8, 14, 14]
          clip %s                     | clip %e                       | LP2001 b.ir:6:8: clip: takes spatial data, not f32[1, 8, 14, 14] in dct<7x7, zigzag>
          clip %s                     | clip %ss                      | LP2012 b.ir:6:13: %ss is not defined before its use; the nearest is %s
          add %p/q:0, %x              | addd %p/q:0, %x               | LP2011 b.ir:11:8: no operator 'addd'; the nearest is 'add'
          min = 0,                    | mim = 0,                      | LP2011 b.ir:6:8: clip: attribute 'min' is missing
          min = 0,                    | min = 0, by = 2,              | LP2011 b.ir:6:26: operator 'clip' has no use for 'by' here
          min = 0,                    | min = 0, min = 0,             | LP2013 b.ir:6:26: attribute 'min' is written twice
          min = 0,                    | min = zero,                   | LP2011 b.ir:6:8: clip: attribute 'min' is a number, not zero
          [49*3, 10]                  | [49*1000000000, 10]           | LP2016 b.ir:4:67: a run of 1000000000 numbers; runs have 1 to 65536
          [49*3, 10]                  | [49*65536, 10]                | LP2016 b.ir:4:74: a list of 65537 numbers; the most is 65536
          [49*3, 10]                  | [49*3, 50]                    | LP2011 b.ir:4:8: pointwise: band of 50 coefficients, but a 7x7 block has 49; thresholds are 0..49
          [49*3, 10]                  | [49*3]                        | LP2001 b.ir:4:8: pointwise: keep of 3 channels for an input of 4 channels
          [49*3, 10]                  | [49*3, 1.5]                   | LP2010 b.ir:4:70: expected an integer, found 1.5
          f32[8, 4] random            | f32[4096, 4097] random        | LP2016 b.ir:3:18: constants of 16781312 elements in one text; the most is 16777216
          f32[8, 4] random            | f32[99999999999] random       | LP2010 b.ir:3:22: integer "99999999999" does not fit 32 bits
          f32[8, 4] random            | f33[8, 4] random              | LP2010 b.ir:3:18: no element type 'f33'
          f32[8, 4] random(seed = 7)  | f32[3] [1.0, 2.0]             | LP2015 b.ir:3:25: 2 numbers for the 3 of f32[3]
          f32[8, 4] random(seed = 7)  | f32[3] [1.0*4]                | LP2015 b.ir:3:26: more numbers than the 3 of f32[3]
          f32[8, 4] random(seed = 7)  | u8[1] [256]                   | LP2015 b.ir:3:25: 256 is not a number of u8
          @project                    | @projct                       | LP2015 b.ir:10:26: no constant @projct in the side file; the nearest is @project
          f32[8, 4] random(seed = 7)  | f32[8, 8] @project            | LP2015 b.ir:3:28: constant @project is f32[4, 8], not f32[8, 8]
          %s = idct                   | %e = idct                     | LP2013 b.ir:5:3: %e is defined twice
          block = 7x7, order          | block = 70x7, order           | LP2010 b.ir:4:35: a block has sides of 1 to 64, not 70x7
          %f = dct                    | %f $ dct                      | LP2010 b.ir:9:6: expected '=', found "$"
          loc("conv02_pw")            | loc("conv\\q")                | LP2010 b.ir:5:40: escape \\q in a string; there are \\" \\\\ \\n \\r \\t \\u
          """)
  void mistakesAreLocatedAndSayBothSides(String written, String mistaken, String message) {
    assertThat(BLOCK).contains(written);
    assertThatThrownBy(() -> IrText.parse(BLOCK.replace(written, mistaken), "b.ir", CONSTANTS))
        .isInstanceOf(LowpassException.class)
        .hasMessage(message);
  }

  @Test
  void aTextThatEndsEarlySaysSo() {
    assertThatThrownBy(() -> IrText.parse("graph @g(%x: f32[2]", "g.ir"))
        .hasMessage("LP2010 g.ir:1:20: expected ',' or ')', found the end of the text");
  }

  @Test
  void doublingAValueOverAndOverEndsInAnErrorNotInAFullMemory() {
    StringBuilder text = new StringBuilder("graph @g(%v0: f32[1, 60000, 1, 1] in dct<7x7, zigzag>) -> (%v40) {\n");
    for (int i = 1; i <= 40; i++) {
      text.append("%%v%d = concat %%v%d, %%v%d {axis = 1}\n".formatted(i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> IrText.parse(text.append("}").toString(), "g.ir"))
        .hasMessage("LP2001 g.ir:2:7: concat: bands of 120000 channels; the most is 65536");
  }
}
