package dev.lowpass.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.RandomGraphs;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Text that was damaged at random is read or rejected in one line; nothing else is thrown, and nothing huge allocated.
 */
class HostileTextProperties {
  private static final String FRAGMENTS = "%@{}[]()<>*,:=-+;\"\\ \n0179xeE.af/é\0\uD800";

  @Property(tries = 1000)
  void damagedGraphsAreReadOrRejected(@ForAll long seed) {
    Graph graph = RandomGraphs.of(seed, 12);
    String text = damaged(IrText.print(graph), new Random(seed));
    readOrReject(text, damaged -> IrText.parseAll(damaged, "damaged.ir", IrText.constants(graph)));
  }

  @Property(tries = 1000)
  void damagedGeneratedConstantsAreReadOrRejected(@ForAll long seed) {
    String text =
        """
        graph @g(%x: f32[1, 4, 14, 14] in dct<7x7, zigzag, [49*3, 8]>) -> (%y, out = %z) { // comment
          %w = constant f32[8, 4] random(seed = 7)
          %b = constant f32[8] [0.5*8]
          %n = constant i64[3] splat(2) ; comment
          %y = pointwise %x, %w, %b : f32[1, 8, 14, 14] in dct<7x7, zigzag> loc("layer")
          %s = idct %y
          %z = slice %s {starts = [0*4], extents = [1, 4, 14, 14], steps = [1*4]}
        }
        """;
    readOrReject(damaged(text, new Random(seed)), damaged -> IrText.parseAll(damaged, "damaged.ir"));
  }

  @Property(tries = 1000)
  void damagedBandsAreReadOrRejected(@ForAll long seed) {
    String text =
        """
        bands 1
        layer "conv1" block 7x7 order zigzag keep [49*120, 3]
        layer "b" block 2x3 order square keep []
        """;
    readOrReject(damaged(text, new Random(seed)), damaged -> BandsFile.parse(damaged, "damaged.bands"));
  }

  @Property(tries = 1000)
  void damagedWeightsAreReadOrRejected(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = WeightsFile.write(Map.of("w", new RandomConstant(1).of(Shape.of(3, 7))));
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(random.nextBoolean() ? 40 : bytes.length)] = (byte) random.nextInt();
    }
    byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    readOrReject("", ignored -> WeightsFile.read(cut, "damaged.weights"));
  }

  private static void readOrReject(String text, Consumer<String> reader) {
    try {
      reader.accept(text);
    } catch (LowpassException e) {
      assertThat(e.getMessage()).startsWith("LP2").contains("damaged.").doesNotContain("\n", "null");
    }
  }

  /** One to four edits: characters removed, put in or doubled. */
  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int edits = random.nextInt(4); edits >= 0 && !damaged.isEmpty(); edits--) {
      int at = random.nextInt(damaged.length());
      int end = Math.min(damaged.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 30));
      switch (random.nextInt(4)) {
        case 0 -> damaged.delete(at, end);
        case 1 -> damaged.insert(at, FRAGMENTS.charAt(random.nextInt(FRAGMENTS.length())));
        case 2 -> damaged.setCharAt(at, FRAGMENTS.charAt(random.nextInt(FRAGMENTS.length())));
        default -> damaged.insert(random.nextInt(damaged.length()), damaged.substring(at, end));
      }
    }
    return damaged.toString();
  }
}
