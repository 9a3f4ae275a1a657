package dev.lowpass.cli.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.cli.frontier.FrontierPoint.Kind;
import dev.lowpass.ir.LowpassException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontierTest {
  private static final MeasuredOn HERE = new MeasuredOn("cpu", 1, "net", "pictures", 10);

  private static FrontierPoint point(String name, Kind kind, int size, double ratio) {
    return FrontierPoint.of(name, kind, size, size).measured(ratio, 1000 * ratio);
  }

  private static Frontier.Source source(String place, MeasuredOn on, FrontierPoint... points) {
    return new Frontier.Source(place, new Frontier(on, List.of(points)));
  }

  @Test
  void pointsAreInOrder() {
    Frontier frontier =
        new Frontier(
            HERE,
            List.of(
                point("p", Kind.PEER, 8, 2),
                point("b", Kind.BANDS, 6, 0.5),
                point("a", Kind.BANDS, 8, 0.7),
                point("c", Kind.BANDS, 8, 0.9),
                point("small", Kind.DENSE, 6, 0.6),
                point("large", Kind.DENSE, 8, 1)));
    assertThat(frontier.points()).extracting(FrontierPoint::name).containsExactly("large", "small", "c", "a", "b", "p");
  }

  @Test
  void whatWasMeasuredTwiceIsTakenFromTheFirst() {
    Frontier merged =
        Frontier.merged(
            List.of(
                source("a", HERE, point("dense", Kind.DENSE, 8, 1), point("b", Kind.BANDS, 8, 0.7)),
                source(
                    "b",
                    HERE,
                    point("dense", Kind.DENSE, 8, 1.01),
                    point("dense", Kind.DENSE, 6, 0.6),
                    point("b", Kind.BANDS, 8, 0.7),
                    point("b", Kind.BANDS, 8, 0.71))));
    assertThat(merged.points())
        .containsExactly(
            point("dense", Kind.DENSE, 8, 1),
            point("dense", Kind.DENSE, 6, 0.6),
            point("b", Kind.BANDS, 8, 0.71),
            point("b", Kind.BANDS, 8, 0.7));
  }

  @Test
  void onlyTheSameIsCompared() {
    List<Frontier.Source> sources =
        List.of(source("a.json", HERE), source("b.json", new MeasuredOn("cpu", 2, "net", "pictures", 10)));
    assertThatThrownBy(() -> Frontier.merged(sources))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7041 b.json")
        .hasMessageContaining("cpu, 2 threads", "cpu, 1 thread,", "a.json");
  }
}
