package dev.lowpass.cli.page;

/**
 * A part of a page.
 *
 * @param id its anchor, of letters, digits and dashes
 * @param title as text
 * @param lead a sentence on what is seen, as HTML
 * @param body as HTML
 */
record Section(String id, String title, String lead, String body) {
  String html() {
    return """
        <section id="%s" aria-labelledby="%s-title">
        <h2 id="%s-title">%s</h2>
        <p class="lead">%s</p>
        %s
        </section>"""
        .formatted(id, id, id, Html.escaped(title), lead, body);
  }

  String link() {
    return "<a href=\"#%s\">%s</a>".formatted(id, Html.escaped(title));
  }
}
