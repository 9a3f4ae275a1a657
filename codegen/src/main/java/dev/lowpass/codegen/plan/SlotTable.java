package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Views;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Narrowing;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slots of a graph's values in the layouts that kernels ask for, and the steps in order; a change of layout is a step
 * of its own.
 */
final class SlotTable {
  private final Graph graph;
  private final SlotNames names;
  private final List<Step> steps = new ArrayList<>();

  /** Values that may lie in memory in float16: what a {@link Narrowing} makes, and what nobody but one reads. */
  private final Set<String> narrow;

  private final Map<String, Slot> primary = new HashMap<>();
  private final Map<String, Slot> converted = new HashMap<>();
  private final List<Slot> inputs = new ArrayList<>();
  private final Map<Integer, Slot> outputs = new HashMap<>();

  /** @param packing whether what is narrow may lie in memory so */
  SlotTable(Graph graph, boolean packing) {
    this.graph = graph;
    this.narrow = packing ? narrow(graph) : Set.of();
    this.names = SlotNames.of(graph);
    for (Value input : graph.inputs()) {
      if (!input.type().isSpatial()) {
        throw new LowpassException("LP4003", input.name(), "an input of coefficients; compile a graph with spatial inputs");
      }
      Slot slot = Slot.input(input.name(), input.type().element(), input.type().shape(), inputs.size());
      inputs.add(slot);
      primary.put(input.name(), slot);
    }
  }

