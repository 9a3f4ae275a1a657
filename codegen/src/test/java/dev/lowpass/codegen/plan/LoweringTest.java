package dev.lowpass.codegen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which nodes become one kernel, and which graphs have none. */
class LoweringTest {
  private static final String CONSTANTS =
      """
        %w = constant f32[20, 20] random(seed = 1)
        %k = constant f32[20, 3, 3] random(seed = 2)
      """;

  private static List<String> kinds(String inputs, String outputs, String body) {
    return kinds(Machines.AVX512, inputs, outputs, body);
  }

  private static List<String> kinds(Machine machine, String inputs, String outputs, String body) {
    String text = "graph @g(%s) -> (%s) {\n%s%s}\n".formatted(inputs, outputs, CONSTANTS, body);
    return Lowering.lower(IrText.parse(text, "g.ir"), machine).steps().stream()
        .map(Step::kind)
        .filter(kind -> !kind.equals("layout"))
        .toList();
  }

  @Test
  void aSumAndActivationsAreAProductsEpilogue() {
    String body =
        """
          %p = pointwise %x, %w
          %s = add %x, %p
          %y = relu %s
        """;
    assertThat(kinds("%x: f32[1, 20, 8, 8]", "%y", body)).containsExactly("product");
  }

  @Test
  void whatIsReadElsewhereIsNoEpilogue() {
    String body =
        """
          %p = pointwise %x, %w
          %r = relu %p
          %y = add %r, %p
        """;
    assertThat(kinds("%x: f32[1, 20, 8, 8]", "%y", body)).containsExactly("product", "add and 1 before");
  }

  @Test
  void aMeanNeedsNoMap() {
    String product =
        """
          %p = pointwise %x, %w
          %r = relu %p
          %y = global_average_pool %r
        """;
    assertThat(kinds("%x: f32[1, 20, 7, 7]", "%y", product)).containsExactly("product + pool");
    assertThat(kinds("%x: f32[1, 20, 7, 7]", "%r, %y", product)).containsExactly("product", "global_average_pool");
    assertThat(kinds(Machines.DEVICE, "%x: f32[1, 20, 7, 7]", "%y", product))
        .containsExactly("product", "global_average_pool");
    String banded =
        """
          %f = dct %x {block = 7x7, order = zigzag, keep = [9*20]}
          %p = pointwise %f, %w
          %i = idct %p
          %r = relu %i
          %y = global_average_pool %r
        """;
    assertThat(kinds("%x: f32[1, 20, 7, 7]", "%y", banded)).containsExactly("dct", "banded product", "idct + pool");
  }

  /** A large product of an even number of rows is made of halves, which lie in the map's memory. */
  @Test
  void aMapThatHoldsHalvesStays() {
    String body =
        """
          %v = constant f32[384, 192] random(seed = 3)
          %p = pointwise %x, %v
          %y = global_average_pool %p
        """;
    assertThat(kinds("%x: f32[1, 192, 8, 8]", "%y", body)).containsExactly("product", "global_average_pool");
    assertThat(kinds("%x: f32[1, 192, 7, 7]", "%y", body)).containsExactly("product + pool");
  }

  /** A product of 256 outputs gave up its pool on AVX-512 for halves that nobody took there. */
  @Test
  void noMapStaysForHalvesThatDoNotPay() {
    String body =
        """
          %v = constant f32[256, 192] random(seed = 3)
          %p = pointwise %x, %v
          %y = global_average_pool %p
        """;
    String input = "%x: f32[1, 192, 8, 8]";
    assertThat(kinds(Machines.AVX512, input, "%y", body)).containsExactly("product + pool");
    assertThat(kinds(Machines.AVX2, input, "%y", body)).containsExactly("product", "global_average_pool");
    assertThat(kinds(Machines.DEVICE, input, "%y", body)).containsExactly("product", "global_average_pool");
  }

  @Test
  void anOutputIsNoPartOfAnother() {
    String body =
        """
          %p = pointwise %x, %w
          %y = relu %p
        """;
    assertThat(kinds("%x: f32[1, 20, 8, 8]", "%p, %y", body)).containsExactly("product", "relu");
  }

  @Test
  void aTransformedBlockIsOneKernelAndOneProduct() {
    String body =
        """
          %f = dct %x {block = 4x4, order = zigzag}
          %e = pointwise %f, %w
          %i = idct %e
          %a = clip %i {min = 0.0, max = 6.0}
          %d = depthwise %a, %k {kernel = [3, 3], pads = [1, 1, 1, 1]}
          %b = clip %d {min = 0.0, max = 6.0}
          %g = dct %b {block = 4x4, order = zigzag, keep = [9*20]}
          %p = pointwise %g, %w
          %s = add %p, %f
          %y = idct %s
        """;
    assertThat(kinds("%x: f32[1, 20, 8, 8]", "%y", body))
        .containsExactly("dct", "expansion + spectral depthwise", "banded product", "idct");
    assertThat(kinds(Machines.DEVICE, "%x: f32[1, 20, 8, 8]", "%y", body))
        .containsExactly("dct", "banded product", "idct", "depthwise", "dct", "banded product", "idct");
  }

