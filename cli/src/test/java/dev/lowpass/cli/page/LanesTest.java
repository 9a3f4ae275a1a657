package dev.lowpass.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static Row row(Integer... reads) {
    return new Row("row", "kind", "", false, List.of(reads), "", List.of());
  }

  @Test
  void aChainIsOneLane() {
    List<String> svgs = new Lanes(List.of(row(), row(0), row(1))).svgs();
    assertThat(svgs).allMatch(svg -> svg.contains("cx=\"9.0\"")).allMatch(svg -> svg.contains("width=\"17\""));
    assertThat(svgs.getFirst()).contains("y1=\"19\" y2=\"100%\"").doesNotContain("<path");
    assertThat(svgs.getLast()).contains("<path").doesNotContain("100%");
  }

  /** What is added later runs beside what comes between. */
  @Test
  void aValueThatIsReadLaterRunsBesideTheOthers() {
    List<String> svgs = new Lanes(List.of(row(), row(0), row(1), row(0, 2))).svgs();
    assertThat(svgs.get(1)).contains("cx=\"20.0\"", "x1=\"9.0\" x2=\"9.0\" y1=\"0\" y2=\"100%\"");
    assertThat(svgs.get(3)).contains("cx=\"9.0\"", "M9.0", "M20.0");
  }

  /** However many values live at once, rows have a width. */
  @Test
  void lanesAreBounded() {
    List<Row> rows = new ArrayList<>(IntStream.range(0, 30).mapToObj(i -> row()).toList());
    rows.add(row(IntStream.range(0, 30).boxed().toArray(Integer[]::new)));
    assertThat(new Lanes(rows).svgs()).hasSize(31).allMatch(svg -> svg.contains("width=\"94\""));
  }
}
