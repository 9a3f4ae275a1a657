package dev.lowpass.passes;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.pass.Pipeline;

/** Pipelines from text, and those that the compiler runs when it is not told otherwise. */
public final class Pipelines {
  private Pipelines() {}

  /**
   * Reads a pipeline; empty text is the empty pipeline.
   *
   * @throws LowpassException LP3001 for an unknown pass, LP3002 for text that is no pipeline, LP3003 for an unknown
   *     option, LP3004 for a bad value
   */
  public static Pipeline parse(String text) {
    return new Pipeline(new PipelineParser(text).steps());
  }

  /** One form for each idea: what every imported model goes through first. */
  public static Pipeline canonical() {
    return parse(
        """
        fold-constants,
        simplify-movement,
        fold-pad-into-convolution,
        recognize-activations,
        recognize-smooth-gates,
        recognize-global-average-pool,
        fold-batch-normalization,
        recognize-convolution,
        recognize-depthwise,
        recognize-pointwise,
        recognize-channel-product,
        hoist-elementwise,
        fold-channel-affine,
        simplify-movement,
        merge-equal-nodes,
        eliminate-dead-nodes
        """);
  }

  /**
   * Pointwise layers that have bands go to the frequency domain where that pays. Bands count the channels of the model,
   * so dead ones are dropped last, between layers that stay dense.
   */
  public static Pipeline frequency() {
    return parse(
        """
        attach-bands,
        choose-forms,
        wrap-pointwise,
        move-transforms,
        cancel-transforms,
        share-transforms,
        truncate-transforms,
        order-channels,
        compact-bands,
        drop-dead-channels
        """);
  }

  /**
   * Channels are moved as rarely as can be, and so that groups of them lie at whole slabs; then products and maps get
   * their precision.
   */
  private static Pipeline lastly() {
    return parse(
        """
        recognize-channel-gather,
        join-channel-gathers,
        hoist-elementwise,
        pad-groups,
        fold-channel-gather,
        split-sums,
        hoist-elementwise,
        eliminate-dead-nodes,
        round-products,
        narrow-maps
        """);
  }

  /** Everything stays spatial. */
  public static Pipeline dense() {
    return canonical().then(parse("drop-dead-channels")).then(lastly());
  }

  /**
   * What {@code lowpass compile} runs: the picture gets its size, then {@link #canonical} and {@link #frequency}.
   * Without bands it equals {@link #dense}.
   */
  public static Pipeline standard() {
    return parse("shrink-input").then(canonical()).then(frequency()).then(lastly());
  }

  /** Every layer that has bands, exactly as they say: whether that pays is not asked, and no band is rounded up. */
  public static Pipeline exact() {
    return standard().without("choose-forms").without("compact-bands");
  }

  /** {@link #standard} for programs that bring the picture in its small size. */
  public static Pipeline smallInput() {
    return parse("shrink-input{small=true}").then(canonical()).then(frequency()).then(lastly());
  }
}
