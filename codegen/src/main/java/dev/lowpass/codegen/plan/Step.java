package dev.lowpass.codegen.plan;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One kernel of a plan. Steps run in order; each writes one slot and reads slots that earlier ones wrote. Weights are
 * in the order of the operators in {@code ir}; an emitter packs them as it likes.
 */
public sealed interface Step {
  /** The layer it stands for, as the user knows it. */
  String name();

  Slot output();

  List<Slot> reads();

  /** What it is, in the field's words, for tables. */
  String kind();

  /** The shapes of what it reads first and of its output. */
  default String shapes() {
    return reads().getFirst().shape() + " -> " + output().shape();
  }

  /** Multiply-adds that it executes, transforms not counted. */
  default long multiplyAdds() {
    return 0;
  }

  /**
   * A pointwise convolution over samples or coefficients: act(W x + b + residual), the bias at DC alone where the rows
   * are coefficients.
   *
   * @param weight [outputs][channels]
   * @param bias [outputs], or empty
   * @param bands how much of the input each row group reads
   * @param zeros whether many samples of the input are zero, since a function such as relu made them
   * @param pooled whether the output is the mean of all that over the rows, which are samples
   */
  record Product(
      String name,
      Slot input,
      Slot output,
      Optional<Slot> residual,
      float[] weight,
      float[] bias,
      List<Band> bands,
      List<Elementwise> activation,
      boolean zeros,
      boolean pooled)
      implements Step {
    public int channels() {
      return input.slabbed().channels();
    }

    public int outputs() {
      return output.slabbed().channels();
    }

    @Override
    public List<Slot> reads() {
      return with(input, residual);
    }

    @Override
    public String kind() {
      return input.isCoefficients() ? "banded product" : pooled ? "product + pool" : "product";
    }

    @Override
    public long multiplyAdds() {
      return multiplyAdds(bands, input.slabbed(), outputs());
    }

    static long multiplyAdds(List<Band> bands, Layout.Slabbed input, int outputs) {
      long rows = 0;
      for (Band band : bands) {
        rows += (long) (band.to() - band.from()) * input.rowsOfGroup() * band.channels();
      }
      return rows * outputs * input.batch();
    }
  }

  /** What makes the map that a fused depthwise convolution reads, before the functions in between. */
  sealed interface Producer {}

  /** A pointwise convolution as producer. Fields as in {@link Product}. */
  record Expansion(float[] weight, float[] bias, List<Band> bands) implements Producer {}

  /** A general convolution without groups as producer. Fields as in {@link Convolve}. */
  record Stem(Window window, float[] weight, float[] bias) implements Producer {}

  /** A pointwise convolution of a fused block's depthwise output. Fields as in {@link Product}. */
  record Projection(float[] weight, float[] bias, Optional<Slot> residual, List<Elementwise> activation) {}

  /**
   * A block of a network with large maps, in samples: [producer → before] → depthwise → after → projection, strip by
   * strip of rows, so that nothing in between reaches memory. Fields as in {@link FusedDepthwise}.
   *
   * @param channels channels in between
   */
  record FusedBlock(
      String name,
      Slot input,
      Slot output,
      Optional<Producer> producer,
      int channels,
      List<Elementwise> before,
      Window window,
      float[] weight,
      float[] bias,
      List<Elementwise> after,
      Projection projection)
      implements Step {
    /** Height of the map that depthwise reads. */
    public int mapHeight() {
      return producer.filter(Stem.class::isInstance).map(p -> extent((Stem) p, 0)).orElse(input.shape().dim(2));
    }

    /** Width of the map that depthwise reads. */
    public int mapWidth() {
      return producer.filter(Stem.class::isInstance).map(p -> extent((Stem) p, 1)).orElse(input.shape().dim(3));
    }

    private int extent(Stem stem, int axis) {
      return stem.window.outputExtent(axis, input.shape().dim(2 + axis), false);
    }

    @Override
    public List<Slot> reads() {
      return with(input, projection.residual);
    }

    @Override
    public String kind() {
      return producer
          .map(p -> p instanceof Stem ? "convolution + depthwise + projection" : "expansion + depthwise + projection")
          .orElse("depthwise + projection");
    }

    @Override
    public long multiplyAdds() {
      Layout.Slabbed out = output.slabbed();
      long map = (long) mapHeight() * mapWidth();
      long before =
          switch (producer.orElse(null)) {
            case null -> 0;
            case Stem stem -> stem.weight.length * map;
            case Expansion expansion -> expansion.weight.length * map;
          };
      return out.batch() * (before + ((long) weight.length + projection.weight.length) * out.rows());
    }
  }

