package dev.lowpass.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.text.IrPrinter;
import dev.lowpass.ir.text.IrText;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples and grammars of docs/ir-text.md are those of the parsers. */
class IrTextPageTest {
  private static final String PAGE = Documents.text(Documents.DOCS.resolve("ir-text.md"));

  private static List<String> blocks(String language) {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```").matcher(PAGE).results().map(block -> block.group(1)).toList();
  }

  static List<String> graphs() {
    return blocks("ir");
  }

  static List<String> bands() {
    return blocks("bands");
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void graphsAreRead(String text) {
    String printed = IrPrinter.print(IrText.parse(text, "ir-text.md"));
    assertThat(IrPrinter.print(IrText.parse(printed, "printed"))).isEqualTo(printed);
  }

  @ParameterizedTest
  @MethodSource("bands")
  void bandsAreRead(String text) {
    assertThatNoException().isThrownBy(() -> BandsFile.parse(text, "ir-text.md"));
    assertThat(BandsFile.parse(BandsFile.parse(text, "ir-text.md").print(), "printed")).isEqualTo(BandsFile.parse(text, "ir-text.md"));
  }

  static Stream<Path> grammars() {
    Path folder = Documents.ROOT.resolve("ir/src/main/antlr4/dev/lowpass/ir");
    return Stream.of("text/grammar/Ir.g4", "bands/grammar/Bands.g4").map(folder::resolve);
  }

  /** Every rule of the parser has the page's rule of that name. */
  @ParameterizedTest
  @MethodSource("grammars")
  void rulesAreAllThere(Path grammar) {
    List<String> rules =
        Pattern.compile("(?m)^([a-z]\\w*)\\s*:").matcher(Documents.text(grammar).replaceAll("\\n  :", " :")).results().map(rule -> rule.group(1)).toList();
    assertThat(rules).isNotEmpty().allSatisfy(rule -> assertThat(String.join("\n", blocks("ebnf"))).containsPattern("(?m)^" + rule + " +="));
  }
}
