package dev.lowpass.testsuite.bench;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;

/** Graphs of one layer or block at MobileNetV2's shapes, whose heaviest step is what a benchmark times. */
enum KernelCase {
  /** For the test that benchmarks start. */
  TINY("f32[1, 16, 4, 4]", product(16, 16)),
  /** The projections read what a clip left, as in the network, and so may leave out zeros. */
  PROJECTION_14("f32[1, 384, 14, 14]", projection(384, 64)),
  PROJECTION_7("f32[1, 960, 7, 7]", projection(960, 160)),
  LAST_7("f32[1, 320, 7, 7]", product(320, 1280)),
  CLASSIFIER("f32[1, 1280, 1, 1]", product(1280, 1000)),
  BANDED_14("f32[1, 384, 14, 14]", banded(384, 64, "[49*96, 36*64, 21*96, 10*64, 3*64]")),
  BANDED_7("f32[1, 960, 7, 7]", banded(960, 160, "[49*240, 36*160, 21*240, 10*160, 3*160]")),
  DEPTHWISE_14("f32[1, 96, 14, 14]", depthwise(96, 576)),
  DEPTHWISE_7("f32[1, 160, 7, 7]", depthwise(160, 960)),
  SPECTRAL_14(
      "f32[1, 96, 14, 14]", spectral(96, 576, "[49*24, 36*24, 21*48]", "[49*144, 36*96, 21*144, 10*96, 3*96]")),
  SPECTRAL_7(
      "f32[1, 160, 7, 7]", spectral(160, 960, "[49*40, 36*40, 21*80]", "[49*240, 36*160, 21*240, 10*160, 3*160]")),
  BLOCK_56("f32[1, 24, 56, 56]", block(24, 144, 24) + "  %y = add %p, %x\n"),
  BLOCK_28("f32[1, 32, 28, 28]", block(32, 192, 32) + "  %y = add %p, %x\n"),
  STEM_112("f32[1, 3, 224, 224]", stem()),
  PICTURE_192("f32[1, 3, 224, 224]", "  %y = resize %x {size = [192, 192], filter = cubic}\n");

  private final String input;
  private final String body;

  KernelCase(String input, String body) {
    this.input = input;
    this.body = body;
  }

  Graph graph() {
    return IrText.parse("graph @%s(%%x: %s) -> (%%y) {%n%s}%n".formatted(name(), input, body), name());
  }

  private static String weight(String name, String shape, int seed) {
    return "  %%%s = constant f32[%s] random(seed = %d)%n".formatted(name, shape, seed);
  }

  private static String product(int channels, int outputs) {
    return weight("w", outputs + ", " + channels, 1)
        + weight("b", "" + outputs, 2)
        + "  %y = pointwise %x, %w, %b\n";
  }

  private static String projection(int channels, int outputs) {
    return weight("w", outputs + ", " + channels, 1)
        + weight("b", "" + outputs, 2)
        + "  %c = clip %x {min = 0.0, max = 6.0}\n"
        + "  %y = pointwise %c, %w, %b\n";
  }

  private static String banded(int channels, int outputs, String keep) {
    String bands = "{block = 7x7, order = zigzag, keep = " + keep + "}\n";
    return weight("w", outputs + ", " + channels, 1)
        + weight("b", "" + outputs, 2)
        + "  %f = dct %x "
        + bands
        + "  %p = pointwise %f, %w, %b "
        + bands
        + "  %y = idct %p\n";
  }

  private static String expansion(int channels, int expanded) {
    return weight("w1", expanded + ", " + channels, 1)
        + weight("b1", "" + expanded, 2)
        + weight("w2", expanded + ", 3, 3", 3)
        + weight("b2", "" + expanded, 4)
        + "  %e = pointwise %x, %w1, %b1\n"
        + "  %r = clip %e {min = 0.0, max = 6.0}\n"
        + "  %d = depthwise %r, %w2, %b2 {kernel = [3, 3], pads = [1, 1, 1, 1]}\n";
  }

  private static String depthwise(int channels, int expanded) {
    return expansion(channels, expanded) + "  %y = clip %d {min = 0.0, max = 6.0}\n";
  }

  private static String block(int channels, int expanded, int outputs) {
    return expansion(channels, expanded)
        + weight("w3", outputs + ", " + expanded, 5)
        + weight("b3", "" + outputs, 6)
        + "  %c = clip %d {min = 0.0, max = 6.0}\n"
        + "  %p = pointwise %c, %w3, %b3\n";
  }

  private static String spectral(int channels, int expanded, String narrow, String wide) {
    String bands = "{block = 7x7, order = zigzag, keep = ";
    return weight("w1", expanded + ", " + channels, 1)
        + weight("b1", "" + expanded, 2)
        + weight("w2", expanded + ", 3, 3", 3)
        + weight("b2", "" + expanded, 4)
        + weight("w3", channels + ", " + expanded, 5)
        + "  %f = dct %x " + bands + narrow + "}\n"
        + "  %e = pointwise %f, %w1, %b1 " + bands + narrow + "}\n"
        + "  %s = idct %e\n"
        + "  %r = clip %s {min = 0.0, max = 6.0}\n"
        + "  %d = depthwise %r, %w2, %b2 {kernel = [3, 3], pads = [1, 1, 1, 1]}\n"
        + "  %c = clip %d {min = 0.0, max = 6.0}\n"
        + "  %g = dct %c " + bands + wide + "}\n"
        + "  %p = pointwise %g, %w3 " + bands + wide + "}\n"
        + "  %y = idct %p\n";
  }

  private static String stem() {
    return weight("w1", "32, 3, 3, 3", 1)
        + weight("b1", "32", 2)
        + weight("w2", "32, 3, 3", 3)
        + weight("b2", "32", 4)
        + weight("w3", "16, 32", 5)
        + weight("b3", "16", 6)
        + "  %k = convolution %x, %w1, %b1 {kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1]}\n"
        + "  %r = clip %k {min = 0.0, max = 6.0}\n"
        + "  %d = depthwise %r, %w2, %b2 {kernel = [3, 3], pads = [1, 1, 1, 1]}\n"
        + "  %c = clip %d {min = 0.0, max = 6.0}\n"
        + "  %y = pointwise %c, %w3, %b3\n";
  }
}
