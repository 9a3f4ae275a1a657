package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.fusion.ArgChannelsGroup;
import dev.lowpass.codegen.plan.fusion.BlockGroup;
import dev.lowpass.codegen.plan.fusion.Chain;
import dev.lowpass.codegen.plan.fusion.ConvolutionGroup;
import dev.lowpass.codegen.plan.fusion.DepthwiseGroup;
import dev.lowpass.codegen.plan.fusion.ExpressionGroup;
import dev.lowpass.codegen.plan.fusion.FusedEpilogue;
import dev.lowpass.codegen.plan.fusion.Fusion;
import dev.lowpass.codegen.plan.fusion.Group;
import dev.lowpass.codegen.plan.fusion.InverseGroup;
import dev.lowpass.codegen.plan.fusion.ProductGroup;
import dev.lowpass.codegen.plan.fusion.SingleGroup;
import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.step.Expression;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.Producer;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Projection;
import dev.lowpass.codegen.plan.step.Stem;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Scalar;
import dev.lowpass.passes.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns a graph into a plan: {@link Fusion} decides which nodes are one kernel, here each group becomes a step, its
 * values get layouts, and in the end all of them places in memory.
 */
public final class Lowering {
  private final Chain chain;
  private final SlotTable slots;
  private final Layers layers;
  private final LayoutChoice choice;
  private final SingleLowering singles;

  private Lowering(Chain chain, SlotTable slots, Machine machine) {
    this.chain = chain;
    this.slots = slots;
    this.layers = new Layers(chain, slots, machine);
    this.choice = new LayoutChoice(chain, slots);
    this.singles = new SingleLowering(chain, slots, choice);
  }

  /**
   * The plan of {@code graph} on {@code machine}.
   *
   * @throws LowpassException LP4001 where the graph has something that no kernel does, LP4003 where its inputs or
   *     outputs are coefficients
   */
  public static Plan lower(Graph graph, Machine machine) {
    Chain chain = new Chain(graph);
    SlotTable slots = new SlotTable(graph, machine.precision() == Precision.FLOAT16);
    Lowering lowering = new Lowering(chain, slots, machine);
    Fusion.groups(graph, chain, machine).forEach(lowering::lower);
    return slots.finish();
  }

  private void lower(Group group) {
    switch (group) {
      case BlockGroup block -> lower(block);
      case DepthwiseGroup depthwise -> lower(depthwise);
      case ProductGroup product -> lower(product);
      case ConvolutionGroup convolution -> lower(convolution);
      case InverseGroup inverse -> lower(inverse);
      case ExpressionGroup expression -> lower(expression);
      case ArgChannelsGroup channels -> lower(channels);
      case SingleGroup single -> singles.lower(single.node());
    }
  }

  /** A map of few channels, which lies row-major, is left to kernels that read it so. */
  private void lower(ArgChannelsGroup group) {
    Node arg = group.arg();
    Value map = group.resize().orElse(arg).operand(0);
    if (!(slots.anyLayout(map).layout() instanceof Layout.Slabs) || slots.anyLayout(map).home() != Slot.Home.SCRATCH) {
      group.nodes().forEach(singles::lower);
      return;
    }
    String head = group.resize().map(resize -> Layers.name(resize) + " + ").orElse("");
    Optional<ArgChannelsStep.Grid> grid = group.resize().map(node -> grid((Resize) node.op(), map));
    ArgReduce op = (ArgReduce) arg.op();
    Slot output = slots.defineRowMajor(arg.result());
    slots.add(new ArgChannelsStep(head + Layers.name(arg), slots.anyLayout(map), output, grid, op));
  }

  private static ArgChannelsStep.Grid grid(Resize resize, Value map) {
    return new ArgChannelsStep.Grid(resize.vertical(map.type().shape()), resize.horizontal(map.type().shape()));
  }

  private void lower(BlockGroup block) {
    Node node = block.depthwise();
    Node projection = block.projection();
    Optional<Producer> producer = block.producer().map(this::producer);
    String head = block.producer().map(made -> Layers.name(made) + " + ").orElse("");
    slots.add(
        new BlockStep(
            head + Layers.name(node) + " + " + Layers.name(projection),
            // A convolution reads its input in any layout.
            producer.orElse(null) instanceof Stem ? slots.anyLayout(block.input()) : slots.slabbed(block.input()),
            slots.define(block.result()),
            producer,
            node.type().shape().dim(1),
            Layers.functions(block.before()),
            Layers.window(node),
            layers.weight(node),
            layers.bias(node),
            layers.between(block.after(), projection),
            new Projection(
                layers.weight(projection),
                layers.bias(projection),
                residual(block.epilogue()),
                layers.stored(block.epilogue().functions(), block.result()),
                layers.precision(projection))));
  }

  private Producer producer(Node node) {
    return node.op() instanceof Convolution convolution
        ? new Stem(convolution.window(), layers.weight(node), layers.bias(node))
        : expansion(node);
  }

