package dev.lowpass.testsuite.docs;

import dev.lowpass.passes.PassCatalog;
import dev.lowpass.passes.Pipelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes docs/passes.md: what {@code opt --list-passes} says, and the Javadoc of each pass. */
final class PassesPage {
  static final Path PAGE = Documents.DOCS.resolve("passes.md");

  private PassesPage() {}

  /** Writes the page; run it in the folder {@code testsuite}. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(PAGE, text());
  }

  static String text() throws IOException {
    Map<String, Path> sources = new TreeMap<>();
    for (Path source : Documents.sources()) {
      sources.put(source.getFileName().toString(), source);
    }
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Passes

        In the order in which a pipeline usually runs them. `lowpass opt FILE.lpt --passes wrap-pointwise,cancel-transforms` runs any of them on
        [IR text](ir-text.md), with options in braces: `choose-forms{mode=all}`. `compile --print-ir-after PASS` shows what one did to a model. A
        pipeline is right, if slower, with any optimising pass left out. This page is made of the passes' own Javadoc; `PassesPage` in the test suite
        writes it.

        The pipeline of a model with bands:

        ```
        """);
    page.append(wrapped(Pipelines.standard().toString()));
    page.append("```\n\n| pass | what it does | options |\n|---|---|---|\n");
    for (PassCatalog.Entry entry : PassCatalog.entries()) {
      page.append("| [`%s`](#%s) | %s | %s |\n".formatted(entry.name(), entry.name(), entry.summary(), options(entry)));
    }
    for (PassCatalog.Entry entry : PassCatalog.entries()) {
      Path source = Optional.ofNullable(sources.get(fileName(entry.name()))).orElseThrow();
      String link = Documents.DOCS.relativize(source).toString();
      page.append("\n## %s\n\n%s\n\n[Source](%s)\n".formatted(entry.name(), JavadocText.ofType(Documents.text(source)), link));
    }
    return page.toString();
  }

  private static String wrapped(String pipeline) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String pass : pipeline.split("(?<=,)")) {
      if (column + pass.length() > 120) {
        text.append('\n');
        column = 0;
      }
      text.append(pass);
      column += pass.length();
    }
    return text.append('\n').toString();
  }

  private static String options(PassCatalog.Entry entry) {
    return entry.options().entrySet().stream()
        .map(option -> "`%s=%s`".formatted(option.getKey(), option.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String fileName(String pass) {
    return Stream.of(pass.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining("", "", ".java"));
  }
}