  private static Set<String> narrow(Graph graph) {
    GraphIndex index = new GraphIndex(graph);
    Set<String> names = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.op().equals(new Narrowing(Precision.FLOAT16))) {
        names.add(node.name());
        if (index.isReadOnce(node.operand(0))) {
          names.add(node.operand(0).name());
        }
      }
    }
    return names;
  }

  /** Adds a step, unless it would make nothing. */
  void add(Step step) {
    if (step.output().shape().elements() > 0) {
      steps.add(step);
    }
  }

  void constant(Value value, Tensor tensor) {
    primary.put(value.name(), Slot.constant(value.name(), tensor));
  }

  /** The slot that a step writes {@code value} to, in the layout for values inside a network. */
  Slot define(Value value) {
    return define(value, Layout.inside(value.type()));
  }

  Slot defineRowMajor(Value value) {
    return define(value, new Layout.RowMajor(value.type().shape()));
  }

  /** The slot that a step writes {@code value} to: row-major, or in the layout for values inside a network. */
  Slot define(Value value, boolean rows) {
    return rows ? defineRowMajor(value) : define(value);
  }

  /** Whether {@code value}, if it lies in slabs, is rounded to float16 by being stored. */
  boolean isNarrow(Value value) {
    return narrow.contains(value.name());
  }

  /** Lets {@code value} be what lies in {@code slot}. */
  void share(Value value, Slot slot) {
    primary.put(value.name(), slot);
  }

  /**
   * Lets {@code value} be the elements of {@code operand}, in their order: nothing is moved.
   *
   * @return whether that is possible: what leaves the graph has a place of its own
   */
  boolean rename(Value value, Value operand) {
    Slot slot = anyLayout(operand);
    boolean leaves = graph.outputs().stream().anyMatch(output -> output.value().name().equals(value.name()));
    if (leaves || !(slot.layout() instanceof Layout.RowMajor)) {
      return false;
    }
    primary.put(value.name(), slot.reshaped(value.type().shape()));
    return true;
  }

  private Slot define(Value value, Layout layout) {
    if (value.type().shape().elements() == 0) {
      // Nothing is computed for it, and so it holds nothing from the beginning.
      constant(value, Tensor.empty(value.type()));
      return anyLayout(value);
    }
    Slot slot = layout instanceof Layout.RowMajor ? outputFor(value) : null;
    if (slot == null && layout instanceof Layout.Slabs && isNarrow(value)) {
      slot = Slot.packed(value.name(), ElementType.F16, value.type().shape(), layout);
    } else if (slot == null) {
      slot = Slot.scratch(value.name(), value.type().element(), value.type().shape(), layout);
    }
    primary.put(value.name(), slot);
    return slot;
  }

  /** A row-major value that leaves the graph is written straight to its place. */
  private @Nullable Slot outputFor(Value value) {
    for (int i = 0; i < graph.outputs().size(); i++) {
      Graph.Output output = graph.outputs().get(i);
      if (output.value().name().equals(value.name()) && !outputs.containsKey(i)) {
        Slot slot = Slot.output(output.name(), value.type().element(), value.type().shape(), i);
        outputs.put(i, slot);
        return slot;
      }
    }
    return null;
  }

  /** {@code value} in whatever layout it has. */
  Slot anyLayout(Value value) {
    Slot slot = primary.get(value.name());
    if (slot == null) {
      throw new IllegalStateException("%" + value.name() + " is read before it is computed");
    }
    return slot;
  }

  /** {@code value} in the layout for values inside a network; constants as they are. */
  Slot inside(Value value) {
    Slot slot = anyLayout(value);
    return slot.home() == Slot.Home.CONSTANT ? slot : in(value, Layout.inside(value.type()));
  }

  /** {@code value} row-major or in the layout for values inside a network; constants as they are. */
  Slot inside(Value value, boolean rows) {
    if (isOfPositions(value)) {
      return anyLayout(value);
    }
    return rows && anyLayout(value).home() != Slot.Home.CONSTANT ? rowMajor(value) : inside(value);
  }

  /** Whether it has one channel, which lies row-major and is read so for all channels of something else. */
  private boolean isOfPositions(Value value) {
    Shape shape = value.type().shape();
    return shape.rank() == 4 && shape.dim(1) == 1 && anyLayout(value).layout() instanceof Layout.RowMajor;
  }

  Slot slabbed(Value value) {
    return in(value, Layout.inside(value.type()));
  }

  Slot rowMajor(Value value) {
    return in(value, new Layout.RowMajor(value.type().shape()));
  }

  private Slot in(Value value, Layout layout) {
    Slot slot = anyLayout(value);
    if (slot.layout().equals(layout)) {
      return slot;
    }
    if (slot.layout() instanceof Layout.RowMajor && layout instanceof Layout.RowMajor) {
      return slot.reshaped(value.type().shape());
    }
    String name = names.derived(value.name() + (layout instanceof Layout.RowMajor ? ".rows" : ".slabs"));
    return converted.computeIfAbsent(
        name,
        _ -> {
          Slot target = Slot.scratch(name, value.type().element(), value.type().shape(), layout);
          add(new MoveStep(name, List.of(slot), target, Optional.empty()));
          return target;
        });
  }

  /** Coefficients {@code value} with zeros beyond {@code keep}, as a product with a mask. */
  Slot truncated(Value value, Bands keep) {
    Slot slot = slabbed(value);
    String name = names.derived("%s.keep%s".formatted(value.name(), keep));
    return converted.computeIfAbsent(
        name,
        _ -> {
          Layout.Coefficients layout = (Layout.Coefficients) slot.layout();
          Optional<Tensor> ones = Optional.of(mask(layout, keep));
          Slot mask =
              new Slot(name + ".mask", slot.element(), slot.shape(), layout, Slot.Home.CONSTANT, 0, ones, false);
          Slot target = Slot.scratch(name, slot.element(), slot.shape(), layout);
          add(new CombineStep(value.name() + ".keep", slot, mask, target, Binary.Kind.MUL));
          return target;
        });
  }

  private static Tensor mask(Layout.Coefficients layout, Bands keep) {
    float[] ones = new float[Math.toIntExact(layout.elements())];
    for (int i = 0; i < ones.length; i++) {
      int vector = i / Layout.LANES;
      int channel = vector / layout.rows() % layout.slabs() * Layout.LANES + i % Layout.LANES;
      int coefficient = vector % layout.rows() / layout.rowsOfGroup();
      ones[i] = channel < layout.channels() && coefficient < keep.of(channel) ? 1 : 0;
    }
    return Tensor.of(ones, ones.length);
  }

  Plan finish() {
    List<Slot> results = new ArrayList<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Graph.Output output = graph.outputs().get(i);
      Value value = output.value();
      if (!value.type().isSpatial()) {
        throw new LowpassException("LP4003", output.name(), "an output of coefficients; add an idct before it");
      }
      if (!outputs.containsKey(i)) {
        Slot slot = Slot.output(output.name(), value.type().element(), value.type().shape(), i);
        add(new MoveStep(output.name(), List.of(anyLayout(value)), slot, Optional.empty()));
        outputs.put(i, slot);
      }
      results.add(outputs.get(i));
    }
    InPlace inPlace = InPlace.of(steps);
    Views views = inPlace.views();
    List<Step> left = inPlace.steps();
    return new Plan(graph.name(), inputs, results, left, views, MemoryPlan.of(left, views));
  }
}
