package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.learn.Learner;
import dev.lowpass.learn.judge.Score;
import dev.lowpass.learn.train.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectionTrainingTest {
  private static final DirectionTraining.Plan TINY =
      new DirectionTraining.Plan(24, 6, 8, 0.8, List.of(InputSize.of(48, 96)), new Schedule(4, 4, 1e-4, 0.05, 1), 2, 8);

  /** Steps at which held-out lines were looked at. */
  private static final class Looks implements Learner.Listener {
    private final List<Integer> steps = new ArrayList<>();

    @Override
    public void stage(String stage, int done, int total) {}

    @Override
    public void step(int step, double loss, double microseconds) {
      assertThat(loss).isFinite();
    }

    @Override
    public void evaluated(int step, Score score, double microseconds, boolean best) {
      steps.add(step);
    }

    @Override
    public void between(double part, Score score) {
      assertThat(part).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aShortTrainingWritesAClassifierThatSaysAtWhichSizeItReads(@TempDir Path folder) throws IOException {
    Path onnx = folder.resolve("learnt.onnx");
    Looks looks = new Looks();

    new DirectionTraining(folder, TINY, Progress.silent()).run(onnx, looks);

    assertThat(looks.steps).containsExactly(0, 2, 4);
    BandsFile bands = BandsFile.parse(OnnxReader.read(onnx, ImportOptions.defaults()).bands().orElseThrow(), "learnt");
    assertThat(bands.inputs().get(DemoModel.INPUT).map()).isEqualTo(InputSize.of(48, 96).map());
  }
}
