package dev.lowpass.testsuite.networks;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The windows of a pooling on a map.
 *
 * @param before rows and columns added before the map
 * @param after rows and columns added behind it
 * @param ceil whether a window that is not whole counts
 */
record Window(int kernel, int stride, int before, int after, boolean ceil) {
  static Window of(int kernel, int stride, int padding) {
    return new Window(kernel, stride, padding, padding, false);
  }

  Window ceiling() {
    return new Window(kernel, stride, before, after, true);
  }

  List<Integer> result(Feature x) {
    List<Integer> shape = new ArrayList<>(x.shape().subList(0, 2));
    for (int extent : x.shape().subList(2, x.rank())) {
      int room = extent + before + after - kernel;
      shape.add((ceil ? Math.ceilDiv(room, stride) : room / stride) + 1);
    }
    return shape;
  }

  AttributeProto[] attributes(Feature x) {
    int axes = x.rank() - 2;
    List<Integer> pads = new ArrayList<>(Collections.nCopies(axes, before));
    pads.addAll(Collections.nCopies(axes, after));
    List<AttributeProto> attributes =
        new ArrayList<>(
            List.of(
                Attributes.integers("kernel_shape", Collections.nCopies(axes, kernel)),
                Attributes.integers("pads", pads),
                Attributes.integers("strides", Collections.nCopies(axes, stride))));
    if (ceil) {
      attributes.add(Attributes.integer("ceil_mode", 1));
    }
    return attributes.toArray(AttributeProto[]::new);
  }
}
