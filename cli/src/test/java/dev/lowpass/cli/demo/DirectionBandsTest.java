package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.SearchListener;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DirectionBandsTest {
  @Test
  void theShippedBandsFitTheModel() throws IOException {
    BandsFile bands = BandsFile.parse(DirectionBands.shipped(), "shipped");
    bands.checkAgainst(DirectionBands.graph());
    assertThat(bands.layers()).isNotEmpty();
  }

  @Test
  void theShippedBandsAreFoundAgain() throws IOException {
    assertThat(DirectionBands.find(SearchListener.silent())).isEqualTo(DirectionBands.shipped());
  }
}
