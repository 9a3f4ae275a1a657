package dev.lowpass.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.cli.data.PictureSet.Entry;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTableTest {
  private static final Path IMAGES = Path.of("images");

  @TempDir Path folder = Path.of("");

  private static Entry entry(String file, int label) {
    return new Entry(IMAGES.resolve(file), label);
  }

  @Test
  void withTabsTheFirstAndTheLastFieldCount() throws IOException {
    assertThat(read("# classes\n472\tn02951358\tcanoe, kayak\ta.jpg\n\n3\tb, c.jpg\n").entries())
        .containsExactly(entry("a.jpg", 472), entry("b, c.jpg", 3));
  }

  @Test
  void withCommasTheFileComesFirst() throws IOException {
    assertThat(read("file,label\na.jpg,3\nx/b,c.jpg, 4\n\"say \"\"cheese\"\".jpg\",5\n").entries())
        .containsExactly(entry("a.jpg", 3), entry("x/b,c.jpg", 4), entry("say \"cheese\".jpg", 5));
  }

  @Test
  void titlesAreNotNeeded() throws IOException {
    assertThat(read("a.jpg,3\n").entries()).containsExactly(entry("a.jpg", 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1\ta.jpg\ncanoe\tb.jpg\n",
        "1\ta.jpg\n-2\tb.jpg\n",
        "1\ta.jpg\nb.jpg\n",
        "a.jpg,1\nb.jpg,canoe\n",
        "a.jpg,1\nfile,label\n",
        "a.jpg,1\n,2\n",
        "a.jpg,1\nb.jpg,99999999999\n",
        "a.jpg,1\nb\0.jpg,2\n"
      })
  void aBadLineIsNamed(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7012")
        .hasMessageContaining("labels.txt:2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n# nothing\n", "file,label\n"})
  void anEmptyTableIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).hasMessageStartingWith("LP7012").hasMessageContaining("names no pictures");
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("labels.txt"), new byte[] {'1', '\t', (byte) 0xff});
    assertThatThrownBy(() -> PictureTable.read(file, IMAGES))
        .hasMessageStartingWith("LP7012")
        .hasMessageContaining("UTF-8");
  }

  private PictureSet read(String text) throws IOException {
    return PictureTable.read(Files.writeString(folder.resolve("labels.txt"), text), IMAGES);
  }
}
