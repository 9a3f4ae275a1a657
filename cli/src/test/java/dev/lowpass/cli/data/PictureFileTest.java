package dev.lowpass.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void losslessFilesReadBackAsTheyWerePainted(String format) throws IOException {
    Path file = folder.resolve("x." + format);
    assertThat(ImageIO.write(halves(), format, file.toFile())).isTrue();
    assertHalves(PictureFile.read(file), 0);
  }

  @ParameterizedTest
  @EnumSource
  void filesOfOtherEncodersAreRead(SamplePictures sample) throws IOException {
    assertHalves(PictureFile.read(Files.write(folder.resolve(sample.fileName()), sample.bytes())), 4);
  }

  /** TwelveMonkeys also offers itself for these, and need not round alike. */
  @Test
  void commonJpegsAreReadByTheJdk() throws IOException {
    Path file = folder.resolve("x.jpg");
    ImageIO.write(noise(40, 30), "jpg", file.toFile());
    ImageReader jdk =
        Stream.generate(ImageIO.getImageReadersByFormatName("jpeg")::next)
            .filter(reader -> reader.getClass().getName().startsWith("com.sun."))
            .findFirst()
            .orElseThrow();
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      jdk.setInput(stream);
      assertThat(PictureFile.read(file)).usingRecursiveComparison().isEqualTo(Picture.of(jdk.read(0)));
    } finally {
      jdk.dispose();
    }
  }

  @Test
  void whatIsNoPictureIsExplained() throws IOException {
    Path file = Files.writeString(folder.resolve("x.jpg"), "not a picture");
    assertThatThrownBy(() -> PictureFile.read(file))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageStartingWith("LP5030")
        .hasMessageContaining("WebP");
    assertThatThrownBy(() -> PictureFile.read(folder.resolve("y"))).isInstanceOf(NoSuchFileException.class);
  }

  /** The time limit counts: of damaged bytes a decoder once made hours of work. */
  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void everyTruncationAndManyDamagesAreAnErrorOrAPicture(SamplePictures sample) throws IOException {
    assertReadOrRefused(sample.fileName(), sample.bytes());
  }

  @Test
  void damagedPngsAreAnErrorOrAPicture() throws IOException {
    Path file = folder.resolve("x.png");
    ImageIO.write(halves(), "png", file.toFile());
    assertReadOrRefused("x.png", Files.readAllBytes(file));
  }

  private void assertReadOrRefused(String name, byte[] whole) throws IOException {
    Random random = new Random(4);
    for (int trial = 0; trial < whole.length + 200; trial++) {
      byte[] damaged = Arrays.copyOf(whole, Math.min(trial, whole.length));
      for (int hit = 0; trial > whole.length && hit < 3; hit++) {
        // Not the sizes: a large and empty picture takes its time.
        damaged[random.nextInt(32, damaged.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve(name), damaged);
      try {
        assertThat(PictureFile.read(file).samples()).isNotEmpty();
      } catch (LowpassRuntimeException e) {
        assertThat(e.code()).isEqualTo(5030);
      }
    }
  }

  /** Refused by what the header claims, before memory is asked for. */
  @ParameterizedTest
  @CsvSource({"20000, 20000", "70000, 1", "1, 2147483647"})
  void hugePicturesAreRefused(int width, int height) throws IOException {
    Path file = Files.write(folder.resolve("x.png"), pngThatClaims(width, height));
    assertThatThrownBy(() -> PictureFile.read(file))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageStartingWith("LP5030")
        .hasMessageContaining("at most 100000000");
  }

  private static byte[] pngThatClaims(int width, int height) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(17);
    header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 check = new CRC32();
    check.update(header.array());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
    png.write(ByteBuffer.allocate(25).putInt(13).put(header.array()).putInt((int) check.getValue()).array());
    png.write(new byte[] {0, 0, 0, 0, 'I', 'D', 'A', 'T', 0x35, (byte) 0xaf, 0x06, 0x1e});
    return png.toByteArray();
  }

  private static void assertHalves(Picture picture, int tolerance) {
    assertThat(picture.width()).isEqualTo(8);
    assertThat(picture.height()).isEqualTo(8);
    int[][] colours = {{200, 60, 30}, {20, 90, 220}};
    for (int channel = 0; channel < 3; channel++) {
      assertThat(picture.sample(1, 4, channel)).isCloseTo(colours[0][channel], within(tolerance));
      assertThat(picture.sample(6, 4, channel)).isCloseTo(colours[1][channel], within(tolerance));
    }
  }

  private static BufferedImage halves() {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, i % 8 < 4 ? 200 << 16 | 60 << 8 | 30 : 20 << 16 | 90 << 8 | 220);
    }
    return image;
  }

  private static BufferedImage noise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt(1 << 24));
    }
    return image;
  }
}
