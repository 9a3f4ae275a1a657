package dev.lowpass.testsuite.cuda;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.PrecisionChoice;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.testsuite.model.FullBands;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A model in a form, compiled for CUDA.
 *
 * @param half whether pointwise layers keep half of what they read; else everything
 * @param precision in which products multiply
 * @param onnx gives the bytes of its file; nothing where this machine lacks it
 */
record LawCase(String name, boolean half, PrecisionChoice precision, Map<String, Shape> shapes, Source onnx) {
  private static final CompileOptions OPTIONS = CompileOptions.defaults().withTarget("cuda").withCheck(false);

  /** Bands are there for their kernels, and not only where the cost model thinks that they pay. */
  static final String EVERY_LAYER =
      Pipelines.standard().toString().replace("choose-forms", "choose-forms{mode=all}");

  /** Reads a file. */
  interface Source {
    Optional<byte[]> bytes() throws IOException;
  }

  Compilation compile(byte[] bytes) {
    Graph graph = OnnxReader.read(bytes, name, ImportOptions.defaults().withShapes(shapes)).graph();
    CompileOptions chosen = OPTIONS.withPrecision(precision);
    CompileOptions options =
        half ? chosen.withBands(halves(FullBands.ofImported(graph))).withPipeline(EVERY_LAYER) : chosen.dense();
    return new Compiler().compile(graph, options, Progress.silent());
  }

  /** Half of the channels keep three quarters of their coefficients, the others a quarter: no product has one band. */
  private static BandsFile halves(BandsFile full) {
    SequencedMap<String, BandLimit> layers = new LinkedHashMap<>();
    full.layers().forEach((layer, limit) -> {
      int channels = limit.keep().channels();
      int size = limit.block().size();
      List<Integer> keep = new ArrayList<>();
      for (int channel = 0; channel < channels; channel++) {
        keep.add(2 * channel < channels ? 3 * size / 4 : size / 4);
      }
      layers.put(layer, new BandLimit(limit.block(), limit.order(), new Bands(keep)));
    });
    return new BandsFile(layers);
  }

  @Override
  public String toString() {
    String form = half ? "with bands" : "dense";
    return "%s %s in %s%s".formatted(name, form, precision.word(), shapes.isEmpty() ? "" : " " + shapes);
  }
}
