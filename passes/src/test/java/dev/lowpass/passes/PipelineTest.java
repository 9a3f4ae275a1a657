package dev.lowpass.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.canonical.FoldConstants;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.Pipeline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fold-constants",
        "fold-constants{limit=12}",
        "fold-constants{limit=65536},simplify-movement,fold-constants",
        "recognize-pointwise,recognize-depthwise,recognize-pointwise"
      })
  void printsBackToItsText(String text) {
    assertThat(Pipelines.parse(text)).hasToString(text);
  }

  @Test
  void whiteSpaceDoesNotMatter() {
    Pipeline pipeline = Pipelines.parse(" fold-constants { limit = 12 } ,\n simplify-movement\n");
    assertThat(pipeline).hasToString("fold-constants{limit=12},simplify-movement");
  }

  @Test
  void everyCataloguedPassCanStandAloneInAPipeline() {
    for (PassCatalog.Entry entry : PassCatalog.entries()) {
      assertThat(Pipelines.parse(entry.name())).hasToString(entry.name());
      assertThat(entry.summary()).isNotBlank().doesNotContain("\n");
    }
  }

  @Test
  void defaultPipelinesAreMadeOfCataloguedPasses() {
    for (Pipeline pipeline : List.of(Pipelines.canonical(), Pipelines.dense(), Pipelines.standard())) {
      assertThat(Pipelines.parse(pipeline.toString())).hasToString(pipeline.toString());
    }
  }

  @Test
  void optionsReachThePass() {
    Pass pass = Pipelines.parse("fold-constants{limit=12}").steps().getFirst().pass();
    assertThat(pass).isEqualTo(new FoldConstants(new FoldConstants.Options(12)));
  }

  @Test
  void catalogListsOptionsWithTheirDefaults() {
    assertThat(PassCatalog.entries())
        .filteredOn(entry -> entry.name().equals("fold-constants"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.options()).containsEntry("limit", "65536"));
  }

  @Test
  void stepsUpToAPassEndWithItsLast() {
    Pipeline pipeline = Pipelines.parse("fold-constants,simplify-movement,fold-constants{limit=3},merge-equal-nodes");
    assertThat(pipeline.upTo("fold-constants"))
        .hasToString("fold-constants,simplify-movement,fold-constants{limit=3}");
    assertThat(pipeline.upTo("shrink-input").steps()).isEmpty();
  }

  @Test
  void passesCanBeLeftOutAndReplaced() {
    Pipeline pipeline = Pipelines.parse("fold-constants,simplify-movement,fold-constants{limit=3}");
    assertThat(pipeline.without("fold-constants")).hasToString("simplify-movement");
    Pass replacement = new FoldConstants(new FoldConstants.Options(7));
    assertThat(pipeline.with(replacement).steps().getLast().pass()).isEqualTo(replacement);
    assertThat(pipeline.with(replacement)).hasToString(pipeline.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fold-constant | LP3001 fold-constant: no such pass; did you mean 'fold-constants'?
          fold_constants | LP3001 fold_constants: no such pass; did you mean 'fold-constants'?
          fold-constants{limits=3} | LP3003 fold-constants: no option 'limits'; did you mean 'limit'?
          fold-constants{size=3} | LP3003 fold-constants: no option 'size'; the options are limit
          simplify-movement{limit=3} | LP3003 simplify-movement: no option 'limit'; there are no options
          fold-constants{limit=many} | LP3004 fold-constants: option limit is 'many'; it is an integer
          fold-constants{limit=1,limit=2} | LP3002 fold-constants: option limit is given twice
          """)
  void mistakesInNamesAndValues(String text, String message) {
    assertThatThrownBy(() -> Pipelines.parse(text)).isInstanceOf(LowpassException.class).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fold-constants, | LP3002 pipeline:16: expected the name of a pass, found the end
          fold-constants,, | LP3002 pipeline:16: expected the name of a pass, found ','
          fold-constants simplify-movement | LP3002 pipeline:16: expected ',' or the end, found 's'
          fold-constants{ | LP3002 pipeline:16: expected the name of an option, found the end
          fold-constants{limit} | LP3002 pipeline:21: expected '=' after limit, found '}'
          fold-constants{limit=} | LP3002 pipeline:22: expected a value of limit, found '}'
          fold-constants{limit=3 | LP3002 pipeline:23: expected ',' or '}', found the end
          """)
  void mistakesInForm(String text, String message) {
    assertThatThrownBy(() -> Pipelines.parse(text)).isInstanceOf(LowpassException.class).hasMessageStartingWith(message);
  }

  @Test
  void aFarNameListsAllPasses() {
    assertThatThrownBy(() -> Pipelines.parse("optimise-everything"))
        .hasMessageContaining("the passes are shrink-input, fold-constants, ");
  }
}
