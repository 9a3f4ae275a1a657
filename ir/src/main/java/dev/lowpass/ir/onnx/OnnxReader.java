package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.onnx.tensor.ExternalData;
import dev.lowpass.ir.onnx.tensor.TensorDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads ONNX models of opsets 6 to 28. Files are not trusted: whatever is wrong with one is a {@link LowpassException}.
 *
 * <p>Errors: LP1001 not an ONNX model, LP1002 the file, LP1003 the opset, LP1004 operators that are not supported (all
 * at once), LP1005 a graph that is not SSA, LP1006 stored tensors, LP1007 input shapes, LP1008 input types, LP1009 a
 * form of an operator that is not supported, LP1010 an operator's attributes or operands, LP1012 something that is larger
 * than the {@link Limits} allow, LP1013 functions, branches and loops that become too much.
 */
public final class OnnxReader {
  private OnnxReader() {}

  /** Reads a file; external data may lie in its folder. */
  public static ImportedModel read(Path file, ImportOptions options) {
    return read(ModelSource.of(file, options.limits()), options);
  }

  /**
   * Reads a model without external data from memory.
   *
   * @param place names the model in errors
   */
  public static ImportedModel read(byte[] model, String place, ImportOptions options) {
    return read(new ModelSource(place, model, ExternalData.none(), options.limits()), options);
  }

  /**
   * The names of a model's inputs in their order, without those that are stored in the file, which old models list as
   * well; before shapes are known.
   *
   * @throws LowpassException as {@link #read(Path, ImportOptions)}
   */
  public static List<String> inputNames(Path file, Limits limits) {
    GraphProto graph = ModelSource.of(file, limits).parse().getGraph();
    Set<String> stored = graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    return graph.getInputList().stream().map(ValueInfoProto::getName).filter(name -> !stored.contains(name)).toList();
  }

  private static ImportedModel read(ModelSource source, ImportOptions options) {
    ModelProto model = source.parse();
    new SizeCheck(source.place(), options.limits()).check(model);
    SupportCheck.dense(model.getGraph());
    int opset = SupportCheck.opset(model, source.place());
    NodeOrder order = NodeOrder.of(model.getGraph(), _ -> false);
    Functions functions = Functions.of(model);
    SupportCheck.operators(order.nodes(), functions, source.place());
    GraphImport graphImport =
        new GraphImport(
            model.getGraph(), order, opset, functions, new TensorDecoder(source.external(), options.limits()));
    Graph graph = graphImport.run(options);
    List<String> remarks = new ArrayList<>(graphImport.remarks());
    remarks.addAll(source.external().remarks());
    return new ImportedModel(graph, metadata(model), source.sha256(), source.external().files(), opset, remarks);
  }

  private static SequencedMap<String, String> metadata(ModelProto model) {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      metadata.put(entry.getKey(), entry.getValue());
    }
    return metadata;
  }
}
