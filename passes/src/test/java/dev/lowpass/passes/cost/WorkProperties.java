package dev.lowpass.passes.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Shape;
import dev.lowpass.passes.machine.Machines;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws of the amounts that the cost model adds up: more to do is never less work. */
class WorkProperties {
  private static final WorkCounter COUNTER = new WorkCounter(Machines.AVX512);
  private static final Block BLOCK = new Block(7, 7);

  @Property(tries = 200)
  void moreInputsAreNotLessWork(
      @ForAll("products") ProductSize product, @ForAll @IntRange(min = 1, max = 40) int more) {
    ProductSize larger =
        new ProductSize(product.batch(), product.inputs() + more, product.outputs(), product.rows(), product.columns());
    Work dense = COUNTER.dense(product);
    Work largerDense = COUNTER.dense(larger);
    assertThat(multiplyAdds(largerDense)).isGreaterThanOrEqualTo(multiplyAdds(dense));
    if (zeros(largerDense) == zeros(dense)) {
      assertNotLess(largerDense, dense);
    }
    Work banded = COUNTER.banded(product, limit(product, 20));
    Work largerBanded = COUNTER.banded(larger, limit(larger, 20));
    assertThat(largerBanded.amount(CostTerm.PRODUCT)).isGreaterThanOrEqualTo(banded.amount(CostTerm.PRODUCT));
    assertThat(largerBanded.amount(CostTerm.FAR_WEIGHTS)).isGreaterThanOrEqualTo(banded.amount(CostTerm.FAR_WEIGHTS));
  }

  @Property(tries = 200)
  void longerBandsAreNotLessWork(
      @ForAll("products") ProductSize product,
      @ForAll @IntRange(min = 0, max = 49) int a,
      @ForAll @IntRange(min = 0, max = 49) int b) {
    BandLimit shorter = limit(product, Math.min(a, b));
    BandLimit longer = limit(product, Math.max(a, b));
    Shape map = Shape.of(product.batch(), product.inputs(), product.rows(), product.columns());
    assertNotLess(COUNTER.banded(product, longer), COUNTER.banded(product, shorter));
    assertNotLess(COUNTER.forward(map, longer), COUNTER.forward(map, shorter));
    assertNotLess(COUNTER.inverse(map, longer), COUNTER.inverse(map, shorter));
  }

  /** Then only the transforms around it make a difference. */
  @Property(tries = 200)
  void aProductWithWholeBandsMultipliesAsMuchAsADenseOne(@ForAll("products") ProductSize product) {
    Work banded = COUNTER.banded(product, limit(product, BLOCK.size()));
    Work dense = COUNTER.dense(product);
    assertThat(multiplyAdds(banded)).isEqualTo(multiplyAdds(dense));
  }

  @Property(tries = 100)
  void noTimeIsNegative(@ForAll("products") ProductSize product, @ForAll @IntRange(min = 0, max = 49) int keep) {
    for (PricedModel model : new PricedModel[] {Prices.AVX512, Prices.ZEN4, Prices.AVX2}) {
      assertThat(model.nanoseconds()).containsOnlyKeys(CostTerm.values());
      assertThat(model.nanoseconds().values()).allMatch(price -> price >= 0);
      assertThat(model.banded(product, limit(product, keep))).isNotNegative();
      assertThat(model.dense(product)).isPositive();
    }
  }

  /** Outputs fill halves of vectors, as padding takes the time of a channel; how many zeros are expected is unpadded. */
  @Property(tries = 200)
  void paddingCounts(@ForAll("products") ProductSize product) {
    int padded = Math.ceilDiv(product.outputs(), 8) * 8;
    ProductSize whole = new ProductSize(product.batch(), product.inputs(), padded, product.rows(), product.columns());
    Work dense = COUNTER.dense(product);
    Work wholeDense = COUNTER.dense(whole);
    assertThat(multiplyAdds(dense)).isEqualTo(multiplyAdds(wholeDense));
    if (zeros(dense) == zeros(wholeDense)) {
      assertThat(dense).isEqualTo(wholeDense);
    }
  }

  @Example
  void aWideProductIsMadeOfHalvesWhereItsRowsAndPanelsHalve() {
    Work halved = COUNTER.dense(new ProductSize(1, 384, 384, 12, 12));
    assertThat(halved.amount(CostTerm.HALVED_PRODUCT)).isEqualTo(384 * 24 * 144);
    assertThat(halved.amount(CostTerm.PRODUCT)).isZero();
    for (ProductSize whole :
        new ProductSize[] {
          new ProductSize(1, 384, 384, 7, 7), new ProductSize(1, 384, 400, 12, 12), new ProductSize(1, 176, 384, 12, 12)
        }) {
      assertThat(COUNTER.dense(whole).amount(CostTerm.HALVED_PRODUCT)).as("%s", whole).isZero();
      assertThat(COUNTER.dense(whole).amount(CostTerm.PRODUCT)).as("%s", whole).isPositive();
    }
  }

  @Example
  void whatLeavesOutZerosIsNotMadeOfHalves() {
    Work skipping = COUNTER.dense(new ProductSize(1, 768, 384, 12, 12));
    assertThat(skipping.amount(CostTerm.SKIPPING_PRODUCT)).isEqualTo(skipping.amount(CostTerm.PRODUCT)).isPositive();
    assertThat(skipping.amount(CostTerm.HALVED_PRODUCT)).isZero();
  }

  @Example
  void aSingleRowStreamsItsWeights() {
    Work single = COUNTER.dense(new ProductSize(1, 1280, 1000, 1, 1));
    assertThat(single.amount(CostTerm.STREAMED_WEIGHTS)).isEqualTo(1280 * 62.5);
    assertThat(single.amount(CostTerm.FAR_WEIGHTS)).isZero();
    assertThat(COUNTER.dense(new ProductSize(8, 1280, 1000, 1, 1)).amount(CostTerm.STREAMED_WEIGHTS)).isZero();
  }

  /** Maps of whole blocks, as fused kernels want them. */
  @Provide
  Arbitrary<ProductSize> products() {
    Arbitrary<Integer> channels = Arbitraries.integers().between(1, 200);
    Arbitrary<Integer> edge = Arbitraries.of(7, 14, 28, 56);
    Arbitrary<Integer> batch = Arbitraries.integers().between(1, 3);
    return Combinators.combine(batch, channels, channels, edge, edge).as(ProductSize::new);
  }

  private static double multiplyAdds(Work work) {
    return work.amount(CostTerm.PRODUCT)
        + work.amount(CostTerm.SKIPPING_PRODUCT)
        + work.amount(CostTerm.HALVED_PRODUCT);
  }

  /** What part of the multiply-adds has the price of leaving out zeros. */
  private static double zeros(Work work) {
    return work.amount(CostTerm.SKIPPING_PRODUCT) / multiplyAdds(work);
  }

  private static BandLimit limit(ProductSize product, int keep) {
    return new BandLimit(BLOCK, CoefficientOrder.ZIGZAG, Bands.full(product.inputs(), keep));
  }

  private static void assertNotLess(Work more, Work less) {
    for (CostTerm term : CostTerm.values()) {
      assertThat(more.amount(term)).as("%s", term).isGreaterThanOrEqualTo(less.amount(term));
    }
  }
}
