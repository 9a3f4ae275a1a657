package dev.lowpass.cli.option;

import dev.lowpass.codegen.fit.PriceFile;
import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.ir.LowpassException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The prices by which the forms of layers are chosen. */
public final class PricesOption {
  static final String BUILT_IN = "built-in";
  static final String MEASURED = "measured";

  @Option(
      names = "--prices",
      paramLabel = "built-in|measured|FILE",
      defaultValue = BUILT_IN,
      completionCandidates = Words.class,
      description =
          "What work costs, by which it is decided which layers run low-passed: as built in for the target, which is"
              + " the same everywhere; as 'lowpass doctor --measure' measured it on this machine; or from a file that"
              + " it wrote on another. Default ${DEFAULT-VALUE}.")
  private String text = BUILT_IN;

  /**
   * Where they come from; reads the file.
   *
   * @throws LowpassException LP4018 for a file that holds no prices
   */
  public PricesOrigin toOrigin() {
    return origin(text, PricesOrigin.OfThisMachine::new);
  }

  /** What {@code text} means, where {@code measured} has the prices of this machine. */
  static PricesOrigin origin(String text, Supplier<PricesOrigin> measured) {
    return switch (text) {
      case BUILT_IN -> new PricesOrigin.BuiltIn();
      case MEASURED -> measured.get();
      default -> new PricesOrigin.Given(PriceFile.read(Path.of(text)));
    };
  }

  /** What is no file. */
  public static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(BUILT_IN, MEASURED).iterator();
    }
  }
}