  /** On a large map a block is one kernel; on a small one the caches hold what lies between its two. */
  @Test
  void aSpatialBlockOnALargeMapIsOneKernel() {
    String body =
        """
          %e = pointwise %x, %w
          %a = clip %e {min = 0.0, max = 6.0}
          %d = depthwise %a, %k {kernel = [3, 3], pads = [1, 1, 1, 1]}
          %b = clip %d {min = 0.0, max = 6.0}
          %p = pointwise %b, %w
          %y = add %p, %x
        """;
    assertThat(kinds("%x: f32[1, 20, 56, 56]", "%y", body)).containsExactly("expansion + depthwise + projection");
    assertThat(kinds("%x: f32[1, 20, 14, 14]", "%y", body)).containsExactly("expansion + depthwise", "product");
  }

  /** A map that blocks do not divide has transforms of its own. */
  @Test
  void raggedTransformsStandAlone() {
    String body =
        """
          %d = depthwise %x, %k {kernel = [3, 3], pads = [1, 1, 1, 1]}
          %g = dct %d {block = 4x4, order = zigzag, keep = [9*20]}
          %p = pointwise %g, %w
          %y = idct %p
        """;
    assertThat(kinds("%x: f32[1, 20, 9, 8]", "%y", body)).containsExactly("depthwise", "dct", "banded product", "idct");
    assertThat(kinds("%x: f32[1, 20, 8, 8]", "%y", body))
        .containsExactly("spectral depthwise", "banded product", "idct");
  }

  /** The product reads a prefix of the channels, in which the second has less than the third. */
  @Test
  void unsortedBandsOfAReaderAreCutBeforeIt() {
    String body =
        """
          %f = dct %x {block = 4x4, order = zigzag}
          %p = pointwise %f, %w {block = 4x4, order = zigzag, keep = [9, 1, 16*18]}
          %y = idct %p
        """;
    assertThat(kinds("%x: f32[1, 20, 8, 8]", "%y", body)).containsExactly("dct", "mul", "banded product", "idct");
    assertThat(kinds("%x: f32[1, 20, 8, 8]", "%y", body.replace("[9, 1, 16*18]", "[16, 9, 1*18]")))
        .containsExactly("dct", "banded product", "idct");
  }

  @Test
  void weightsMustBeConstants() {
    assertThatThrownBy(() -> kinds("%x: f32[1, 20, 8, 8], %v: f32[5, 20]", "%y", "%y = pointwise %x, %v\n"))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP4002 y: ");
  }

  @Test
  void coefficientsDoNotCrossTheBorder() {
    assertThatThrownBy(() -> kinds("%x: f32[1, 20, 8, 8] in dct<4x4, zigzag>", "%y", "%y = idct %x\n"))
        .hasMessageStartingWith("LP4003 x: ");
    assertThatThrownBy(() -> kinds("%x: f32[1, 20, 8, 8]", "%y", "%y = dct %x {block = 4x4, order = zigzag}\n"))
        .hasMessageStartingWith("LP4003 y: ");
  }

  @Test
  void integersHaveAPlaceBetweenKernels() {
    String body =
        """
          %a = slice %x {starts = [0, 1], extents = [1, 4], steps = [1, 1]}
          %y = concat %a, %a {axis = 1}
        """;
    assertThat(kinds("%x: f64[1, 6]", "%y", body)).containsExactly("slice", "concat");
    assertThat(kinds("%x: i64[1, 6]", "%y", body)).containsExactly("slice", "concat");
  }

  @Test
  void unfoldedBatchNormalizationIsAFunctionOfElements() {
    String body =
        """
          %v = constant f32[20] splat(1.0)
          %y = batch_normalization %x, %v, %v, %v, %v {epsilon = 0.1}
        """;
    assertThat(kinds("%x: f32[1, 20, 7]", "%y", body)).containsExactly("add and 5 before");
  }

  /** A map that is resampled to find its greatest channels is never in memory. */
  @Test
  void theGreatestChannelIsFoundInSlabs() {
    String product = "  %p = pointwise %x, %w\n";
    String resized = product + "  %r = resize %p {size = [32, 32], filter = linear}\n";
    String input = "%x: f32[1, 20, 8, 8]";
    assertThat(kinds(input, "%y", product + "  %y = arg_max %p {axis = 1}\n")).containsExactly("product", "arg_max");
    assertThat(kinds(input, "%y", resized + "  %y = arg_max %r {axis = 1}\n"))
        .containsExactly("product", "resize + arg_max");
    assertThat(kinds(input, "%y, %r", resized + "  %y = arg_max %r {axis = 1}\n"))
        .containsExactly("product", "resize", "arg_max");
    assertThat(kinds(input, "%y", resized + "  %y = arg_max %r {axis = 2}\n"))
        .containsExactly("product", "resize", "arg_max");
    assertThat(kinds(Machines.DEVICE, input, "%y", resized + "  %y = arg_max %r {axis = 1}\n"))
        .containsExactly("product", "resize", "arg_max");
  }
}
