package dev.lowpass.cli.page;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Pieces of HTML. Whatever comes from a file goes through {@link #escaped} on its way in. */
final class Html {
  private Html() {}

  /** Words as content or as an attribute's value in quotes; control characters, which have no form, are replaced. */
  static String escaped(String words) {
    StringBuilder text = new StringBuilder();
    for (char letter : words.toCharArray()) {
      switch (letter) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        case '\'' -> text.append("&#39;");
        default -> text.append(isPlain(letter) ? letter : '\uFFFD');
      }
    }
    return text.toString();
  }

  private static boolean isPlain(char letter) {
    return letter == '\n' || letter == '\t' || !Character.isISOControl(letter);
  }

  /** A name from a file. */
  static String code(String words) {
    return "<code>" + escaped(words) + "</code>";
  }

  /** A link to a place on the page. */
  static String link(String anchor, String words) {
    return "<a href=\"#%s\">%s</a>".formatted(anchor, code(words));
  }

  static String badge(String style, String words) {
    return "<span class=\"badge %s\">%s</span>".formatted(style, escaped(words));
  }

  /** A bar that is filled by {@code part}, 0 to 1. */
  static String bar(String style, double part) {
    double width = Double.isNaN(part) ? 0 : 100 * Math.clamp(part, 0, 1);
    return String.format(Locale.ROOT, "<span class=\"bar %s\"><i style=\"width:%.1f%%\"></i></span>", style, width);
  }

  /** A name and what it is, which is HTML; a part of a {@link #facts}. */
  static String fact(String name, String html) {
    return "<div><dt>%s</dt><dd>%s</dd></div>".formatted(escaped(name), html);
  }

  static String facts(Collection<String> facts) {
    return facts.stream().collect(Collectors.joining("\n", "<dl class=\"facts\">\n", "\n</dl>"));
  }

  /** A number that matters, with its name and a word on it, all as text. */
  static String tile(String name, String value, String more) {
    return "<div class=\"tile\"><span class=\"soft\">%s</span><b>%s</b><span class=\"soft\">%s</span></div>"
        .formatted(escaped(name), escaped(value), escaped(more));
  }

  static String tiles(Collection<String> tiles) {
    return tiles.stream().collect(Collectors.joining("\n", "<div class=\"tiles\">\n", "\n</div>"));
  }

  /**
   * A row that opens.
   *
   * @param summary what is seen of it when closed, as HTML
   * @param body the rest, as HTML
   */
  static String item(String anchor, String style, String summary, String body) {
    return """
        <details class="item %s" id="%s"><summary>%s</summary>
        <div class="body">%s</div></details>"""
        .formatted(style, anchor, summary, body);
  }
}
