package dev.lowpass.passes;

/** The pipelines that the compiler runs when it is not told otherwise. */
public final class Pipelines {
  private Pipelines() {}

  /** One form for each idea: what every imported model goes through first. */
  public static Pipeline canonical() {
    return Pipeline.parse(
        """
        fold-constants,
        simplify-movement,
        fold-pad-into-convolution,
        recognize-activations,
        recognize-global-average-pool,
        fold-batch-normalization,
        recognize-depthwise,
        recognize-pointwise,
        recognize-channel-product,
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
    return Pipeline.parse(
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

  /** Everything stays spatial. */
  public static Pipeline dense() {
    return canonical().then(Pipeline.parse("drop-dead-channels"));
  }

  /**
   * What {@code lowpass compile} runs: {@link #canonical}, then {@link #frequency}. Without bands it equals
   * {@link #dense}.
   */
  public static Pipeline standard() {
    return canonical().then(frequency());
  }
}
