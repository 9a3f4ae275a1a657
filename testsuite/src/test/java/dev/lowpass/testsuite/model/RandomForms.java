package dev.lowpass.testsuite.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.onnx.tensor.TensorEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Models of one node that slides a window or changes a grid, in a random form. The same seed gives the same model. */
final class RandomForms {
  /** A model and what it is given. */
  record Form(byte[] model, Tensor input, String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private final SplittableRandom random;
  private final NodeProto.Builder node = NodeProto.newBuilder().addInput("x").addOutput("y");
  private final List<Tensor> weights = new ArrayList<>();

  private RandomForms(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A Conv or ConvTranspose. */
  static Form convolution(long seed, boolean transposed) {
    RandomForms forms = new RandomForms(seed);
    int axes = 1 + forms.below(3);
    int groups = 1 + forms.below(2);
    int inputs = groups * (1 + forms.below(3));
    int outputs = groups * (1 + forms.below(3));
    int[] extents = forms.extents(axes, 5, 7);
    int[] kernel = forms.extents(axes, 1, 3);
    int[] strides = forms.extents(axes, 1, 3);
    int[] dilations = forms.extents(axes, 1, 2);
    forms.node.setOpType(transposed ? "ConvTranspose" : "Conv");
    forms.integers("strides", strides);
    forms.integers("dilations", dilations);
    forms.integer("group", groups);
    int[] weight = transposed ? joined(kernel, inputs, outputs / groups) : joined(kernel, outputs, inputs / groups);
    forms.weight(forms.numbers(Shape.of(weight)));
    if (forms.below(2) == 0) {
      forms.weight(forms.numbers(Shape.of(outputs)));
    }
    // ONNX Runtime has SAME for convolutions without dilations, and for strides that are no larger than kernels.
    boolean reaches =
        IntStream.range(0, axes).allMatch(i -> kernel[i] >= strides[i] && dilations[i] == 1);
    switch (forms.below(4)) {
      case 0 -> forms.text("auto_pad", reaches ? forms.pick("SAME_UPPER", "SAME_LOWER") : "VALID");
      case 1 -> {}
      default -> {
        forms.integers("pads", forms.extents(2 * axes, 0, 2));
        if (transposed && forms.below(2) == 0) {
          int[] more = forms.extents(axes, 0, 2);
          for (int i = 0; i < axes; i++) {
            more[i] = Math.min(more[i], strides[i] - 1);
          }
          forms.integers("output_padding", more);
        }
      }
    }
    return forms.of(18, joined(extents, 1 + forms.below(2), inputs));
  }

  /** A MaxPool, AveragePool or LpPool. */
  static Form pool(long seed) {
    RandomForms forms = new RandomForms(seed);
    String type = forms.pick("MaxPool", "AveragePool", "LpPool");
    int axes = 1 + forms.below(3);
    int[] extents = forms.extents(axes, 5, 7);
    int[] kernel = forms.extents(axes, 1, 3);
    forms.node.setOpType(type);
    forms.integers("kernel_shape", kernel);
    int[] strides = forms.extents(axes, 1, 3);
    forms.integers("strides", strides);
    boolean pads = forms.below(2) == 0;
    if (pads) {
      int[] zeros = forms.extents(2 * axes, 0, 2);
      for (int i = 0; i < zeros.length; i++) {
        zeros[i] = Math.min(zeros[i], kernel[i % axes] - 1);
      }
      forms.integers("pads", zeros);
    }
    // Where ONNX Runtime works out pads it takes no notice of dilations, and leaves out what strides leave over.
    boolean reaches = IntStream.range(0, axes).allMatch(i -> kernel[i] >= strides[i]);
    if (!pads && reaches && forms.below(2) == 0) {
      forms.text("auto_pad", forms.pick("SAME_UPPER", "SAME_LOWER", "VALID"));
    } else if (forms.below(2) == 0) {
      forms.integers("dilations", forms.extents(axes, 1, 2));
    }
    forms.integer("ceil_mode", forms.below(2));
    switch (type) {
      case "AveragePool" -> forms.integer("count_include_pad", forms.below(2));
      case "LpPool" -> forms.integer("p", 1 + forms.below(3));
      default -> {
        if (axes < 3 && forms.below(2) == 0) {
          forms.node.addOutput("indices");
          forms.integer("storage_order", axes == 2 ? forms.below(2) : 0);
        }
      }
    }
    return forms.of(22, joined(extents, 1 + forms.below(2), 1 + forms.below(3)));
  }

  /** A Resize of maps. */
  static Form resize(long seed) {
    RandomForms forms = new RandomForms(seed);
    String mode = forms.pick("nearest", "linear", "cubic");
    List<String> rules =
        List.of(
            "half_pixel",
            "pytorch_half_pixel",
            "align_corners",
            "asymmetric",
            "tf_crop_and_resize",
            "half_pixel_symmetric");
    // In the middle of a symmetric axis the last bit decides what is nearest.
    String rule = rules.get(forms.below(mode.equals("nearest") ? 5 : 6));
    int[] map = {1 + forms.below(2), 1 + forms.below(3), 3 + forms.below(8), 3 + forms.below(8)};
    forms.node.setOpType("Resize");
    forms.text("mode", mode);
    forms.text("coordinate_transformation_mode", rule);
    boolean crops = rule.equals("tf_crop_and_resize");
    float[] region = {0, 0, forms.real(-0.2, 0.4), forms.real(0, 0.4), 1, 1, forms.real(0.6, 1.2), forms.real(0.6, 1)};
    if (crops) {
      forms.weight(Tensor.of(region, 8));
      forms.real("extrapolation_value", 7);
    } else {
      forms.node.addInput("");
    }
    if (forms.below(2) == 0 && !crops) {
      forms.weight(Tensor.of(new float[] {1, 1, forms.scale(), forms.scale()}, 4));
    } else {
      forms.node.addInput("");
      long[] sizes = {map[0], map[1], forms.other(map[2]), forms.other(map[3])};
      forms.weight(Tensor.ofIntegers(ElementType.I64, sizes, Shape.of(4)));
    }
    switch (mode) {
      case "nearest" ->
          forms.text("nearest_mode", forms.pick("round_prefer_floor", "round_prefer_ceil", "floor", "ceil"));
      case "cubic" -> {
        forms.real("cubic_coeff_a", forms.below(2) == 0 ? -0.5f : -0.75f);
        forms.integer("exclude_outside", forms.below(2));
      }
      default -> {}
    }
    if (!mode.equals("nearest") && rule.equals("half_pixel")) {
      forms.integer("antialias", forms.below(2));
    }
    return forms.of(19, map);
  }

  private Form of(int opset, int... input) {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    model.addOpsetImportBuilder().setDomain("").setVersion(opset);
    model.getGraphBuilder().setName("form").addNode(node);
    for (int i = 0; i < weights.size(); i++) {
      model.getGraphBuilder().addInitializer(TensorEncoder.encode("w" + i, weights.get(i)));
    }
    ValueInfoProto.Builder x = model.getGraphBuilder().addInputBuilder().setName("x");
    x.getTypeBuilder().getTensorTypeBuilder().setElemType(DataType.FLOAT.getNumber());
    for (int extent : input) {
      x.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().addDimBuilder().setDimValue(extent);
    }
    for (String output : node.getOutputList()) {
      ValueInfoProto.Builder y = model.getGraphBuilder().addOutputBuilder().setName(output);
      int type = (output.equals("y") ? DataType.FLOAT : DataType.INT64).getNumber();
      y.getTypeBuilder().getTensorTypeBuilder().setElemType(type);
    }
    return new Form(model.build().toByteArray(), numbers(Shape.of(input)), Shape.of(input) + " " + node);
  }

  private static int[] joined(int[] extents, int first, int second) {
    int[] all = new int[extents.length + 2];
    all[0] = first;
    all[1] = second;
    System.arraycopy(extents, 0, all, 2, extents.length);
    return all;
  }

  private void weight(Tensor tensor) {
    node.addInput("w" + weights.size());
    weights.add(tensor);
  }

  private Tensor numbers(Shape shape) {
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = real(-2, 2);
    }
    return Tensor.of(values, shape);
  }

  private String pick(String... texts) {
    return texts[below(texts.length)];
  }

  /** One that changes any extent: ONNX Runtime copies an axis whose extent stays the same, whatever its scale. */
  private float scale() {
    return below(2) == 0 ? real(0.4, 0.9) : real(1.5, 3);
  }

  /** An extent that is not {@code extent}; see {@link #scale}. */
  private int other(int extent) {
    int other = 1 + below(16);
    return other == extent ? extent + 1 : other;
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }

  private float real(double low, double high) {
    return (float) random.nextDouble(low, high);
  }

  /** Numbers from {@code low} to {@code high}. */
  private int[] extents(int count, int low, int high) {
    return random.ints(count, low, high + 1).toArray();
  }

  private void integer(String name, int value) {
    node.addAttribute(AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value));
  }

  private void real(String name, float value) {
    node.addAttribute(AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF(value));
  }

  private void text(String name, String value) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeType.STRING)
            .setS(ByteString.copyFromUtf8(value)));
  }

  private void integers(String name, int... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (int value : values) {
      attribute.addInts(value);
    }
    node.addAttribute(attribute);
  }
}
