package dev.lowpass.cli.conformance;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of a model's inputs, before shapes are known: data sets give tensors by place, and their shapes bind open
 * extents.
 */
final class ModelInputs {
  private ModelInputs() {}

  /** In order, without those that are stored in the file; old models list these as inputs, too. */
  static List<String> names(Path model) throws IOException {
    try {
      GraphProto graph = ModelProto.parseFrom(Files.readAllBytes(model)).getGraph();
      Set<String> stored = graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
      return graph.getInputList().stream().map(ValueInfoProto::getName).filter(name -> !stored.contains(name)).toList();
    } catch (InvalidProtocolBufferException e) {
      throw new LowpassException("LP1001", model.toString(), "not an ONNX model: " + e.getMessage(), e);
    }
  }
}
