package dev.lowpass.cli.learning;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.StageBar;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.learn.Learner;
import dev.lowpass.learn.judge.Score;
import java.util.Locale;

/** Tells how a training goes: a bar for people, and a line on the error stream for each look at held-out pictures. */
public final class TrainingProgress implements Learner.Listener {
  /** What the loss of one step counts in the mean that is shown. */
  private static final double LATEST = 0.05;

  private final Terminal terminal;
  private final StageBar bar;
  private final Yardstick yardstick;
  private double loss = Double.NaN;

  /** @param yardstick what is said of scores */
  public TrainingProgress(Terminal terminal, StageBar bar, Yardstick yardstick) {
    this.terminal = terminal;
    this.bar = bar;
    this.yardstick = yardstick;
  }

  @Override
  public void stage(String stage, int done, int total) {
    bar.stage(Double.isNaN(loss) ? stage : String.format(Locale.ROOT, "%s, loss %.3f", stage, loss), done, total);
  }

  @Override
  public void step(int step, double latest, double microseconds) {
    if (!Double.isFinite(latest)) {
      terminal.err().println("step " + step + ": the loss is " + latest + "; the training ends here");
    }
    loss = Double.isNaN(loss) ? latest : (1 - LATEST) * loss + LATEST * latest;
  }

  @Override
  public void evaluated(int step, Score score, double microseconds, boolean best) {
    terminal
        .err()
        .println(
            String.format(
                Locale.ROOT,
                "step %d: %sheld out: %s; predicted %s%s",
                step,
                Double.isNaN(loss) ? "" : String.format(Locale.ROOT, "loss %.4f; ", loss),
                yardstick.text(score),
                Quantity.microseconds(microseconds),
                best ? "; the best so far" : ""));
  }

  @Override
  public void between(double part, Score score) {
    String place = Quantity.percent(part) + " of the way from the beginning to the best moment";
    terminal.err().println(place + ": held out: " + yardstick.text(score));
  }
}
