package dev.lowpass.testsuite.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Javadoc as Markdown, as far as our passes use it: paragraphs, lists, examples, code and links. */
final class JavadocText {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public (?:final class|record)");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)<pre>(?:\\{@code)?\\s*?\\n(.*?)\\n\\}?</pre>");

  private JavadocText() {}

  /** The comment of a file's public type. */
  static String ofType(String source) {
    Matcher comment = COMMENT.matcher(source);
    if (!comment.find()) {
      throw new IllegalArgumentException("no comment of a public type");
    }
    String text = comment.group(1).lines().map(line -> line.replaceFirst("^ *\\* ?", "")).reduce("", (a, b) -> a + "\n" + b);
    List<String> parts = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(text);
    int from = 0;
    while (example.find()) {
      parts.add(prose(text.substring(from, example.start())));
      parts.add("```\n" + plain(example.group(1)).strip() + "\n```");
      from = example.end();
    }
    parts.add(prose(text.substring(from)));
    return String.join("\n\n", parts.stream().filter(part -> !part.isEmpty()).toList());
  }

  private static String prose(String text) {
    String marked =
        text.replaceAll("\\{@(?:code|link|linkplain)\\s+([^{}]*?)\\}", "`$1`")
            .replaceAll("`#?[\\w.]*#?(\\w+)(?:\\([^`]*\\))? (\\w+)`", "$2")
            .replaceAll("(?s)\\n@(?:param|throws|see).*", "")
            .replaceAll("</?[ou]l>|</li>|</p>", "")
            .replaceAll("\\s*<p>", "\n\n")
            .replaceAll("\\s*<li>\\s*", "\n- ");
    return plain(marked).strip().lines().map(String::strip).reduce((a, b) -> a + "\n" + b).orElse("");
  }

  private static String plain(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("{@literal ", "");
  }
}
