package dev.lowpass.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PassesPageTest {
  @Test
  void thePageIsUpToDate() throws IOException {
    assertThat(Documents.text(PassesPage.PAGE))
        .as("%s; PassesPage writes it, docs/README.md says how", PassesPage.PAGE)
        .isEqualTo(PassesPage.text());
  }

  @Test
  void javadocBecomesMarkdown() {
    String source =
        """
        /**
         * Moves {@code dct} past {@link Relu}.
         *
         * <pre>{@code
         * %a = dct %x
         * }</pre>
         *
         * <p>Does not fire when
         * <ul>
         *   <li>it reads
         *       coefficients;
         *   <li>a &lt; b.
         * </ul>
         */
        public final class Mover {}
        """;
    assertThat(JavadocText.ofType(source))
        .isEqualTo(
            """
            Moves `dct` past `Relu`.

            ```
            %a = dct %x
            ```

            Does not fire when
            - it reads
            coefficients;
            - a < b.""");
  }
}
