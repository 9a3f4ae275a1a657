package dev.lowpass.codegen.fit;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.cost.PricedModel;

/** Where a compilation has its prices from. */
public sealed interface PricesOrigin {
  /** From the compiler: the same everywhere. */
  record BuiltIn() implements PricesOrigin {}

  /** From the user. */
  record Given(MeasuredPrices prices) implements PricesOrigin {}

  /** From the user's cache, where they must be. */
  record OfThisMachine() implements PricesOrigin {}

  /**
   * The prices for {@code backend}.
   *
   * @throws LowpassException LP4018 for a broken file in the cache, LP4019 where there is none, LP4022 where those
   *     given are of another target
   */
  default PricedModel resolve(Backend backend) {
    return switch (this) {
      case BuiltIn _ -> backend.prices();
      case Given given -> given.prices().model(backend);
      case OfThisMachine _ -> MachinePrices.of(backend).require().model(backend);
    };
  }
}
