package dev.lowpass.codegen.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.tune.Circumstances;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.cost.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user's cache keeps of prices. Nothing is measured here. */
class MachinePricesTest {
  private static final Backend BACKEND = Backends.parse("cpu:x86-64-v3");

  @TempDir Path cache = Path.of("");

  private static MeasuredPrices pricesOf(Backend backend) {
    return new MeasuredPrices(
        Circumstances.of(backend), LocalDate.of(2026, 11, 30), Prices.AVX2.nanoseconds(), new FitErrors(9, 0.01, 0.02));
  }

  private MachinePrices own() {
    return MachinePrices.of(BACKEND, cache);
  }

  @Test
  void areThereTheNextTime() {
    assertThat(own().find()).isEmpty();
    own().keep(pricesOf(BACKEND));
    assertThat(own().find()).contains(pricesOf(BACKEND));
    assertThat(own().require()).isEqualTo(pricesOf(BACKEND));
    assertThat(cache.resolve("prices")).isDirectoryContaining(own().file()::equals);
    assertThat(own().findOrMeasure((_, _) -> {})).isEqualTo(pricesOf(BACKEND));
  }

  @Test
  void areNotThoseOfAnotherTarget() {
    own().keep(pricesOf(BACKEND));
    assertThat(MachinePrices.of(Backends.parse("cpu:x86-64-v4"), cache).find()).isEmpty();
    assertThat(MachinePrices.of(Backends.parse("cpu:zen4"), cache).file()).isNotEqualTo(own().file());
  }

  /** Each of processor, target and kernels makes another key. */
  @Test
  void areKeptByAllThatTheyDependOn() {
    List<String> digests =
        List.of(
            new Circumstances("a", "b", "c").digest(),
            new Circumstances("z", "b", "c").digest(),
            new Circumstances("a", "z", "c").digest(),
            new Circumstances("a", "b", "z").digest());
    assertThat(digests).doesNotHaveDuplicates();
    assertThat(Circumstances.of(BACKEND)).isEqualTo(Circumstances.of(BACKEND));
  }

  @Test
  void neverMeasuredSaysHow() {
    assertThatThrownBy(() -> own().require())
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP4019 cpu:x86-64-v3: ")
        .hasMessageContaining("'lowpass doctor --measure --target cpu:x86-64-v3'");
  }

  @Test
  void brokenOnesAreToldAndReplaced() throws IOException {
    own().keep(pricesOf(BACKEND));
    Files.writeString(own().file(), "lowpass prices 1\nproduct");
    assertThatThrownBy(() -> own().find()).hasMessageStartingWith("LP4018 " + own().file());
    own().keep(pricesOf(BACKEND));
    assertThat(own().find()).isPresent();
  }

  /** Somebody copied them there, or the digest of two is the same. */
  @Test
  void thoseOfSomethingElseAreNotTaken() throws IOException {
    Files.createDirectories(own().file().getParent());
    Files.writeString(own().file(), PriceFile.print(PriceFileTest.PRICES));
    assertThatThrownBy(() -> own().find()).hasMessageContaining("holds prices of something else");
  }

  @Test
  void whatCannotBeWrittenIsSaid() throws IOException {
    Files.writeString(cache.resolve("prices"), "a file where the folder should be");
    assertThatThrownBy(() -> own().keep(pricesOf(BACKEND)))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP4024 " + own().file());
  }

  @Test
  void devicesAreNotMeasured() {
    assertThatThrownBy(() -> MachinePrices.of(Backends.parse("opencl"), cache).measure((_, _) -> {}))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP4023 opencl: ");
  }

  @Test
  void originsResolve() {
    assertThat(new PricesOrigin.BuiltIn().resolve(BACKEND)).isEqualTo(Prices.AVX2);
    PricesOrigin given = new PricesOrigin.Given(pricesOf(BACKEND));
    assertThat(given.resolve(BACKEND).nanoseconds()).isEqualTo(Prices.AVX2.nanoseconds());
    assertThat(given.resolve(BACKEND).source()).startsWith("measured on ");
  }
}
