package dev.lowpass.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  @TempDir Path folder = Path.of("");

  @Test
  void pngReadsBackAsItWasPainted() throws IOException {
    Path file = folder.resolve("x.png");
    ImageIO.write(painted(), "png", file.toFile());
    Picture picture = Picture.read(file);
    assertThat(picture.width()).isEqualTo(3);
    assertThat(picture.height()).isEqualTo(2);
    assertThat(picture.sample(2, 1, 0)).isEqualTo(255);
    assertThat(picture.sample(2, 1, 1)).isEqualTo(128);
    assertThat(picture.sample(2, 1, 2)).isEqualTo(7);
  }

  @Test
  void planesAreRedGreenBlueAndNormalised() {
    float[] planes = Picture.of(painted()).planes(new Normalization(127.5f, 127.5f));
    assertThat(planes).hasSize(18);
    assertThat(planes[5]).isEqualTo(1f);
    assertThat(planes[11]).isEqualTo((128 - 127.5f) / 127.5f);
    assertThat(planes[17]).isEqualTo((7 - 127.5f) / 127.5f);
    assertThat(planes[0]).isEqualTo(-1f);
  }

  @Test
  void resizingInterpolatesBetweenPixelCentres() {
    Picture two = new Picture(2, 1, new int[] {0, 0, 0, 100, 200, 40});
    assertThat(two.resized(4, 1).samples()).containsExactly(0, 0, 0, 25, 50, 10, 75, 150, 30, 100, 200, 40);
  }

  @Test
  void anEvenPictureStaysEvenAtAnySize() {
    int[] grey = new int[3 * 7 * 5];
    Arrays.fill(grey, 93);
    assertThat(new Picture(7, 5, grey).resized(16, 3).samples()).containsOnly(93);
  }

  @Test
  void whatIsNoPictureIsExplained() throws IOException {
    Path file = Files.writeString(folder.resolve("x.jpg"), "not a picture");
    assertThatThrownBy(() -> Picture.read(file)).isInstanceOf(LowpassException.class).hasMessageStartingWith("LP7011");
  }

  @Test
  void everyTruncationOfAPngIsAnErrorOrAPicture() throws IOException {
    Path file = folder.resolve("x.png");
    ImageIO.write(painted(), "png", file.toFile());
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 12; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        Picture.read(file);
      } catch (LowpassException e) {
        assertThat(e.code()).isEqualTo("LP7011");
      }
    }
  }

  @Test
  void normalisationByZeroIsRefused() {
    assertThatThrownBy(() -> new Normalization(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** 3x2, black but for the last pixel. */
  private static BufferedImage painted() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 1, 255 << 16 | 128 << 8 | 7);
    return image;
  }
}
