package dev.lowpass.cli.report;

import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.tune.TuningListener;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on the error stream, for people; silent where nobody looks on. */
public final class StageBar implements Progress, TuningListener, AutoCloseable {
  /** Steps of a bar whose parts are told as fractions. */
  private static final int FINE = 1000;

  private final boolean visible;
  private final String task;
  private @Nullable ProgressBar bar;

  /** A bar named {@code task}. */
  public StageBar(Terminal terminal, String task) {
    this.visible = terminal.interactive();
    this.task = task;
  }

  @Override
  public void stage(String name, int done, int total) {
    if (!visible) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .clearDisplayOnFinish()
              .build();
    }
    bar.setExtraMessage(name).maxHint(total).stepTo(done);
  }

  @Override
  public void at(String what, double part) {
    stage(what, (int) (FINE * part), FINE);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
