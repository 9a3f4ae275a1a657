package dev.lowpass.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A graph as rows from top to bottom, edges beside them.
 *
 * @param prefix of its rows' anchors, since a page may have several graphs
 */
record GraphSection(String id, String title, String lead, String prefix, List<Row> rows) {
  Section section() {
    Lanes edges = new Lanes(rows);
    List<String> lanes = edges.svgs();
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      drawn.add(row(i, lanes.get(i)));
    }
    return new Section(
        id,
        title,
        lead,
        "<div class=\"graph\" data-arrows style=\"--lanes:%dpx\">\n%s\n</div>"
            .formatted(edges.width(), String.join("\n", drawn)));
  }

  private String row(int index, String lanes) {
    Row row = rows.get(index);
    String summary =
        """
        <span class="number">%d</span><span class="title">%s</span>%s\
        <span class="type">%s</span><span class="aside">%s</span>"""
            .formatted(
                index,
                Html.code(row.title()),
                Html.badge(row.frequency() ? "frequency" : "", row.kind()),
                Html.escaped(row.type()),
                row.aside());
    List<String> facts = new ArrayList<>(row.facts());
    if (!row.reads().isEmpty()) {
      String reads =
          row.reads().stream()
              .map(read -> Html.link(prefix + read, read + " " + rows.get(read).title()))
              .collect(Collectors.joining(", "));
      facts.addFirst(Html.fact("reads", reads));
    }
    String item = Html.item(prefix + index, row.frequency() ? "frequency" : "", summary, Html.facts(facts));
    return "<div class=\"row\" data-find>" + lanes + item + "</div>";
  }
}