  private Expansion expansion(Node node) {
    return new Expansion(layers.weight(node), layers.bias(node), layers.bands(node), layers.precision(node));
  }

  private void lower(DepthwiseGroup group) {
    Node node = group.depthwise();
    String head = group.expansion().map(expansion -> Layers.name(expansion) + " + ").orElse("");
    Optional<Bands> given = group.inverse().map(_ -> group.input().type().frequency().bands());
    Optional<Bands> keep = group.forward().map(dct -> dct.type().frequency().bands());
    slots.add(
        new DepthwiseStep(
            head + Layers.name(node),
            group.expansion().map(layers::factors).orElseGet(() -> slots.slabbed(group.input())),
            slots.define(group.result()),
            group.expansion().map(this::expansion),
            Layers.functions(group.before()),
            Layers.window(node),
            layers.weight(node),
            layers.bias(node),
            layers.stored(group.after(), group.result()),
            given,
            keep,
            keep.isPresent() && !chain.readByProductsOnly(group.result())));
  }

  private void lower(ProductGroup product) {
    Node node = product.node();
    FusedEpilogue epilogue = product.epilogue();
    Optional<Slot> residual = residual(epilogue);
    slots.add(
        new ProductStep(
            name(node, epilogue),
            layers.factors(node),
            slots.define(product.result()),
            residual,
            layers.weight(node),
            layers.bias(node),
            layers.bands(node),
            layers.stored(epilogue.functions(), product.result()),
            chain.hasZeros(node.operand(0)),
            epilogue.pool().isPresent(),
            layers.precision(node)));
  }

  private void lower(ConvolutionGroup group) {
    Node node = group.node();
    Convolution convolution = group.convolution();
    Optional<Slot> residual = residual(group.epilogue());
    Value input = node.operand(0);
    slots.add(
        new ConvolutionStep(
            Layers.name(node),
            convolution.groups() == 1 && convolution.precision() == Precision.FLOAT32
                ? slots.anyLayout(input)
                : slots.slabbed(input),
            slots.define(group.result()),
            residual,
            convolution.window(),
            convolution.groups(),
            layers.weight(node),
            layers.bias(node),
            layers.stored(group.epilogue().functions(), group.result()),
            layers.precision(node)));
  }

  private void lower(InverseGroup inverse) {
    Node node = inverse.node();
    FusedEpilogue epilogue = inverse.epilogue();
    Optional<Slot> residual = residual(epilogue);
    slots.add(
        new TransformStep(
            name(node, epilogue),
            slots.slabbed(node.operand(0)),
            slots.define(inverse.result()),
            residual,
            node.operand(0).type().frequency().bands(),
            false,
            layers.stored(epilogue.functions(), inverse.result()),
            epilogue.pool().isPresent()));
  }

  private void lower(ExpressionGroup group) {
    Map<String, Integer> places = new LinkedHashMap<>();
    List<Value> operands = new ArrayList<>();
    Set<String> inside = group.nodes().stream().map(Node::name).collect(Collectors.toSet());
    for (Node node : group.nodes()) {
      for (Value operand : node.operands()) {
        if (!inside.contains(operand.name()) && places.putIfAbsent(operand.name(), operands.size()) == null) {
          operands.add(operand);
        }
      }
    }
    boolean rows = choice.computesInRows(group.result(), operands);
    List<Node> computed = rows ? group.nodes() : layers.withoutNarrowing(group.nodes(), group.result());
    if (computed.isEmpty()) {
      narrow(group.last());
      return;
    }
    List<Slot> inputs = operands.stream().map(operand -> slots.inside(operand, rows)).toList();
    List<Expression.Term> terms = new ArrayList<>();
    for (Node node : computed) {
      List<Integer> arguments = node.operands().stream().map(operand -> places.get(operand.name())).toList();
      List<ElementType> given = node.operands().stream().map(operand -> operand.type().element()).toList();
      terms.add(new Expression.Term((Scalar) node.op(), arguments, given, node.type().element()));
      places.put(node.name(), places.size());
    }
    String name = Layers.name(group.last());
    slots.add(new ExpressionStep(name, inputs, slots.define(group.result(), rows), new Expression(terms)));
  }

  /** What is as narrow already, because nobody else reads it, is the result; all else is rounded as it is moved. */
  private void narrow(Node node) {
    Slot input = slots.anyLayout(node.operand(0));
    if (input.packed()) {
      slots.share(node.result(), input);
    } else {
      slots.add(new MoveStep(Layers.name(node), List.of(input), slots.define(node.result()), Optional.empty()));
    }
  }

  private static String name(Node node, FusedEpilogue epilogue) {
    return Layers.name(node) + epilogue.pool().map(pool -> " + " + Layers.name(pool)).orElse("");
  }

  private Optional<Slot> residual(FusedEpilogue epilogue) {
    return epilogue.residual().map(slots::slabbed);
  }
}
