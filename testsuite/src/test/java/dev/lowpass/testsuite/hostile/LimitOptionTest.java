package dev.lowpass.testsuite.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lowpass.ir.limit.Limit;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --limit} reaches every limit that there is, and messages offer it where it would help and nowhere else. */
class LimitOptionTest {
  @TempDir private Path folder = Path.of("");

  /** A model that is more than 1 of everything: it has metadata, a loop, a window, and a constant of constants. */
  private static ModelProto model() {
    ModelProto.Builder model = Proto.model(1, 2, 4, 4);
    model.addMetadataPropsBuilder().setKey("note").setValue("long");
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.addInitializer(Proto.integers("rounds", 3).toBuilder().clearDims());
    graph.addInitializer(
        TensorProto.newBuilder().setName("on").setDataType(TensorProto.DataType.BOOL.getNumber()).addInt32Data(1));
    graph.addInitializer(Proto.integers("shape", 2, 1, 1));
    graph.addNode(Proto.node("ConstantOfShape", List.of("shape"), List.of("b")));
    graph.addNode(
        Proto.node("MaxPool", List.of("x"), List.of("p"), Proto.ints("kernel_shape", 2, 2), Proto.ints("strides", 1, 1)));
    graph.addNode(Proto.node("Mul", List.of("p", "b"), List.of("q")));
    graph.addNode(Proto.node("Loop", List.of("rounds", "on", "q"), List.of("y"), Proto.graph("body", body())));
    return model.build();
  }

  private static GraphProto body() {
    GraphProto.Builder body = GraphProto.newBuilder().setName("body");
    for (String name : List.of("round", "condition", "before")) {
      body.addInput(ValueInfoProto.newBuilder().setName(name));
    }
    body.addNode(Proto.node("Sin", List.of("before"), List.of("after")));
    body.addOutput(ValueInfoProto.newBuilder().setName("condition"));
    body.addOutput(ValueInfoProto.newBuilder().setName("after"));
    return body.build();
  }

  private Attempt compile(String... options) throws IOException {
    Path file = folder.resolve("model.onnx");
    Files.write(file, model().toByteArray());
    String output = folder.resolve("out.lowpass").toString();
    List<String> line = new ArrayList<>(List.of("compile", file.toString(), "-o", output));
    line.addAll(List.of(options));
    return Attempt.in(folder, line.toArray(String[]::new));
  }

  @Test
  void theModelIsFineByItself() throws IOException {
    Attempt compiled = compile();
    assertThat(compiled.err()).isEmpty();
    assertThat(compiled.code()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Limit.class)
  void everyLimitRefuses(Limit limit) throws IOException {
    Attempt compiled = compile("--limit", limit.word() + "=1");
    compiled.assertRefused("LP");
    assertThat(compiled.err()).containsPattern("--limit " + limit.word() + "=\\d+ takes ");
  }

  /** Texts beside a model have the usual limit, and no command offers to move it. */
  @ParameterizedTest
  @ValueSource(strings = {"opt %s", "inspect %s", "compile m.onnx -o m.lowpass --bands %s", "frontier %s"})
  void longTextsAreRefusedWithoutARemedy(String command) throws IOException {
    Path text = folder.resolve("long.ir");
    try (RandomAccessFile sparse = new RandomAccessFile(text.toFile(), "rw")) {
      sparse.setLength(Limit.TEXT.usual() + 1);
    }
    Attempt attempt = Attempt.in(folder, command.formatted(text).split(" "));
    attempt.assertRefused("LP1012 " + text + ": the file has 67108865 bytes of text, but at most 67108864 are taken\n");
  }
}
