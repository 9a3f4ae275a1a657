package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.tensor.ExternalData;
import dev.lowpass.ir.onnx.tensor.TensorDecoder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Reads ONNX models of opsets 6 to 25. Files are not trusted: whatever is wrong with one is a {@link LowpassException}.
 *
 * <p>Errors: LP1001 not an ONNX model, LP1002 the file, LP1003 the opset, LP1004 operators that are not supported (all
 * at once), LP1005 a graph that is not SSA, LP1006 stored tensors, LP1007 input shapes, LP1008 input types, LP1009 a
 * form of an operator that is not supported, LP1010 an operator's attributes or operands, LP1013 functions, branches and
 * loops that become too much.
 */
public final class OnnxReader {
  private OnnxReader() {}

  /** Reads a file; external data may lie in its folder. */
  public static ImportedModel read(Path file, ImportOptions options) {
    return read(ModelSource.of(file), options);
  }

  /**
   * Reads a model without external data from memory.
   *
   * @param place names the model in errors
   */
  public static ImportedModel read(byte[] model, String place, ImportOptions options) {
    return read(new ModelSource(place, model, ExternalData.none()), options);
  }

  private static ImportedModel read(ModelSource source, ImportOptions options) {
    ModelProto model = source.parse();
    int opset = SupportCheck.opset(model, source.place());
    NodeOrder order = NodeOrder.of(model.getGraph(), _ -> false);
    Functions functions = Functions.of(model);
    SupportCheck.operators(order.nodes(), functions, source.place());
    GraphImport graphImport =
        new GraphImport(model.getGraph(), order, opset, functions, new TensorDecoder(source.external()));
    Graph graph = graphImport.run(options);
    return new ImportedModel(graph, metadata(model), source.sha256(), opset, graphImport.remarks());
  }

  private static SequencedMap<String, String> metadata(ModelProto model) {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      metadata.put(entry.getKey(), entry.getValue());
    }
    return metadata;
  }
}
