package dev.lowpass.cli.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.cli.frontier.FrontierPoint.Kind;
import dev.lowpass.ir.LowpassException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

class FrontierPictureTest {
  @TempDir Path folder = Path.of("");

  private Frontier frontier = new Frontier(new MeasuredOn("cpu", 1, "net", "pictures", 1), List.of());

  @BeforeEach
  void read() throws IOException {
    frontier = FrontierFile.read(Files.writeString(folder.resolve("x.json"), Results.text("result.json")));
  }

  private static Document parsed(String svg) throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  /** frontier.svg was looked at; whoever changes the picture looks at it again and writes the new one there. */
  @Test
  void thePictureIsTheOneThatWasLookedAt() {
    assertThat(new FrontierPicture(frontier, Measure.ACCURACY).svg()).isEqualTo(Results.text("frontier.svg"));
  }

  @Test
  void theTableHasTheNumbersAsTheyAre() {
    assertThat(FrontierCsv.text(frontier)).isEqualTo(Results.text("frontier.csv"));
  }

  @ParameterizedTest
  @EnumSource
  void everyMeasureIsDrawnAsXml(Measure measure) throws ParserConfigurationException, IOException, SAXException {
    Document document = parsed(new FrontierPicture(frontier, measure).svg());
    assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
        .contains("dense 32 (dense, input 32x32): time 1.000", "wide, \"late\" layers", "Up and to the left");
    assertThat(document.getElementsByTagName("title").item(0).getTextContent()).startsWith("net.onnx: ");
  }

  /** Whatever a point costs, it is drawn lower for it. */
  @ParameterizedTest
  @EnumSource
  void upIsBetter(Measure measure) {
    String svg = new FrontierPicture(frontier, measure).svg();
    assertThat(heightOf(svg, "dense 32 ")).isLessThan(heightOf(svg, "chosen "));
    assertThat(heightOf(svg, "chosen ")).isLessThan(heightOf(svg, "dense 24x28 "));
  }

  private static double heightOf(String svg, String point) {
    String line = svg.lines().filter(one -> one.contains("<title>" + point)).findFirst().orElseThrow();
    String place = line.substring(line.indexOf("translate(") + 10, line.indexOf(")\""));
    return Double.parseDouble(place.split(" ")[1]);
  }

  @Test
  void manyPointsAtOnePlaceAreDrawn() throws ParserConfigurationException, IOException, SAXException {
    List<FrontierPoint> points = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      FrontierPoint dense = frontier.points().getFirst();
      points.add(
          new FrontierPoint(
              "point " + i, Kind.BANDS, 8 + i % 9, 8, dense.measuredRatio(), dense.predictedRatio(),
              dense.microseconds(), dense.accuracy(), dense.pointsLost(), dense.agreement(), dense.divergence()));
    }
    String svg = new FrontierPicture(new Frontier(frontier.measuredOn(), points), Measure.ACCURACY).svg();
    assertThat(parsed(svg).getElementsByTagName("title").getLength()).isEqualTo(201);
  }

  @Test
  void whatNobodyMeasuredCannotBeDrawn() {
    Frontier planned =
        new Frontier(
            frontier.measuredOn(), List.of(FrontierPoint.of("planned", Kind.BANDS, 8, 8).predicted(0.5)));
    assertThatThrownBy(() -> new FrontierPicture(planned, Measure.KL).svg())
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7042")
        .hasMessageContaining("kl");
  }

  @Test
  void theMeasureIsWhatMostPointsHave() {
    assertThat(Measure.suiting(frontier)).isEqualTo(Measure.ACCURACY);
    List<FrontierPoint> unlabelled =
        frontier.points().stream()
            .map(
                point ->
                    new FrontierPoint(
                        point.name(), point.kind(), point.height(), point.width(), point.measuredRatio(),
                        point.predictedRatio(), point.microseconds(), OptionalDouble.empty(),
                        Optional.empty(), point.agreement(), point.divergence()))
            .toList();
    assertThat(Measure.suiting(new Frontier(frontier.measuredOn(), unlabelled))).isEqualTo(Measure.AGREEMENT);
  }
}
