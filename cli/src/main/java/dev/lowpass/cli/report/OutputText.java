package dev.lowpass.cli.report;

import dev.lowpass.cli.data.Scores;
import dev.lowpass.cli.data.Tensors;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An output for people and programs: the five best classes of [1, K], a few values of anything else. */
public final class OutputText {
  private static final int CLASSES = 5;
  private static final int VALUES = 8;

  private OutputText() {}

  public static void print(String name, Tensor tensor, Terminal terminal) {
    terminal.line(terminal.strong(name) + ": " + tensor);
    IntToDoubleFunction elements = Tensors.elements(tensor);
    if (isScores(tensor)) {
      Table table = new Table("class", "score");
      for (int best : new Scores(tensor.floats()).top(CLASSES)) {
        table.row(String.valueOf(best), String.format(Locale.ROOT, "%.4f", elements.applyAsDouble(best)));
      }
      table.print(terminal);
    } else {
      String values =
          IntStream.range(0, Math.min(VALUES, tensor.elements()))
              .mapToObj(i -> String.format(Locale.ROOT, "%.5g", elements.applyAsDouble(i)))
              .collect(Collectors.joining(", "));
      terminal.line("  " + values + (tensor.elements() > VALUES ? ", …" : ""));
    }
  }

  public static Json toJson(String name, Tensor tensor, @Nullable Path written) {
    IntToDoubleFunction elements = Tensors.elements(tensor);
    Json json = new Json().with("name", name).with("type", tensor.type().toString()).with("shape", tensor.shape());
    if (isScores(tensor)) {
      List<Integer> top = new Scores(tensor.floats()).top(CLASSES);
      List<Json> scores =
          top.stream().map(i -> new Json().with("class", i).with("score", elements.applyAsDouble(i))).toList();
      json.with("top", scores);
    } else {
      int count = Math.min(VALUES, tensor.elements());
      json.with("first", IntStream.range(0, count).mapToObj(elements::applyAsDouble).toList());
    }
    return written == null ? json : json.with("file", written.toString());
  }

  private static boolean isScores(Tensor tensor) {
    List<Long> shape = tensor.shape();
    return tensor.type() == ElementType.F32 && shape.size() == 2 && shape.get(0) == 1 && shape.get(1) > 1;
  }
}
