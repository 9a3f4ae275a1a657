package dev.lowpass.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.cli.data.PictureSet.Entry;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void fill() throws IOException {
    for (String name : new String[] {
      "tench/b.jpg", "tench/a.JPEG", "dog/deep/er/c.png", "dog/notes.txt", "dog/._c.png", ".cache/d.png", "z.webp"
    }) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    Files.createDirectories(folder.resolve("empty"));
    Files.createDirectories(folder.resolve("folder.png"));
  }

  @Test
  void allPicturesBelowAreFoundInOrder() throws IOException {
    PictureSet set = PictureFolder.unlabelled(folder);
    assertThat(set.entries())
        .containsExactly(
            new Entry(folder.resolve("dog/deep/er/c.png")),
            new Entry(folder.resolve("tench/a.JPEG")),
            new Entry(folder.resolve("tench/b.jpg")),
            new Entry(folder.resolve("z.webp")));
    assertThat(set.isLabelled()).isFalse();
  }

  /** Folders by name: dog, empty, folder.png, tench. */
  @Test
  void foldersAreClasses() throws IOException {
    PictureSet set = PictureFolder.byClass(folder);
    assertThat(set.entries())
        .containsExactly(
            new Entry(folder.resolve("dog/deep/er/c.png"), 0),
            new Entry(folder.resolve("tench/a.JPEG"), 3),
            new Entry(folder.resolve("tench/b.jpg"), 3));
    assertThat(set.isLabelled()).isTrue();
  }

  @Test
  void aFolderWithoutPicturesIsRefused() {
    assertThatThrownBy(() -> PictureFolder.unlabelled(folder.resolve("empty")))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7012")
        .hasMessageContaining("bmp, gif, jpeg, jpg, png, webp");
    assertThatThrownBy(() -> PictureFolder.byClass(folder.resolve("empty"))).hasMessageStartingWith("LP7012");
    assertThatThrownBy(() -> PictureFolder.unlabelled(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> PictureFolder.byClass(folder.resolve("z.webp")))
        .isInstanceOf(NotDirectoryException.class);
  }
}
