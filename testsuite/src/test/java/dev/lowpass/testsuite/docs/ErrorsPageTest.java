package dev.lowpass.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/errors.md has every code that there is, once, and no other. */
class ErrorsPageTest {
  private static final Path PAGE = Documents.DOCS.resolve("errors.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| <a id=\"lp(\\d{4})\"></a>LP(\\d{4}) \\| (.+) \\| (.+) \\|$", Pattern.MULTILINE);

  /** A code at the beginning of a literal, or the number of an exception of the runtime. */
  private static final Pattern USE = Pattern.compile("\"LP(\\d{4})\\b|LowpassRuntimeException\\(\\s*(\\d{4})\\b|<td>LP(\\d{4})</td>");

  private static List<String> listed() {
    return ROW.matcher(Documents.text(PAGE)).results().map(row -> row.group(1)).toList();
  }

  private static Set<String> used() throws IOException {
    Set<String> used = new TreeSet<>();
    for (Path source : Documents.sources()) {
      Matcher use = USE.matcher(Documents.text(source));
      while (use.find()) {
        Stream.of(1, 2, 3).map(use::group).filter(code -> code != null).forEach(used::add);
      }
    }
    return used;
  }

  @Test
  void everyCodeIsThereOnceAndInOrder() throws IOException {
    assertThat(listed())
        .as("codes in %s, and codes in the sources; add a row with what it means and what helps, or take one away", PAGE)
        .containsExactlyElementsOf(used());
  }

  @Test
  void rowsAreWhole() {
    assertThat(ROW.matcher(Documents.text(PAGE)).results().toList())
        .allSatisfy(row -> assertThat(row.group(1)).isEqualTo(row.group(2)))
        .allSatisfy(row -> assertThat(row.group(3)).endsWith("."))
        .allSatisfy(row -> assertThat(row.group(4)).endsWith("."));
    assertThat(Documents.text(PAGE).lines().filter(line -> line.contains("| LP") || line.contains(">LP"))).hasSameSizeAs(listed());
  }

  /** What is deployed has lists of its own, for those who have nothing but its Javadoc. */
  @Test
  void theRuntimeAndSparkListTheirOwn() {
    String javadoc =
        Stream.of("runtime/src/main/java/dev/lowpass/runtime/LowpassRuntimeException.java", "spark/src/main/java/dev/lowpass/spark/Lowpass.java")
            .map(source -> Documents.text(Documents.ROOT.resolve(source)))
            .collect(Collectors.joining());
    assertThat(listed().stream().filter(code -> code.startsWith("5")))
        .allSatisfy(code -> assertThat(javadoc).contains("<td>LP" + code + "</td>"));
  }
}
