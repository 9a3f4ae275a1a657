package dev.lowpass.cli.report;

import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.cost.PricedModel;
import java.util.Locale;

/** Prices as a table beside those built in, and as JSON. */
public record PriceTable(PricedModel prices, PricedModel builtIn) {
  public void print(Terminal terminal) {
    Table table = new Table("term", "nanoseconds", "built in");
    for (CostTerm term : CostTerm.values()) {
      table.row(term.word(), text(prices, term), text(builtIn, term));
    }
    table.print(terminal);
  }

  private static String text(PricedModel model, CostTerm term) {
    return String.format(Locale.ROOT, "%.3f", model.nanoseconds().get(term));
  }

  /** Where prices come from, and what they are, in nanoseconds by term. */
  public static Json toJson(PricedModel prices) {
    Json nanoseconds = new Json();
    prices.nanoseconds().forEach((term, price) -> nanoseconds.with(term.word(), price));
    return new Json().with("source", prices.source()).with("nanoseconds", nanoseconds);
  }
}
