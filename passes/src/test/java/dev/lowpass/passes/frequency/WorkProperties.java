package dev.lowpass.passes.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Shape;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws of the amounts that the cost model adds up: more to do is never less work. */
class WorkProperties {
  private static final Block BLOCK = new Block(7, 7);

  @Property(tries = 200)
  void moreInputsAreNotLessWork(@ForAll("products") Product product, @ForAll @IntRange(min = 1, max = 40) int more) {
    Product larger =
        new Product(product.batch(), product.inputs() + more, product.outputs(), product.rows(), product.columns());
    Work dense = Work.dense(product);
    Work largerDense = Work.dense(larger);
    assertThat(multiplyAdds(largerDense)).isGreaterThanOrEqualTo(multiplyAdds(dense));
    if (zeros(largerDense) == zeros(dense)) {
      assertNotLess(largerDense, dense);
    }
    Work banded = Work.banded(product, limit(product, 20));
    Work largerBanded = Work.banded(larger, limit(larger, 20));
    assertThat(largerBanded.amount(CostTerm.PRODUCT)).isGreaterThanOrEqualTo(banded.amount(CostTerm.PRODUCT));
    assertThat(largerBanded.amount(CostTerm.FAR_WEIGHTS)).isGreaterThanOrEqualTo(banded.amount(CostTerm.FAR_WEIGHTS));
  }

  @Property(tries = 200)
  void longerBandsAreNotLessWork(
      @ForAll("products") Product product,
      @ForAll @IntRange(min = 0, max = 49) int a,
      @ForAll @IntRange(min = 0, max = 49) int b) {
    BandLimit shorter = limit(product, Math.min(a, b));
    BandLimit longer = limit(product, Math.max(a, b));
    Shape map = Shape.of(product.batch(), product.inputs(), product.rows(), product.columns());
    assertNotLess(Work.banded(product, longer), Work.banded(product, shorter));
    assertNotLess(Work.forward(map, longer), Work.forward(map, shorter));
    assertNotLess(Work.inverse(map, longer), Work.inverse(map, shorter));
  }

  /** Then only the transforms around it make a difference. */
  @Property(tries = 200)
  void aProductWithWholeBandsMultipliesAsMuchAsADenseOne(@ForAll("products") Product product) {
    Work banded = Work.banded(product, limit(product, BLOCK.size()));
    Work dense = Work.dense(product);
    assertThat(multiplyAdds(banded)).isEqualTo(multiplyAdds(dense));
  }

  @Property(tries = 100)
  void noTimeIsNegative(@ForAll("products") Product product, @ForAll @IntRange(min = 0, max = 49) int keep) {
    for (MachineModel model : new MachineModel[] {MachineModels.AVX512, MachineModels.AVX2}) {
      assertThat(model.nanoseconds()).containsOnlyKeys(CostTerm.values());
      assertThat(model.nanoseconds().values()).allMatch(price -> price >= 0);
      assertThat(model.banded(product, limit(product, keep))).isNotNegative();
      assertThat(model.dense(product)).isPositive();
    }
  }

  /** Outputs fill halves of vectors, as padding takes the time of a channel; how many zeros are expected is unpadded. */
  @Property(tries = 200)
  void paddingCounts(@ForAll("products") Product product) {
    int padded = Math.ceilDiv(product.outputs(), 8) * 8;
    Product whole = new Product(product.batch(), product.inputs(), padded, product.rows(), product.columns());
    Work dense = Work.dense(product);
    Work wholeDense = Work.dense(whole);
    assertThat(multiplyAdds(dense)).isEqualTo(multiplyAdds(wholeDense));
    if (zeros(dense) == zeros(wholeDense)) {
      assertThat(dense).isEqualTo(wholeDense);
    }
  }

  /** Maps of whole blocks, as fused kernels want them. */
  @Provide
  Arbitrary<Product> products() {
    Arbitrary<Integer> channels = Arbitraries.integers().between(1, 200);
    Arbitrary<Integer> edge = Arbitraries.of(7, 14, 28, 56);
    return Combinators.combine(Arbitraries.integers().between(1, 3), channels, channels, edge, edge).as(Product::new);
  }

  private static double multiplyAdds(Work work) {
    return work.amount(CostTerm.PRODUCT) + work.amount(CostTerm.SKIPPING_PRODUCT);
  }

  /** What part of the multiply-adds has the price of leaving out zeros. */
  private static double zeros(Work work) {
    return work.amount(CostTerm.SKIPPING_PRODUCT) / multiplyAdds(work);
  }

  private static BandLimit limit(Product product, int keep) {
    return new BandLimit(BLOCK, CoefficientOrder.ZIGZAG, Bands.full(product.inputs(), keep));
  }

  private static void assertNotLess(Work more, Work less) {
    for (CostTerm term : CostTerm.values()) {
      assertThat(more.amount(term)).as("%s", term).isGreaterThanOrEqualTo(less.amount(term));
    }
  }
}
