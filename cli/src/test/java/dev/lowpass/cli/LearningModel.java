package dev.lowpass.cli;

import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.text.IrText;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Random;
import javax.imageio.ImageIO;

/** A classifier of five classes over 3x32x32 pictures with layers worth cutting, and pictures for it. */
final class LearningModel {
  static final int CLASSES = 5;

  private static final String TEXT =
      """
      graph @small(%image: f32[1, 3, 32, 32]) -> (scores = %scores) {
        %w1 = constant f32[32, 3, 3, 3] random(seed = 1)
        %w2 = constant f32[256, 32] random(seed = 2)
        %w3 = constant f32[256, 3, 3] random(seed = 3)
        %w4 = constant f32[128, 256] random(seed = 4)
        %w5 = constant f32[5, 128] random(seed = 5)
        %stem = convolution %image, %w1 {kernel = [3, 3], strides = [2, 2], pads = [0, 0, 1, 1]} loc("stem")
        %active = relu %stem
        %wide = pointwise %active, %w2 : f32[1, 256, 16, 16] loc("expand")
        %bounded = clip %wide {min = 0.0, max = 6.0}
        %deep = depthwise %bounded, %w3 {kernel = [3, 3], strides = [2, 2], pads = [0, 0, 1, 1]} loc("depthwise")
        %clipped = clip %deep {min = 0.0, max = 6.0}
        %narrow = pointwise %clipped, %w4 : f32[1, 128, 8, 8] loc("project")
        %mean = global_average_pool %narrow
        %classes = pointwise %mean, %w5 : f32[1, 5, 1, 1] loc("classifier")
        %scores = reshape %classes {shape = [1, 5]}
      }
      """;

  private LearningModel() {}

  /** Writes the classifier to {@code file}. */
  static Path write(Path file) {
    return write(TEXT, file);
  }

  /** Writes the same network without pooling and classifier: its output is a map, and it does not classify. */
  static Path writeOfMaps(Path file) {
    String maps =
        TEXT.lines()
            .filter(line -> !line.contains("%mean =") && !line.contains("%classes =") && !line.contains("%scores ="))
            .filter(line -> !line.contains("%w5 ="))
            .reduce("", (text, line) -> text + line + "\n");
    return write(maps.replace("scores = %scores", "map = %narrow"), file);
  }

  private static Path write(String text, Path file) {
    OnnxWriter.write(IrText.parse(text, "small.ir"), new LinkedHashMap<>(), file);
    return file;
  }

  /** Draws {@code each} pictures for every one of {@code classes} into a folder of the class: waves of its own. */
  static Path drawPictures(Path folder, int classes, int each) throws IOException {
    Random random = new Random(7);
    for (int k = 0; k < classes; k++) {
      Path inside = Files.createDirectories(folder.resolve("class" + k));
      for (int i = 0; i < each; i++) {
        ImageIO.write(waves(k + 1, random), "png", inside.resolve(i + ".png").toFile());
      }
    }
    return folder;
  }

  private static BufferedImage waves(int frequency, Random random) {
    BufferedImage picture = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
    double phase = random.nextDouble(6);
    for (int i = 0; i < 40 * 32; i++) {
      double wave = Math.sin(phase + frequency * (i % 40 + i / 40 * random.nextDouble(0.8, 1)) / 8.0);
      int level = (int) (127 + 100 * wave);
      picture.setRGB(i % 40, i / 40, level << 16 | 255 - level << 8 | random.nextInt(60));
    }
    return picture;
  }
}
