package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import java.nio.file.Path;
import java.util.SequencedMap;

/**
 * Writes graphs of spatial operators as ONNX models of opset 20. The same graph gives the same bytes.
 *
 * <p>Reading a model back gives an equal graph, with three exceptions: pointwise and depthwise are written as Conv and
 * come back as {@code convolution}; a resize by dct is written as two products; and of several nodes with one location
 * a layer keeps it, or else the first, because names of ONNX nodes are unique.
 */
public final class OnnxWriter {
  private static final int IR_VERSION = 9;
  private static final int OPSET = 20;

  private OnnxWriter() {}

  /**
   * Writes a model file, whole or not at all.
   *
   * @throws LowpassException LP1002 if the file cannot be written, LP1011 for an operator that ONNX has no counterpart
   *     of
   */
  public static void write(Graph graph, SequencedMap<String, String> metadata, Path file) {
    AtomicFile.write(file, write(graph, metadata));
  }

  /**
   * The bytes of a model file.
   *
   * @throws LowpassException LP1011 for an operator that ONNX has no counterpart of
   */
  public static byte[] write(Graph graph, SequencedMap<String, String> metadata) {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("lowpass");
    model.addOpsetImportBuilder().setDomain("").setVersion(OPSET);
    model.setGraph(new GraphExport(graph).run());
    metadata.forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(value));
    return model.build().toByteArray();
  }
}
