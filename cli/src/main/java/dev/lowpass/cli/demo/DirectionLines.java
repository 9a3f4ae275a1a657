package dev.lowpass.cli.demo;

import dev.lowpass.codegen.Progress;
import dev.lowpass.learn.data.Examples;
import dev.lowpass.runtime.picture.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Drawn lines to learn from, a byte a sample. */
final class DirectionLines implements Examples {
  static final LineInput INPUT = DemoModel.DIRECTION.input();

  /** @param samples of a picture that was resized for the classifier */
  private record Line(int width, byte[] samples, boolean upsideDown) {
    static Line of(DrawnLine drawn) {
      Picture resized = INPUT.resized(drawn.picture());
      byte[] samples = new byte[resized.samples().length];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (byte) resized.samples()[i];
      }
      return new Line(resized.width(), samples, drawn.upsideDown());
    }

    Picture picture() {
      int[] bytes = new int[samples.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = Byte.toUnsignedInt(samples[i]);
      }
      return new Picture(width, LineInput.HEIGHT, bytes);
    }
  }

  private final List<Line> lines;

  private DirectionLines(List<Line> lines) {
    this.lines = lines;
  }

  /** {@code count} lines, half of them upside down. */
  static DirectionLines drawn(long seed, int count, Progress progress) throws IOException {
    List<Line> lines = new ArrayList<>();
    new LineArtist(Typeface.all())
        .draw(
            seed,
            count,
            line -> {
              progress.stage("draw lines", lines.size(), count);
              lines.add(Line.of(line));
            });
    return new DirectionLines(List.copyOf(lines));
  }

  /** The first {@code count} of these. */
  DirectionLines first(int count) {
    return new DirectionLines(lines.subList(0, Math.min(count, size())));
  }

  @Override
  public int size() {
    return lines.size();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    INPUT.write(lines.get(index).picture(), target, offset);
  }

  @Override
  public OptionalInt label(int index) {
    return OptionalInt.of(lines.get(index).upsideDown() ? 1 : 0);
  }
}
