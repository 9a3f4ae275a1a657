package dev.lowpass.ir.onnx;

import dev.lowpass.ir.graph.Graph;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What an ONNX file has become.
 *
 * @param graph spatial f32 data only, all shapes known, integers folded away
 * @param metadata the model's metadata properties, in the file's order
 * @param sha256 of the file, in hexadecimal
 * @param files beside it that hold data of its tensors and were read
 * @param opset version of ONNX's operator set that the file was written for
 * @param remarks one line each: what was assumed, for instance about a dynamic batch
 */
public record ImportedModel(
    Graph graph,
    SequencedMap<String, String> metadata,
    String sha256,
    List<Path> files,
    int opset,
    List<String> remarks) {
  /** The metadata property that carries bands, in the text form of a bands file. */
  public static final String BANDS_PROPERTY = "lowpass.bands";

  public ImportedModel {
    metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    files = List.copyOf(files);
    remarks = List.copyOf(remarks);
  }

  /** The bands that the model carries itself, in the text form of a bands file. */
  public Optional<String> bands() {
    return Optional.ofNullable(metadata.get(BANDS_PROPERTY));
  }
}
