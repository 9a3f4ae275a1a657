package dev.lowpass.runtime.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
  @Test
  void planesAreRedGreenBlueAndNormalised() {
    float[] planes = Preprocessing.defaults().input(Picture.of(painted()), 2, 3);
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

  /** Java takes grey samples for linear light; what a file says is meant as it is. */
  @Test
  void greySamplesAreLeftAsTheyAre() {
    BufferedImage eight = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    eight.getRaster().setSample(0, 0, 0, 16);
    eight.getRaster().setSample(1, 0, 0, 250);
    assertThat(Picture.of(eight).samples()).containsExactly(16, 16, 16, 250, 250, 250);
    BufferedImage sixteen = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    sixteen.getRaster().setSample(0, 0, 0, 65535);
    sixteen.getRaster().setSample(1, 0, 0, 16 * 257);
    assertThat(Picture.of(sixteen).samples()).containsExactly(255, 255, 255, 16, 16, 16);
  }

  @Test
  void bytesArePlanesWithoutASign() {
    Picture picture = new Picture(2, 1, new int[] {1, 2, 200, 4, 5, 255});
    assertThat(picture.planes()).containsExactly(1, 4, 2, 5, (byte) 200, (byte) 255);
  }

  /** However a picture lies in memory, it has the colours that {@code getRGB} gives; of a part, too. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_USHORT_565_RGB,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void coloursAreThoseOfAnyFormat(int type) {
    BufferedImage whole = new BufferedImage(5, 4, type);
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      whole.setRGB(i % 5, i / 5, random.nextInt());
    }
    for (BufferedImage image : List.of(whole, whole.getSubimage(1, 2, 3, 2))) {
      Picture picture = Picture.of(image);
      for (int i = 0; i < 3 * picture.width() * picture.height(); i++) {
        int x = i / 3 % picture.width();
        int y = i / 3 / picture.width();
        assertThat(picture.sample(x, y, i % 3)).isEqualTo(image.getRGB(x, y) >> 16 - 8 * (i % 3) & 255);
      }
    }
  }

  /** 3x2, black but for the last pixel. */
  private static BufferedImage painted() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 1, 255 << 16 | 128 << 8 | 7);
    return image;
  }
}
