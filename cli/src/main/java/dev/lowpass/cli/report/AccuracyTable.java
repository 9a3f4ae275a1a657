package dev.lowpass.cli.report;

import dev.lowpass.cli.data.Accuracy;

/**
 * How many pictures a classifier read right, and its peer where there is one.
 *
 * @param label of the classifier
 */
public record AccuracyTable(String label, Accuracy accuracy, boolean withPeer) {
  public void print(Terminal terminal) {
    Table table = new Table("engine", "top-1", "top-5", "right");
    row(table, label, accuracy.first(), accuracy.amongFive());
    if (withPeer) {
      row(table, "onnxruntime", accuracy.peerFirst(), accuracy.peerAmongFive());
    }
    table.print(terminal);
    if (withPeer) {
      terminal.line("same top-1: " + Quantity.percent(accuracy.part(accuracy.agreed())));
    }
  }

  private void row(Table table, String engine, int first, int amongFive) {
    table.row(
        engine,
        Quantity.percent(accuracy.part(first)),
        Quantity.percent(accuracy.part(amongFive)),
        first + " of " + accuracy.pictures());
  }

  public Json toJson() {
    Json json =
        new Json()
            .with("pictures", accuracy.pictures())
            .with("top1", accuracy.part(accuracy.first()))
            .with("top5", accuracy.part(accuracy.amongFive()));
    return withPeer
        ? json.with("peerTop1", accuracy.part(accuracy.peerFirst()))
            .with("peerTop5", accuracy.part(accuracy.peerAmongFive()))
            .with("agreement", accuracy.part(accuracy.agreed()))
        : json;
  }
}
