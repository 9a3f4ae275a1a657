package dev.lowpass.codegen.fit;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import java.util.List;

/** Networks with the blocks that people use, made for measuring: nothing is learnt, and no file is needed. */
public final class SyntheticNetworks {
  /** Of maps inside a block with a residual, of others, and of the maps between MobileNetV1's layers: on photos. */
  private static final double ZEROS_IN_RESIDUAL_BLOCKS = 0.54;

  private static final double ZEROS_IN_OTHER_BLOCKS = 0.47;
  private static final double ZEROS_BETWEEN_LAYERS = 0.4;

  private SyntheticNetworks() {}

  /**
   * Layers of a network.
   *
   * @param channels written
   * @param stride of the first of them
   * @param count how many follow each other
   */
  public record Stage(int channels, int stride, int count) {}

  /** Blocks that widen {@code widening} times, with a depthwise convolution inside: as MobileNetV2. */
  public static Graph widening(String name, int edge, int stem, int widening, List<Stage> stages, int head) {
    LayerStack stack = new LayerStack(name, 3, edge).convolution(stem, 3, 2, ZEROS_IN_OTHER_BLOCKS);
    for (Stage stage : stages) {
      for (int i = 0; i < stage.count; i++) {
        int stride = i == 0 ? stage.stride : 1;
        Value before = stack.top();
        boolean residual = stride == 1 && stack.channels() == stage.channels;
        double zeros = residual ? ZEROS_IN_RESIDUAL_BLOCKS : ZEROS_IN_OTHER_BLOCKS;
        stack
            .pointwise(widening * stack.channels(), ZEROS_BETWEEN_LAYERS)
            .depthwise(stride, zeros)
            .projection(stage.channels);
        if (residual) {
          stack.add(before);
        }
      }
    }
    return stack.pointwise(head, ZEROS_IN_RESIDUAL_BLOCKS).classifier(1000).graph();
  }

  /** Depthwise and pointwise layers in turns: as MobileNetV1. */
  public static Graph wide(String name, int edge, int stem, List<Stage> stages) {
    LayerStack stack = new LayerStack(name, 3, edge).convolution(stem, 3, 2, ZEROS_BETWEEN_LAYERS);
    for (Stage stage : stages) {
      for (int i = 0; i < stage.count; i++) {
        stack
            .depthwise(i == 0 ? stage.stride : 1, ZEROS_BETWEEN_LAYERS)
            .pointwise(stage.channels, ZEROS_BETWEEN_LAYERS);
      }
    }
    return stack.classifier(1000).graph();
  }

  /** Blocks that narrow four times around a 3x3 convolution: as ResNet50. The stem leaves a quarter of the edge. */
  public static Graph narrowing(String name, int edge, int stem, List<Stage> stages) {
    LayerStack stack = new LayerStack(name, 3, edge).convolution(stem, 7, 2, ZEROS_BETWEEN_LAYERS).maxPool();
    for (Stage stage : stages) {
      for (int i = 0; i < stage.count; i++) {
        int stride = i == 0 ? stage.stride : 1;
        Value before = stack.top();
        int narrow = stage.channels / 4;
        stack.pointwise(narrow, ZEROS_BETWEEN_LAYERS).convolution(narrow, 3, stride, ZEROS_BETWEEN_LAYERS);
        stack.projection(stage.channels);
        if (before.type().equals(stack.top().type())) {
          stack.add(before);
        }
        stack.clip(ZEROS_BETWEEN_LAYERS);
      }
    }
    return stack.classifier(1000).graph();
  }
}
