package dev.lowpass.codegen;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.ImportedModel;
import dev.lowpass.ir.onnx.OnnxReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is compiled.
 *
 * @param name of the model, for messages
 * @param sha256 of its file, in hexadecimal
 * @param files beside it that hold data of its tensors
 * @param bands thresholds of its layers
 * @param remarks of the import
 */
record SourceModel(
    String name, String sha256, List<Path> files, Graph graph, Optional<BandsFile> bands, List<String> remarks) {
  /** The model in an ONNX file. */
  static SourceModel read(Path model, CompileOptions options) {
    ImportOptions asked = ImportOptions.defaults().withShapes(options.shapes()).withLimits(options.limits());
    ImportedModel imported = OnnxReader.read(model, asked);
    Optional<BandsFile> own = imported.bands().map(text -> BandsFile.parse(text, model + " (metadata)"));
    return new SourceModel(
        String.valueOf(model.getFileName()),
        imported.sha256(),
        imported.files(),
        imported.graph(),
        options.pictures().in(options.bands().resolve(own), imported.graph()),
        imported.remarks());
  }

  /** A graph, for instance one of IR text. */
  static SourceModel of(Graph graph, CompileOptions options) {
    Optional<BandsFile> bands = options.pictures().in(options.bands().resolve(Optional.empty()), graph);
    return new SourceModel(graph.name(), "0".repeat(64), List.of(), graph, bands, List.of());
  }
}
