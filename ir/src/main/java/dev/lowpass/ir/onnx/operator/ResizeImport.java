package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import java.util.List;

/** Resize of an image to given sizes, antialiased (from opset 18 on), in the modes that {@link ResizeFilter} has. */
final class ResizeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    requireSet(node, "antialias");
    requireSet(node, "exclude_outside");
    requireDefault(node, "coordinate_transformation_mode", "half_pixel");
    requireDefault(node, "keep_aspect_ratio_policy", "stretch");
    ResizeFilter filter = filter(node);
    Shape image = node.shape(0);
    List<Integer> sizes =
        Axes.extents(node.integers(3, "sizes").orElseThrow(() -> node.unsupported("scales in place of sizes")));
    boolean isImage = image.rank() == 4 && sizes.size() == 4 && sizes.subList(0, 2).equals(image.dims().subList(0, 2));
    if (node.attributes().has("axes") || !isImage) {
      throw node.unsupported("sizes " + sizes + " of " + image + ", which are not those of maps alone");
    }
    node.result(new Resize(sizes.subList(2, 4), filter), node.operand(0));
  }

  private static void requireSet(NodeImport node, String flag) {
    if (!node.attributes().flag(flag)) {
      throw node.unsupported(flag + " = 0");
    }
  }

  private static void requireDefault(NodeImport node, String name, String usual) {
    String value = node.attributes().text(name, usual);
    if (!value.equals(usual)) {
      throw node.unsupported(name + " = " + value);
    }
  }

  private static ResizeFilter filter(NodeImport node) {
    String mode = node.attributes().text("mode", "nearest");
    return switch (mode) {
      case "linear" -> ResizeFilter.LINEAR;
      case "cubic" -> {
        float coefficient = node.attributes().real("cubic_coeff_a", -0.75f);
        if (coefficient != -0.5f) {
          throw node.unsupported("cubic_coeff_a = " + coefficient);
        }
        yield ResizeFilter.CUBIC;
      }
      default -> throw node.unsupported("mode = " + mode);
    };
  }
}
