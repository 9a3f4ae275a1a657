package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.text.IrText;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much code a graph becomes depends on what it computes, not on how large its numbers are: a left pad of 32,513
 * columns, one flipped byte away from a pad of 1, once overflowed the compiler's stack and took the process with it.
 */
class CodeSizeTest {
  /** What the code of a graph with large numbers may have beside that of the same graph with small ones. */
  private static final double GROWTH = 1.25;

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void padsOfConvolutions(int left, int right) {
    assertNoGrowth(
        """
        %%w = constant f32[8, 3, 3, 3] random(seed = 1)
        %%y = convolution %%x, %%w {kernel = [3, 3], pads = [1, %d, 1, %d]}
        """,
        new Object[] {left, right},
        new Object[] {32_513 * left, 32_513 * right},
        "f32[1, 3, 32, 32]");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void padsOfDepthwiseLayers(int left, int right) {
    assertNoGrowth(
        """
        %%w = constant f32[32, 3, 3] random(seed = 1)
        %%y = depthwise %%x, %%w {kernel = [3, 3], pads = [1, %d, 1, %d]}
        """,
        new Object[] {left, right},
        new Object[] {32_513 * left, 32_513 * right},
        "f32[1, 32, 32, 32]");
  }

  @ParameterizedTest
  @CsvSource({"convolution, '[8, 16, 3, 3]'", "depthwise, '[16, 3, 3]'"})
  void dilations(String layer, String weights) {
    String text =
        """
        %%w = constant f32%s random(seed = 1)
        %%y = %s %%x, %%w {kernel = [3, 3], pads = [1, %d, 1, %3$d], dilations = [1, %3$d]}
        """;
    assertNoGrowth(text, new Object[] {weights, layer, 20}, new Object[] {weights, layer, 900}, "f32[1, 16, 8, 2000]");
  }

  @ParameterizedTest
  @CsvSource({"convolution, '8, 3, '", "depthwise, '3, '"})
  void windows(String layer, String channels) {
    String text =
        """
        %%w = constant f32[%s%d, %2$d] random(seed = 1)
        %%y = %s %%x, %%w {kernel = [%2$d, %2$d]}
        """;
    assertNoGrowth(text, new Object[] {channels, 9, layer}, new Object[] {channels, 51, layer}, "f32[1, 3, 64, 64]");
  }

  @ParameterizedTest
  @CsvSource({"'[1, 3, 16, 16]', '[1, 3, 16, 4096]'", "'[1, 3, 16, 16]', '[1, 3, 4096, 16]'", "'[1, 3, 16, 16]', '[4096, 3, 16, 16]'"})
  void extents(String small, String large) {
    String body =
        """
        %w = constant f32[32, 3, 3, 3] random(seed = 1)
        %a = convolution %x, %w {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %b = relu %a
        %v = constant f32[32, 3, 3] random(seed = 2)
        %c = depthwise %b, %v {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %u = constant f32[16, 32] random(seed = 3)
        %d = pointwise %c, %u
        %e = max_pool %d {kernel = [2, 2], strides = [2, 2]}
        %f = transpose %e {permutation = [0, 2, 3, 1]}
        %y = softmax %f {axis = 3}
        """;
    assertThat(codeBytes(body, "f32" + large)).isLessThan((int) (1.6 * codeBytes(body, "f32" + small)));
  }

  @ParameterizedTest
  @CsvSource({"convolution, ', 3, 3', '{kernel = [3, 3]}'", "pointwise, '', ''"})
  void channels(String layer, String taps, String attributes) {
    String body = "%%w = constant f32[%d, %d%s] random(seed = 1)\n%%y = %s %%x, %%w %s\n";
    int few = codeBytes(body.formatted(64, 64, taps, layer, attributes), "f32[1, 64, 8, 8]");
    int many = codeBytes(body.formatted(64, 4096, taps, layer, attributes), "f32[1, 4096, 8, 8]");
    assertThat(many).isLessThan((int) (GROWTH * few));
  }

  /** Linear in the number of operands, and compiled in seconds. */
  @ParameterizedTest
  @CsvSource("1000")
  void operands(int count) {
    String operands = IntStream.range(0, count).mapToObj(_ -> "%x").collect(Collectors.joining(", "));
    int code = codeBytes("%y = concat " + operands + " {axis = 1}\n", "f32[1, 2, 3, 4]");
    assertThat(code).isLessThan(codeBytes("%y = concat %x, %x {axis = 1}\n", "f32[1, 2, 3, 4]") + 100 * count);
  }

  private static void assertNoGrowth(String body, Object[] small, Object[] large, String type) {
    int usual = codeBytes(body.formatted(small), type);
    assertThat(codeBytes(body.formatted(large), type)).isLessThan((int) (GROWTH * usual));
  }

  private static int codeBytes(String body, String type) {
    String text = "graph @g(%x: " + type + ") -> (%y) {\n" + body + "}\n";
    return new Compiler()
        .compile(IrText.parse(text, "g.ir"), CompiledGraph.AS_IT_STANDS, Progress.silent())
        .code()
        .sections()
        .code()
        .length;
  }
}
