package dev.lowpass.cli.view;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What all pages share: one file without scripts or anything from elsewhere. */
final class HtmlPage {
  private static final String STYLE =
      """
      body { font: 14px/1.4 system-ui, sans-serif; margin: 2em; color: #222 }
      table { border-collapse: collapse } th { text-align: left; border-bottom: 2px solid #888 }
      td, th { padding: .2em .8em; vertical-align: top } tr:target { background: #ffd }
      tr.frequency td { background: #eef6ff } code { font-size: 12px }
      .bar { display: inline-block; width: 8em; height: .8em; background: #ddd }
      .bar i { display: block; height: 100%; background: #36c }
      """;

  private HtmlPage() {}

  /** A page of {@code body}, which is HTML; {@code title} is text. */
  static String of(String title, String body) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%s</title><style>
        %s</style></head>
        <body>
        %s
        </body>
        </html>
        """
        .formatted(escaped(title), STYLE, body);
  }

  /** A table of {@code rows}, each a whole {@code tr}. */
  static String table(List<String> header, List<String> rows) {
    String cells = header.stream().map(name -> "<th>" + escaped(name) + "</th>").collect(Collectors.joining());
    return "<table>\n<tr>" + cells + "</tr>\n" + String.join("\n", rows) + "\n</table>";
  }

  /** A row of {@code cells}, which are HTML. */
  static String row(String... cells) {
    return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
  }

  /** A bar that is filled by {@code part}, 0 to 1. */
  static String bar(double part) {
    return String.format(Locale.ROOT, "<span class=\"bar\"><i style=\"width:%.1f%%\"></i></span>", 100 * part);
  }

  static String code(String text) {
    return "<code>" + escaped(text) + "</code>";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
