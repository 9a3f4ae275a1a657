package dev.lowpass.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between documents lead to files and headings that are there. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");

  static List<Path> documents() {
    return Documents.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) {
    List<String> broken = new ArrayList<>();
    Matcher link = LINK.matcher(CODE.matcher(Documents.text(document)).replaceAll(""));
    while (link.find()) {
      String target = link.group(1);
      if (!target.matches("[a-z]+:.*") && !isThere(document, target)) {
        broken.add(target);
      }
    }
    assertThat(broken).as("links of %s that lead nowhere", document).isEmpty();
  }

  private static boolean isThere(Path document, String target) {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path file = path.isEmpty() ? document : document.resolveSibling(path).normalize();
    return Files.exists(file) && (hash < 0 || anchors(file).contains(target.substring(hash + 1)));
  }

  private static Set<String> anchors(Path file) {
    String text = Documents.text(file);
    Set<String> anchors = new LinkedHashSet<>();
    // Headings within code are comments of shells.
    text.replaceAll("(?ms)^```.*?^```", "").lines().filter(line -> line.matches("#+ .*")).map(LinksTest::anchor).forEach(anchors::add);
    ANCHOR.matcher(text).results().map(found -> found.group(1)).forEach(anchors::add);
    return anchors;
  }

  /** As GitHub makes it. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("#+ ", "")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  @Test
  void theIndexHasAllPages() {
    String index = Documents.text(Documents.DOCS.resolve("README.md"));
    Stream<String> pages =
        Documents.all().stream()
            .filter(page -> page.getParent().equals(Documents.DOCS))
            .map(page -> page.getFileName().toString())
            .filter(page -> !page.equals("README.md"));
    assertThat(pages).allSatisfy(page -> assertThat(index).contains("(" + page + ")"));
  }
}
