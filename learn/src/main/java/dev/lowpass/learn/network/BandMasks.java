package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.passes.frequency.PointwiseLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the layers of a network read what a bands file keeps: the result of each is what the compiled layer computes,
 * since a product of channels commutes with transforms.
 */
public final class BandMasks implements LayerInput, AutoCloseable {
  private record Mask(MapTransform transform, NDArray kept) {}

  private final NDManager manager;
  private final Map<String, Mask> masks = new LinkedHashMap<>();

  private BandMasks(NDManager manager) {
    this.manager = manager;
  }

  /** Masks for the layers of {@code graph} that {@code bands} names; the others read everything. */
  public static BandMasks of(Graph graph, BandsFile bands, NDManager parent) {
    BandMasks masks = new BandMasks(parent.newSubManager());
    for (PointwiseLayer layer : PointwiseLayer.of(graph)) {
      Optional<BandLimit> limit = bands.of(layer.name());
      limit.ifPresent(kept -> masks.masks.put(layer.node().name(), mask(masks.manager, layer.node(), kept)));
    }
    return masks;
  }

  private static Mask mask(NDManager manager, Node node, BandLimit limit) {
    dev.lowpass.ir.Shape map = node.operand(0).type().shape();
    MapTransform transform =
        MapTransform.of(manager, limit.block(), limit.order(), map.dim(2), map.dim(3));
    List<Integer> keep = limit.keep().keep();
    int size = limit.block().size();
    float[] kept = new float[keep.size() * size];
    for (int c = 0; c < keep.size(); c++) {
      for (int j = 0; j < keep.get(c); j++) {
        kept[c * size + j] = 1;
      }
    }
    return new Mask(transform, manager.create(kept, new Shape(keep.size(), 1, size)));
  }

  @Override
  public NDArray of(Node layer, NDArray input) {
    Mask mask = masks.get(layer.name());
    return mask == null ? input : mask.transform().inverse(mask.transform().forward(input).mul(mask.kept()));
  }

  @Override
  public void close() {
    manager.close();
  }
}
