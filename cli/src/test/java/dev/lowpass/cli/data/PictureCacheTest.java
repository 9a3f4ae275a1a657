package dev.lowpass.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.picture.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCacheTest {
  private static final Preprocessing PREPROCESSING = Preprocessing.defaults();

  @TempDir Path folder = Path.of("");

  private PictureSet set(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(9 + i, 7, BufferedImage.TYPE_INT_RGB);
      image.setRGB(i, 3, 0xffffff);
      ImageIO.write(image, "png", folder.resolve("%02d.png".formatted(i)).toFile());
    }
    return PictureFolder.unlabelled(folder);
  }

  @Test
  void everyPictureIsInItsPlace() throws IOException {
    List<String> stages = new ArrayList<>();
    Progress progress = (name, done, total) -> stages.add(name + " " + done + "/" + total);
    PictureSet set = set(12);
    PictureCache cache = PictureCache.read(set, PREPROCESSING, 4, 6, 3 * 4 * 6 * 12, progress);
    assertThat(cache.size()).isEqualTo(12);
    for (int i = 0; i < cache.size(); i++) {
      float[] alone = PREPROCESSING.input(PictureFile.read(set.entries().get(i).file()), 4, 6);
      assertThat(cache.input(i)).containsExactly(alone);
    }
    assertThat(stages).hasSize(12).startsWith("read pictures 0/12").endsWith("read pictures 11/12");
  }

  @Test
  void whatTakesTooMuchMemoryIsRefusedBeforeItIsRead() throws IOException {
    PictureSet set = new PictureSet(folder, List.of(new PictureSet.Entry(folder.resolve("absent.png"))));
    assertThatThrownBy(() -> PictureCache.read(set, PREPROCESSING, 4, 6, 71, Progress.silent()))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7015")
        .hasMessageContaining("1 pictures of 4x6");
    assertThatThrownBy(() -> PictureCache.read(set, PREPROCESSING, 4, 6, 72, Progress.silent()))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void theFirstDamagedPictureIsNamed() throws IOException {
    PictureSet set = set(12);
    Files.writeString(folder.resolve("05.png"), "damaged");
    Files.writeString(folder.resolve("11.png"), "damaged");
    assertThatThrownBy(() -> PictureCache.read(set, PREPROCESSING, 4, 6, 1 << 20, Progress.silent()))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageStartingWith("LP5030")
        .hasMessageContaining("05.png");
  }
}