  /**
   * For every slab of 16 channels: [expansion] → [inverse transform] → before → depthwise → after → [forward transform,
   * truncated]. The inverse transform is there where the input is coefficients, the forward transform where the output
   * is.
   *
   * @param weight [channels][kernel height · kernel width]
   * @param bias [channels], or empty
   * @param keep coefficients of each channel that are read later
   * @param exact whether coefficients beyond {@code keep} must be zero; else they are undefined
   */
  record FusedDepthwise(
      String name,
      Slot input,
      Slot output,
      Optional<Expansion> expansion,
      List<Elementwise> before,
      Window window,
      float[] weight,
      float[] bias,
      List<Elementwise> after,
      Optional<Bands> keep,
      boolean exact)
      implements Step {
    public int channels() {
      return output.slabbed().channels();
    }

    @Override
    public List<Slot> reads() {
      return List.of(input);
    }

    @Override
    public String kind() {
      String depthwise = input.isCoefficients() || output.isCoefficients() ? "spectral depthwise" : "depthwise";
      return expansion.isPresent() ? "expansion + " + depthwise : depthwise;
    }

    @Override
    public long multiplyAdds() {
      Layout.Slabbed out = output.slabbed();
      long taps = (long) window.kernel().get(0) * window.kernel().get(1);
      long own = taps * out.height() * out.width() * out.channels() * out.batch();
      long expanding =
          expansion.map(e -> Product.multiplyAdds(e.bands(), input.slabbed(), channels())).orElse(0L);
      return own + expanding;
    }
  }

  /**
   * A block transform of its own: forward from samples to coefficients, or inverse: act(Dᵀ X D + residual).
   *
   * @param keep forward: coefficients that are read later; inverse: coefficients that are not known to be zero
   * @param exact forward: whether coefficients beyond {@code keep} must be zero; else they are undefined
   * @param pooled inverse: whether the output is the mean over the map
   */
  record Transform(
      String name,
      Slot input,
      Slot output,
      Optional<Slot> residual,
      Bands keep,
      boolean exact,
      List<Elementwise> activation,
      boolean pooled)
      implements Step {
    public boolean isForward() {
      return output.isCoefficients();
    }

    @Override
    public List<Slot> reads() {
      return with(input, residual);
    }

    @Override
    public String kind() {
      return isForward() ? "dct" : pooled ? "idct + pool" : "idct";
    }
  }

  /**
   * A general convolution: act(W * x + b + residual). The input may be row-major. Weight
   * [outputs][channels/groups][kh][kw].
   */
  record Convolve(
      String name,
      Slot input,
      Slot output,
      Optional<Slot> residual,
      Window window,
      int groups,
      float[] weight,
      float[] bias,
      List<Elementwise> activation)
      implements Step {
    @Override
    public List<Slot> reads() {
      return with(input, residual);
    }

    @Override
    public String kind() {
      return "convolution";
    }

    @Override
    public long multiplyAdds() {
      Layout.Slabbed out = output.slabbed();
      return (long) weight.length * out.height() * out.width() * out.batch();
    }
  }

  /**
   * A maximum or average over windows, or the mean over the whole map where {@code op} is a global average. Images in
   * slabs.
   */
  record Pool(String name, Slot input, Slot output, Op op) implements Step {
    @Override
    public List<Slot> reads() {
      return List.of(input);
    }

    @Override
    public String kind() {
      return op.mnemonic();
    }
  }

  /** Functions of one element, one after the other. Input and output have one layout. */
  record Map(String name, Slot input, Slot output, List<Elementwise> functions) implements Step {
    @Override
    public List<Slot> reads() {
      return List.of(input);
    }

    @Override
    public String kind() {
      return "elementwise";
    }
  }

  /** A function of two operands with broadcasting, then functions of one. On coefficients as {@link Binary} says. */
  record Combine(String name, Slot left, Slot right, Slot output, Binary.Kind function, List<Elementwise> activation)
      implements Step {
    @Override
    public List<Slot> reads() {
      return List.of(left, right);
    }

    @Override
    public String kind() {
      return function.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Softmax over one axis. Input and output are row-major. */
  record Normalize(String name, Slot input, Slot output, int axis) implements Step {
    @Override
    public List<Slot> reads() {
      return List.of(input);
    }

    @Override
    public String kind() {
      return "softmax";
    }
  }

  /** A matrix product of two computed matrices, leading axes broadcast. Row-major. */
  record Multiply(String name, Slot left, Slot right, Slot output) implements Step {
    @Override
    public List<Slot> reads() {
      return List.of(left, right);
    }

    @Override
    public String kind() {
      return "matrix product";
    }

    @Override
    public long multiplyAdds() {
      return output.shape().elements() * left.shape().dim(-1);
    }
  }

  /**
   * Moves elements: {@code op} is a reshape, transpose, slice, pad or concat, or absent where only the layout changes.
   * Layouts of operands and output are free.
   */
  record Move(String name, List<Slot> inputs, Slot output, Optional<Op> op) implements Step {
    @Override
    public List<Slot> reads() {
      return inputs;
    }

    @Override
    public String kind() {
      return op.map(Op::mnemonic).orElse("layout");
    }
  }

  private static List<Slot> with(Slot input, Optional<Slot> residual) {
    List<Slot> reads = new ArrayList<>(List.of(input));
    residual.ifPresent(reads::add);
    return reads;
  }
}
