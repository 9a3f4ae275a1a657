package dev.lowpass.learn.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.Drawn;
import dev.lowpass.learn.network.TrainingEngine;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final float CLOSE = 1e-6f;

  /** Draws over which squares are averaged. */
  private static final int DRAWS = 4000;

  private final NDManager manager = TrainingEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray array(Shape shape, float... values) {
    return manager.create(values, shape);
  }

  @Test
  void divergenceIsTheMeanOverPictures() {
    // Probabilities 3/4 and 1/4 where 1/2 and 1/2 are right; then the same as is right, from other scores.
    NDList expected = new NDList(array(new Shape(2, 2), 1, 1, 4, 2));
    NDList outputs = new NDList(array(new Shape(2, 2), (float) Math.log(3), 0, 7, 5));
    double divergence = 0.5 * Math.log(0.5 / 0.75) + 0.5 * Math.log(0.5 / 0.25);
    float loss = new ClassAnswer(ClassAnswer.SOFT).loss(expected, outputs).getFloat();
    assertThat(loss).isCloseTo((float) divergence / 2, within(CLOSE));
  }

  @Test
  void valuesLoseHalfTheirSquaredRelativeError() {
    NDList expected = new NDList(array(new Shape(2, 1, 2), 3, 4, 0, 2), array(new Shape(2, 1), 10, 1));
    NDList outputs = new NDList(array(new Shape(2, 1, 2), 3, 5, 2, 2), array(new Shape(2, 1), 11, 1));
    // 1/25 and 4/4 in the one output, 1/100 and none in the other.
    double loss = ((1 / 25.0 + 1) / 2 + (1 / 100.0) / 2) / 2;
    assertThat(new ValueAnswer().loss(expected, outputs).getFloat()).isCloseTo((float) loss, within(CLOSE));
  }

  @Test
  void anOutputThatShouldBeZeroIsNoDivisionByZero() {
    NDList zeros = new NDList(manager.zeros(new Shape(1, 3)));
    assertThat(new ValueAnswer().loss(zeros, zeros).getFloat()).isZero();
  }

  /**
   * Half the mean square along drawn directions is the loss, to second order. One draw's square is about as far from
   * its mean as that is large: the mean over 4000 draws has a standard deviation of about a fiftieth; 8 percent are
   * five times that, with some left for the third order.
   */
  @Test
  void directionsOfClassesTellTheDivergence() {
    NDList expected = new NDList(array(new Shape(2, 5), Drawn.floats(10, 1)));
    NDArray change = array(new Shape(2, 5), Drawn.floats(10, 2)).mul(0.05f);
    NDList outputs = new NDList(expected.singletonOrThrow().add(change));
    ClassAnswer answer = new ClassAnswer(1);
    double loss = answer.loss(expected, outputs).getFloat();
    assertThat(meanHalfSquare(answer, expected, outputs)).isCloseTo(loss, within(0.08 * loss));
  }

  /** At another temperature it is the divergence of the softened answers, times the temperature's square. */
  @Test
  void softDirectionsTellTheDivergenceOfSoftenedAnswers() {
    double temperature = 2;
    NDList expected = new NDList(array(new Shape(2, 5), Drawn.floats(10, 1)).mul(4));
    NDArray change = array(new Shape(2, 5), Drawn.floats(10, 2)).mul(0.05f);
    NDList outputs = new NDList(expected.singletonOrThrow().add(change));
    NDList softExpected = new NDList(expected.singletonOrThrow().div(temperature));
    NDList softOutputs = new NDList(outputs.singletonOrThrow().div(temperature));
    double loss = temperature * temperature * new ClassAnswer(1).loss(softExpected, softOutputs).getFloat();
    double found = meanHalfSquare(new ClassAnswer(temperature), expected, outputs);
    assertThat(found).isCloseTo(loss, within(0.12 * loss));
  }

  /** It is quadratic, so that this holds for changes of any size; 2 / 4000 of a square's mean is its variance. */
  @Test
  void directionsOfValuesTellTheRelativeError() {
    NDList expected =
        new NDList(array(new Shape(2, 3, 2), Drawn.floats(12, 1)), array(new Shape(2, 4), Drawn.floats(8, 2)));
    NDList outputs =
        new NDList(array(new Shape(2, 3, 2), Drawn.floats(12, 3)), array(new Shape(2, 4), Drawn.floats(8, 4)));
    ValueAnswer answer = new ValueAnswer();
    double loss = answer.loss(expected, outputs).getFloat();
    assertThat(meanHalfSquare(answer, expected, outputs)).isCloseTo(loss, within(0.12 * loss));
  }

  private double meanHalfSquare(Answer answer, NDList expected, NDList outputs) {
    SplittableRandom random = new SplittableRandom(7);
    double sum = 0;
    int count = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      Answer.Directions directions = answer.directions(expected, random);
      float[] right = directions.along(expected).toFloatArray();
      float[] now = directions.along(outputs).toFloatArray();
      for (int n = 0; n < now.length; n++) {
        sum += (double) (now[n] - right[n]) * (now[n] - right[n]) / 2;
        count++;
      }
    }
    return sum / count;
  }

  private static Graph graph(String type, String lines) {
    return IrText.parse("graph @g(%%x: %s) -> (y = %%y) {\n%s\n}".formatted(type, lines), "g.ir");
  }

  @Test
  void oneRowOfScoresAPictureIsAClass() {
    assertThat(Answer.of(graph("f32[1, 5]", "%y = tanh %x"))).isInstanceOf(ClassAnswer.class);
    assertThat(Answer.of(graph("f32[1, 1]", "%y = tanh %x"))).isInstanceOf(ValueAnswer.class);
    assertThat(Answer.of(graph("f32[1, 5, 2, 2]", "%y = tanh %x"))).isInstanceOf(ValueAnswer.class);
    Graph two = IrText.parse("graph @g(%x: f32[1, 5]) -> (%y, %z) {\n%y = tanh %x\n%z = relu %x\n}", "g.ir");
    assertThat(Answer.of(two)).isInstanceOf(ValueAnswer.class);
  }

  @Test
  void scoresStandForProbabilities() {
    Graph softmax = graph("f32[1, 5]", "%s = tanh %x\n%y = softmax %s {axis = 1}");
    assertThat(Answer.scored(softmax)).isEqualTo(graphOfScores());
    Graph rows = graph("f32[5, 5]", "%s = tanh %x\n%y = softmax %s {axis = 0}");
    assertThat(Answer.scored(rows)).as("a softmax over pictures").isEqualTo(rows);
    Graph none = graph("f32[1, 5]", "%s = tanh %x\n%y = relu %s");
    assertThat(Answer.scored(none)).isEqualTo(none);
  }

  private static Graph graphOfScores() {
    return IrText.parse("graph @g(%x: f32[1, 5]) -> (y = %s) {\n%s = tanh %x\n}", "g.ir");
  }
}
