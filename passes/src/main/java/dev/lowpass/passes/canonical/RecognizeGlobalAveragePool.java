package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;

/**
 * Makes an average pool whose one window is the whole map a global average pool.
 *
 * <pre>
 * %y = average_pool %x {kernel = [7, 7]}     ; %x: f32[1, 1280, 7, 7]     =>     %y = global_average_pool %x
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>the kernel is smaller than the map, or dilated;
 *   <li>there are pads: windows may be several, and padding may count.
 * </ul>
 */
public record RecognizeGlobalAveragePool() implements NodePass {
  @Override
  public String name() {
    return "recognize-global-average-pool";
  }

  @Override
  public String summary() {
    return "makes average pools over the whole map global";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof AveragePool pool)) {
      return Rewrite.none();
    }
    Shape map = node.operand(0).type().shape();
    Window window = pool.window();
    boolean whole =
        window.kernel().equals(List.of(map.dim(2), map.dim(3)))
            && window.pads().equals(Window.NO_PADS)
            && window.dilations().equals(Window.ONES);
    return whole
        ? Rewrite.redefine(List.of(Node.of(node.name(), new GlobalAveragePool(), node.operands(), node.location())))
        : Rewrite.none();
  }
}
