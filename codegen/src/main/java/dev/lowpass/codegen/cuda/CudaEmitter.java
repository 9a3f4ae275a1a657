package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.element.Elements;
import dev.lowpass.codegen.emit.DeviceSteps;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.emit.ResizeTables;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.step.Stem;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.passes.machine.BlockTile;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.runtime.artifact.KernelLaunch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a plan into kernels of a device and their launches. The plan must be one for a machine that keeps no slabs in cache. */
public final class CudaEmitter {
  private final Plan plan;
  private final Machine machine;
  private final Parameters parameters;
  private final Map<Slot, Integer> constants;
  private final List<KernelLaunch> launches = new ArrayList<>();
  private final List<Function> kernels = new ArrayList<>();

  /** Names of kernels by their code. */
  private final Map<String, String> known = new LinkedHashMap<>();

  private CudaEmitter(Plan plan, Machine machine, Parameters parameters) {
    this.plan = plan;
    this.machine = machine;
    this.parameters = parameters;
    this.constants = DeviceSteps.placeConstants(plan, parameters);
  }

  /**
   * @param machine for which the plan was made
   * @param parameters to which those of the steps are added
   */
  public static Library emit(Plan plan, Machine machine, Parameters parameters) {
    return new CudaEmitter(plan, machine, parameters).library();
  }

  private Library library() {
    for (int step = 0; step < plan.steps().size(); step++) {
      for (DeviceKernel kernel : kernels(plan.steps().get(step))) {
        add(step, kernel);
      }
    }
    if (parameters.size() == 0) {
      parameters.add(new float[1]);
    }
    return new Library(List.of(), kernels, launches, parameters.toBytes(), plan.memory().bytes(), 0);
  }

  private void add(int step, DeviceKernel kernel) {
    KernelMemory memory = new KernelMemory(plan, constants);
    Stmt body = Code.of(code -> kernel.grid().launch(code, (item, place) -> kernel.write(item, memory, place)));
    String text = Function.device("kernel", memory.buffers(), body).toString();
    String name = known.get(text);
    if (name == null) {
      name = "k" + kernels.size();
      known.put(text, name);
      kernels.add(Function.device(name, memory.buffers(), body));
    }
    launches.add(new KernelLaunch(step, name, kernel.grid().groups(), kernel.grid().items(), memory.arguments()));
  }

  private List<DeviceKernel> kernels(Step step) {
    Elements elements = Elements.SCALARS;
    return switch (step) {
      case ProductStep product -> product(Product.of(product));
      case TransformStep transform when transform.isForward() -> List.of(ForwardKernel.of(parameters, transform));
      case TransformStep transform -> List.of(InverseKernel.of(parameters, transform));
      case DepthwiseStep depthwise -> List.of(DepthwiseKernel.of(parameters, depthwise));
      case BlockStep block -> List.of(block(block));
      case ConvolutionStep convolve when convolve.groups() == 1 -> product(Product.of(convolve));
      case ConvolutionStep convolve -> {
        int weights = parameters.add(convolve.weight().floats());
        int bias = parameters.add(Packing.slabs(convolve.bias().floats(), convolve.output().slabbed().channels()));
        yield items(elements.of(convolve, weights, bias));
      }
      case PoolStep pool -> items(elements.of(pool));
      case ResizeStep resize ->
          items(
              elements.of(
                  resize,
                  ResizeTables.add(parameters, resize.vertical()),
                  ResizeTables.add(parameters, resize.horizontal())));
      case ExpressionStep map -> {
        DeviceSteps.requireKnown(map);
        yield items(elements.of(map));
      }
      case ArgChannelsStep channels -> throw new IllegalStateException(channels.name() + " is in vectors for a processor");
      case GeneralStep general -> items(elements.of(general));
      case CombineStep combine -> items(elements.of(combine));
      case NormalizeStep normalize -> items(elements.of(normalize));
      case MultiplyStep multiply -> items(elements.of(multiply));
      case MoveStep move -> items(elements.of(move));
    };
  }

  private DeviceKernel block(BlockStep step) {
    return switch (step.producer().orElse(null)) {
      case null -> ProductKernel.of(parameters, Product.of(parameters, step));
      case Expansion expansion -> {
        BlockTile tile = machine.fusion().blocks().tile(step.whole()).orElseThrow();
        yield WholeBlockKernel.of(parameters, step, expansion, tile);
      }
      case Stem _ -> throw new IllegalStateException(step.name() + " begins with a convolution, as for processors alone");
    };
  }

  private List<DeviceKernel> product(Product product) {
    return List.of(ProductKernel.of(parameters, product));
  }

  /** Nothing where there are no items. */
  private static List<DeviceKernel> items(ElementFunction function) {
    return function.count() == 0 ? List.of() : List.of(new ItemsKernel(function));
  }
}
