package dev.lowpass.passes.pass;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Prints the graph before and after passes: {@code --print-ir-before}, {@code --print-ir-after}.
 *
 * @param before names of passes before which to print; {@code all} is every pass
 * @param after names of passes after which to print; {@code all} is every pass
 * @param sink takes IR text that begins with a comment line saying the place
 */
public record PrintGraphs(Set<String> before, Set<String> after, Consumer<String> sink) implements PassListener {
  public PrintGraphs {
    before = Set.copyOf(before);
    after = Set.copyOf(after);
  }

  @Override
  public void before(int index, int count, Pass pass, Graph graph) {
    if (selects(before, pass)) {
      sink.accept("// before " + pass.name() + "\n" + IrText.print(graph));
    }
  }

  @Override
  public void after(Pass pass, Graph graph, int applications, Duration time) {
    if (selects(after, pass)) {
      String changes = applications == 1 ? "1 change" : applications + " changes";
      sink.accept("// after " + pass.name() + ", " + changes + "\n" + IrText.print(graph));
    }
  }

  private static boolean selects(Set<String> names, Pass pass) {
    return names.contains("all") || names.contains(pass.name());
  }
}
