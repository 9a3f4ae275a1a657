package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The phases of a transposed convolution. Before it is padded (that is: cropped), its result at f is Σ x[i] · w[k] over
 * f = i · stride + k · dilation. With f = q · stride + p and kernels filled with zeros between their taps, phase p at q
 * is Σ x[q - j] · w[p + j · stride], a convolution over j.
 *
 * @param channels of the result
 * @param groups of which each has its own part of the channels, in order
 */
record Phases(NodeImport node, List<Axis> axes, int channels, int groups) {
  /**
   * One axis.
   *
   * @param kernel as ONNX says it; its pads crop the result
   * @param inputs extent of the map
   * @param outputs extent of the result
   */
  record Axis(WindowAxis kernel, int inputs, int outputs) {
    Axis {
      if (outputs < 1 || inputs < 1) {
        throw new IllegalArgumentException("a result of %d elements from %d".formatted(outputs, inputs));
      }
    }

    /** Taps of each phase. */
    int taps() {
      return Math.ceilDiv(kernel.reach(), kernel.stride());
    }

    /** The first q that the result needs. */
    int first() {
      return Math.floorDiv(kernel.before(), kernel.stride());
    }

    int last() {
      return Math.floorDiv(kernel.before() + outputs - 1, kernel.stride());
    }

    /** Every q, as a window over the map; pads may be negative. */
    WindowAxis window() {
      return new WindowAxis(taps(), 1, 1, taps() - 1 - first(), last() - inputs + 1);
    }

    /** The tap of ONNX's kernel that is tap {@code tap} of the convolution for {@code phase}, or -1. */
    int source(int phase, int tap) {
      int place = phase + (taps() - 1 - tap) * kernel.stride();
      boolean isTap = place % kernel.dilation() == 0 && place / kernel.dilation() < kernel.kernel();
      return isTap ? place / kernel.dilation() : -1;
    }
  }

  private int count() {
    return Math.toIntExact(axes.stream().mapToLong(axis -> axis.kernel().stride()).reduce(1, Math::multiplyExact));
  }

  /** Whether phases are blocks of one map with as many rows as columns. */
  private boolean areSquare() {
    return axes.size() == 2 && axes.get(0).kernel().stride() == axes.get(1).kernel().stride();
  }

  /** Whether the phases of a channel are next to each other; else all channels of a phase are, which is faster. */
  private boolean areTogether() {
    return groups > 1 || !areSquare();
  }

  private int channel(int output) {
    return areTogether() ? output / count() : output % channels;
  }

  private int phase(int output) {
    return areTogether() ? output % count() : output / channels;
  }

  /** [C, M/groups, ...] becomes [M · phases, C/groups, taps...]. */
  Value weight(Value weight) {
    Shape from = weight.type().shape();
    List<Integer> dims = new ArrayList<>(List.of(Math.multiplyExact(channels, count()), from.dim(0) / groups));
    axes.forEach(axis -> dims.add(axis.taps()));
    Shape to = new Shape(dims);
    Optional<Tensor> known = node.tensor(weight);
    node.spend(to, known.isEmpty());
    int[] places = places(from, to);
    if (known.isPresent()) {
      float[] values = new float[places.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = places[i] < 0 ? 0 : known.get().floats()[places[i]];
      }
      return node.add("phases", Tensor.of(values, to));
    }
    int elements = Math.toIntExact(from.elements());
    Value flat = new Arithmetic(node).reshaped(Shape.of(elements), weight);
    Value padded = node.add("weights", new Pad(List.of(0, 1), 0), flat);
    long[] table = Arrays.stream(places).mapToLong(place -> place < 0 ? elements : place).toArray();
    Value indices = node.add("sources", Tensor.ofIntegers(ElementType.I64, table, to));
    return node.add("phases", new Gather(0), padded, indices);
  }

  /** For each element of the phases' weight that of ONNX's, or -1 for 0. */
  private int[] places(Shape from, Shape to) {
    int inputs = from.dim(0) / groups;
    int outputs = from.dim(1);
    int[] places = new int[Math.toIntExact(to.elements())];
    int kernel = Math.toIntExact(new Shape(from.dims().subList(2, from.rank())).elements());
    int place = 0;
    for (int output = 0; output < to.dim(0); output++) {
      int channel = channel(output);
      List<Integer> sources = sources(phase(output));
      for (int input = 0; input < inputs; input++) {
        int start = ((channel / outputs * inputs + input) * outputs + channel % outputs) * kernel;
        for (int source : sources) {
          places[place++] = source < 0 ? -1 : start + source;
        }
      }
    }
    return places;
  }

  /** For every tap of the convolution for {@code phase}, all axes together, the element of ONNX's kernel, or -1. */
  private List<Integer> sources(int phase) {
    List<Integer> sources = List.of(0);
    int rest = phase;
    int inner = count();
    for (Axis axis : axes) {
      inner /= axis.kernel().stride();
      int own = rest / inner;
      rest %= inner;
      List<Integer> longer = new ArrayList<>();
      for (int outer : sources) {
        for (int tap = 0; tap < axis.taps(); tap++) {
          int source = axis.source(own, tap);
          longer.add(outer < 0 || source < 0 ? -1 : outer * axis.kernel().kernel() + source);
        }
      }
      sources = longer;
    }
    return sources;
  }

  /** A bias [M] for all phases of each output. */
  Tensor bias(Tensor bias) {
    if (bias.shape().rank() != 1 || bias.shape().dim(0) != channels) {
      throw new IllegalArgumentException("bias of shape " + bias.shape() + " for " + channels + " output channels");
    }
    float[] values = new float[channels * count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = bias.floats()[channel(i)];
    }
    return Tensor.of(values, values.length);
  }

  /** From [N, M · phases, Q...] to [N, M, outputs...]. */
  Value together(Value phases) {
    Shape shape = phases.type().shape();
    Value joined = count() == 1 ? phases : interleaved(phases, shape);
    Shape made = joined.type().shape();
    List<Integer> starts = new ArrayList<>(List.of(0, 0));
    List<Integer> extents = new ArrayList<>(made.dims().subList(0, 2));
    for (Axis axis : axes) {
      starts.add(axis.kernel().before() - axis.first() * axis.kernel().stride());
      extents.add(axis.outputs());
    }
    if (extents.equals(made.dims())) {
      return joined;
    }
    return node.add("result", new Slice(starts, extents, Collections.nCopies(extents.size(), 1)), joined);
  }

  private Value interleaved(Value phases, Shape shape) {
    if (areSquare()) {
      return node.add("joined", new DepthToSpace(axes.getFirst().kernel().stride(), areTogether()), phases);
    }
    List<Integer> split = new ArrayList<>(List.of(shape.dim(0), channels));
    List<Integer> order = new ArrayList<>(List.of(0, 1));
    List<Integer> merged = new ArrayList<>(List.of(shape.dim(0), channels));
    axes.forEach(axis -> split.add(axis.kernel().stride()));
    for (int i = 0; i < axes.size(); i++) {
      split.add(shape.dim(2 + i));
      order.add(2 + axes.size() + i);
      order.add(2 + i);
      merged.add(Math.multiplyExact(shape.dim(2 + i), axes.get(i).kernel().stride()));
    }
    Value apart = node.add("split", new Reshape(new Shape(split)), phases);
    Value turned = node.add("interleaved", new Transpose(order), apart);
    return node.add("joined", new Reshape(new Shape(merged)), turned);
  }
}
