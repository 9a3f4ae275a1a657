package dev.lowpass.passes;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.canonical.EliminateDeadNodes;
import dev.lowpass.passes.canonical.FoldBatchNormalization;
import dev.lowpass.passes.canonical.FoldChannelAffine;
import dev.lowpass.passes.canonical.FoldConstants;
import dev.lowpass.passes.canonical.FoldPadIntoConvolution;
import dev.lowpass.passes.canonical.HoistElementwise;
import dev.lowpass.passes.canonical.MergeEqualNodes;
import dev.lowpass.passes.canonical.RecognizeActivations;
import dev.lowpass.passes.canonical.RecognizeChannelProduct;
import dev.lowpass.passes.canonical.RecognizeConvolution;
import dev.lowpass.passes.canonical.RecognizeDepthwise;
import dev.lowpass.passes.canonical.RecognizeGlobalAveragePool;
import dev.lowpass.passes.canonical.RecognizePointwise;
import dev.lowpass.passes.canonical.RecognizeSmoothGates;
import dev.lowpass.passes.canonical.SimplifyMovement;
import dev.lowpass.passes.channels.DropDeadChannels;
import dev.lowpass.passes.channels.FoldChannelGather;
import dev.lowpass.passes.channels.JoinChannelGathers;
import dev.lowpass.passes.channels.OrderChannels;
import dev.lowpass.passes.channels.PadGroups;
import dev.lowpass.passes.channels.RecognizeChannelGather;
import dev.lowpass.passes.channels.SplitSums;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.frequency.AttachBands;
import dev.lowpass.passes.frequency.CancelTransforms;
import dev.lowpass.passes.frequency.CompactBands;
import dev.lowpass.passes.frequency.MoveTransforms;
import dev.lowpass.passes.frequency.ShareTransforms;
import dev.lowpass.passes.frequency.ShrinkInput;
import dev.lowpass.passes.frequency.TruncateTransforms;
import dev.lowpass.passes.frequency.WrapPointwise;
import dev.lowpass.passes.pass.Nearest;
import dev.lowpass.passes.pass.Pass;
import dev.lowpass.passes.pass.PassOptions;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.passes.precision.NarrowMaps;
import dev.lowpass.passes.precision.RoundProducts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/** Every pass by its name. A new pass is registered here, in {@link #MAKERS}, and nowhere else. */
public final class PassCatalog {
  /** What {@code lowpass opt --list-passes} says of a pass; options with their defaults. */
  public record Entry(String name, String summary, SequencedMap<String, String> options) {}

  /** Makers from options; every pass can be made without any. */
  private static final List<Function<PassOptions, Pass>> MAKERS =
      List.of(
          ShrinkInput::parse,
          FoldConstants::parse,
          options -> new SimplifyMovement(),
          options -> new FoldPadIntoConvolution(),
          options -> new RecognizeActivations(),
          options -> new RecognizeSmoothGates(),
          options -> new RecognizeGlobalAveragePool(),
          options -> new FoldBatchNormalization(),
          options -> new RecognizeConvolution(),
          options -> new RecognizeDepthwise(),
          options -> new RecognizePointwise(),
          options -> new RecognizeChannelProduct(),
          options -> new HoistElementwise(),
          options -> new FoldChannelAffine(),
          options -> new MergeEqualNodes(),
          options -> new EliminateDeadNodes(),
          AttachBands::parse,
          ChooseForms::parse,
          options -> new WrapPointwise(),
          options -> new MoveTransforms(),
          options -> new CancelTransforms(),
          options -> new ShareTransforms(),
          options -> new TruncateTransforms(),
          options -> new OrderChannels(),
          CompactBands::parse,
          DropDeadChannels::parse,
          options -> new RecognizeChannelGather(),
          options -> new JoinChannelGathers(),
          options -> new FoldChannelGather(),
          options -> new SplitSums(),
          options -> new PadGroups(),
          options -> new RoundProducts(),
          options -> new NarrowMaps());

  private static final SequencedMap<String, Function<PassOptions, Pass>> BY_NAME = byName();

  private PassCatalog() {}

  private static SequencedMap<String, Function<PassOptions, Pass>> byName() {
    SequencedMap<String, Function<PassOptions, Pass>> makers = new LinkedHashMap<>();
    for (Function<PassOptions, Pass> maker : MAKERS) {
      makers.put(maker.apply(PassOptions.none("")).name(), maker);
    }
    return Collections.unmodifiableSequencedMap(makers);
  }

  /** All passes, in the order in which a pipeline usually runs them. */
  public static List<Entry> entries() {
    return BY_NAME.sequencedValues().stream().map(PassCatalog::describe).toList();
  }

  private static Entry describe(Function<PassOptions, Pass> maker) {
    PassOptions options = PassOptions.none("");
    Pass pass = maker.apply(options);
    return new Entry(pass.name(), pass.summary(), options.known());
  }

  /**
   * The pass {@code name} with the options as written.
   *
   * @throws LowpassException LP3001 for an unknown pass, LP3003 for an unknown option, LP3004 for a bad value
   */
  static Pipeline.Step make(String name, SequencedMap<String, String> written) {
    Function<PassOptions, Pass> maker = BY_NAME.get(name);
    if (maker == null) {
      String nearest = Nearest.describe(name, BY_NAME.sequencedKeySet(), "passes");
      throw new LowpassException("LP3001", name, "no such pass; " + nearest);
    }
    PassOptions options = new PassOptions(name, written);
    Pass pass = maker.apply(options);
    options.checkAllKnown();
    return new Pipeline.Step(pass, options);
  }
}
