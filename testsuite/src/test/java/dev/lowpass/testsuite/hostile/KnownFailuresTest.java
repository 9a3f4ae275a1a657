package dev.lowpass.testsuite.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.lowpass.cli.data.Npy;
import dev.lowpass.ir.onnx.OnnxAnnotation;
import dev.lowpass.ir.onnx.operator.OperatorImports;
import dev.lowpass.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other readers of ONNX have fallen for, one test each; SECURITY.md has the table. */
@Timeout(60)
class KnownFailuresTest {
  @TempDir private Path outer = Path.of("");

  private Path folder = Path.of("");

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(outer.resolve("model"));
    Files.write(outer.resolve("secret"), new byte[16]);
  }

  private Attempt inspect(ModelProto.Builder model) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
    return Attempt.in(outer, "inspect", file.toString());
  }

  private Attempt compile(ModelProto.Builder model) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
    return Attempt.in(outer, "compile", file.toString(), "-o", outer.resolve("out.lowpass").toString());
  }

  private static ModelProto.Builder external(String... keys) {
    ModelProto.Builder model = Proto.with(Proto.model(4), "Add", List.of("w"));
    model.getGraphBuilder().addInitializer(externalTensor(keys));
    return model;
  }

  private static TensorProto externalTensor(String... keys) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName("w").setDataType(Proto.FLOAT).addDims(4);
    tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (int i = 0; i < keys.length; i += 2) {
      tensor.addExternalDataBuilder().setKey(keys[i]).setValue(keys[i + 1]);
    }
    return tensor.build();
  }

  /** The same tensor where an attribute holds it. */
  private static ModelProto.Builder externalConstant(String... keys) {
    ModelProto.Builder model = Proto.model(4);
    AttributeProto.Builder value = AttributeProto.newBuilder().setName("value").setT(externalTensor(keys));
    value.setType(AttributeProto.AttributeType.TENSOR);
    model.getGraphBuilder().addNode(Proto.node("Constant", List.of(), List.of("w"), value.build()));
    return Proto.with(model, "Add", List.of("w"));
  }

  /** CVE-2022-25882, CVE-2024-27318: out of the model's folder by a path, also by one that begins inside. */
  @Test
  void externalDataElsewhere() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    String absolute = outer.resolve("secret").toString();
    for (String location :
        List.of("../secret", "sub/../../secret", "./../secret", "sub/./../../secret", absolute, "//" + absolute, "")) {
      inspect(external("location", location)).assertRefused("LP1006 w: ");
      inspect(externalConstant("location", location)).assertRefused("LP1006 constant_w: ");
    }
    inspect(external("location", "..\\secret")).assertRefused("LP1006 w: ");
    inspect(external("location", "secret\0.bin")).assertRefused("LP1006 w: ");
    inspect(external()).assertRefused("LP1006 w: ");
  }

  /** CVE-2026-27489, CVE-2026-34447: out of the folder by a link, of a file or of a folder. */
  @Test
  void externalDataBehindLinks() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("../secret"));
    Files.createSymbolicLink(folder.resolve("folder"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("chain"), Path.of("link"));
    for (String location : List.of("link", "folder/secret", "chain")) {
      inspect(external("location", location)).assertRefused("LP1006 w: ");
    }
    Files.write(folder.resolve("own"), new byte[16]);
    Files.createSymbolicLink(folder.resolve("inside"), Path.of("own"));
    assertThat(inspect(external("location", "inside")).code()).as("a link that stays inside").isZero();
  }

  /** CVE-2026-34446: by a hard link, which is no link to whoever looks. */
  @Test
  void externalDataByAnotherName() throws IOException {
    Files.createLink(folder.resolve("name"), outer.resolve("secret"));
    inspect(external("location", "name")).assertRefused("LP1006 w: external data file 'name' has another name elsewhere");
  }

  /** CVE-2026-34445: keys that set anything, and numbers of bytes that nobody has. */
  @Test
  void externalDataKeys() throws IOException {
    Files.write(folder.resolve("own"), new byte[16]);
    Attempt odd = inspect(external("location", "own", "__class__", "x", "basepath", "/etc"));
    assertThat(odd.code()).as(odd.err()).isZero();
    for (String number : List.of("-1", "9223372036854775807", "99999999999999999999", "0x10", " 0", "")) {
      inspect(external("location", "own", "offset", number)).assertRefused("LP1006 w: ");
      inspect(external("location", "own", "length", number)).assertRefused("LP1006 w: ");
    }
    inspect(external("location", "own", "offset", "8")).assertRefused("LP1006 w: wants 16 bytes at 8 of own");
  }

  /** A location that another runtime takes for an address in its own memory. */
  @Test
  void externalDataInMemory() throws IOException {
    inspect(external("location", "*/_ORT_MEM_ADDR_/*", "offset", "4096", "length", "16"))
        .assertRefused("LP1006 w: has its data in the memory of another process");
  }

  /** CVE-2025-51480: writing a model wrote its external data wherever it said they were. */
  @Test
  void writingAModelWritesOneFile() throws IOException {
    Path kept = Files.write(outer.resolve("kept"), new byte[] {1, 2, 3});
    byte[] bytes = external("location", "../kept", "length", "16").build().toByteArray();
    Path file = Files.write(folder.resolve("model.onnx"), bytes);
    Path annotated = folder.resolve("annotated.onnx");
    OnnxAnnotation.annotate(file, "bands 1\n", annotated);
    assertThat(kept).hasBinaryContent(new byte[] {1, 2, 3});
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, annotated);
    }
  }

  /** CVE-2024-5187, CVE-2024-7776: test data wrote outside their folder; here names of outputs could. */
  @Test
  void namesOfOutputsAreNoPaths() throws IOException {
    ModelProto.Builder model = Proto.model(4);
    model.getGraphBuilder().addNode(Proto.node("Relu", List.of("x"), List.of("../../y")));
    model.getGraphBuilder().getOutputBuilder(0).setName("../../y");
    Path file = Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
    Path artifact = outer.resolve("out.lowpass");
    assertThat(Attempt.in(outer, "compile", file.toString(), "-o", artifact.toString()).code()).isZero();
    Path input = outer.resolve("x.npy");
    Npy.write(input, Tensor.of(new float[4], 4));
    Path results = Files.createDirectories(outer.resolve("a/b/results"));
    Attempt run =
        Attempt.in(outer, "run", artifact.toString(), "--input", input.toString(), "--output", results.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.left()).allMatch(name -> name.startsWith("a/b/results/"));
  }

  /** CVE-2024-27319: names longer than the buffer that a message was copied into. */
  @Test
  void longNamesInMessages() throws IOException {
    String name = "n".repeat(60_000);
    ModelProto.Builder model = Proto.model(4);
    model.getGraphBuilder().addNode(Proto.node("Relu", List.of(name), List.of("y")));
    inspect(model).assertRefused("LP1005 ");
    ModelProto.Builder unknown = Proto.model(4);
    unknown.getGraphBuilder().addNode(Proto.node(name, List.of("x"), List.of("y")));
    inspect(unknown).assertRefused("LP1004 ");
  }

  /** CVE-2021-42574: letters that turn the direction of writing, and others that command a terminal. */
  @Test
  void lettersThatDoNotPrint() throws IOException {
    ModelProto.Builder model = Proto.model(4);
    model.getGraphBuilder().addNode(Proto.node("Relu", List.of("\u202egpj.exe\u001b[2J\nLP0000 all is well"), List.of("y")));
    Attempt refused = inspect(model);
    refused.assertRefused("LP1005 ");
    assertThat(refused.err()).doesNotContain("\u202e", "\u001b").contains("\\u202egpj.exe\\u001b[2J\\u000aLP0000");
  }

  /** CVE-2026-44512: operators without inputs, outputs or attributes. */
  @Test
  void operatorsWithoutAnything() throws IOException {
    for (String type : OperatorImports.names()) {
      ModelProto.Builder without = Proto.model(4);
      without.getGraphBuilder().addNode(Proto.node(type, List.of(), List.of("y")));
      inspect(without).assertRefused("LP10");
      ModelProto.Builder blank = Proto.model(4);
      blank.getGraphBuilder().addNode(Proto.node(type, Collections.nCopies(3, ""), List.of("y")));
      inspect(blank).assertRefused("LP10");
      ModelProto.Builder silent = Proto.model(4);
      silent.getGraphBuilder().addNode(Proto.node(type, List.of("x"), List.of("", "y")));
      Attempt attempt = inspect(silent);
      if (attempt.code() != 0) {
        attempt.assertRefused("LP10");
      }
    }
  }

  private static FunctionProto function(String name, String... calls) {
    FunctionProto.Builder function = FunctionProto.newBuilder().setName(name).setDomain("own");
    function.addInput("a").addOutput("b").addOpsetImportBuilder().setVersion(17);
    String from = "a";
    for (int i = 0; i < calls.length; i++) {
      String to = i == calls.length - 1 ? "b" : "t" + i;
      String domain = calls[i].equals("Relu") ? "" : "own";
      function.addNode(Proto.node(calls[i], List.of(from), List.of(to)).toBuilder().setDomain(domain));
      from = to;
    }
    return function.build();
  }

  private static ModelProto.Builder calling(String name, List<FunctionProto> functions) {
    ModelProto.Builder model = Proto.model(4).addAllFunctions(functions);
    model.addOpsetImportBuilder().setDomain("own").setVersion(1);
    model.getGraphBuilder().addNode(Proto.node(name, List.of("x"), List.of("y")).toBuilder().setDomain("own"));
    return model;
  }

  /** GHSA-7w46-vvrh-m8q5: functions that call themselves, each other, or 3,000 others one inside the next. */
  @Test
  void functionsWithoutEnd() throws IOException {
    inspect(calling("f", List.of(function("f", "f")))).assertRefused("LP1013 ");
    inspect(calling("f", List.of(function("f", "g"), function("g", "f")))).assertRefused("LP1013 ");
    List<FunctionProto> chain = new ArrayList<>();
    IntStream.range(0, 3000).forEach(i -> chain.add(function("f" + i, "f" + (i + 1))));
    chain.add(function("f3000", "Relu"));
    inspect(calling("f0", chain)).assertRefused("LP1012 ");
    assertThat(inspect(calling("f2950", chain)).code()).as("fifty").isZero();
  }

  /** Thirty functions that call the next one twice: a billion nodes. */
  @Test
  void functionsThatDouble() throws IOException {
    List<FunctionProto> doubling = new ArrayList<>();
    IntStream.range(0, 30).forEach(i -> doubling.add(function("f" + i, "f" + (i + 1), "f" + (i + 1))));
    doubling.add(function("f30", "Relu"));
    inspect(calling("f0", doubling)).assertRefused("LP1012 ");
  }

  @Test
  void tensorsThatClaimMoreThanTheyHave() throws IOException {
    for (long[] dims : new long[][] {{5}, {1 << 30}, {1L << 40}, {-1}, {1L << 32, 1L << 32}, {0}, {65536, 65536, 65536, 65536}, {2, 3}}) {
      ModelProto.Builder model = Proto.with(Proto.model(4), "Add", List.of("w"));
      model.getGraphBuilder().addInitializer(Proto.floats("w", dims, 1, 2, 3, 4));
      inspect(model).assertRefused("LP10");
      model.getGraphBuilder().getInitializerBuilder(0).clearFloatData().setRawData(ByteString.copyFrom(new byte[16]));
      inspect(model).assertRefused("LP10");
    }
  }

  /** Bytes that are no whole number of elements. */
  @Test
  void rawDataThatEndInAnElement() throws IOException {
    for (int bytes : new int[] {0, 1, 15, 17}) {
      ModelProto.Builder model = Proto.with(Proto.model(4), "Add", List.of("w"));
      TensorProto.Builder tensor = TensorProto.newBuilder().setName("w").setDataType(Proto.FLOAT).addDims(4);
      model.getGraphBuilder().addInitializer(tensor.setRawData(ByteString.copyFrom(new byte[bytes])));
      inspect(model).assertRefused("LP1006 w: holds " + bytes + " bytes");
    }
  }

  @Test
  void inputsThatAreNegativeOrHuge() throws IOException {
    for (long[] shape :
        new long[][] {{1, 3, 1L << 31}, {1, 3, 100_000, 100_000}, {1L << 62, 4}, {65536, 65536, 65536, 65536}, {641, 6700417, 2147483647}}) {
      inspect(Proto.with(Proto.model(shape), "Relu", List.of())).assertRefused("LP10");
    }
    inspect(Proto.with(Proto.model(1, 3, -5, 4), "Relu", List.of())).assertRefused("LP1007 x: ");
  }

  private static ModelProto.Builder convolution(long[] weight, AttributeProto... attributes) {
    ModelProto.Builder model = Proto.with(Proto.model(1, 4, 8, 8), "Conv", List.of("w"), attributes);
    int elements = 1;
    for (long extent : weight) {
      elements *= (int) extent;
    }
    model.getGraphBuilder().addInitializer(Proto.floats("w", weight, new float[elements]));
    return model;
  }

  /** Numbers by which somebody divides. */
  @Test
  void stridesAndGroupsOfZero() throws IOException {
    long[] weight = {4, 4, 3, 3};
    inspect(convolution(weight, Proto.ints("strides", 0, 1))).assertRefused("LP1010 ");
    inspect(convolution(weight, Proto.ints("dilations", 0, 0))).assertRefused("LP1010 ");
    inspect(convolution(weight, Proto.integer("group", 0))).assertRefused("LP1010 ");
    inspect(convolution(weight, Proto.integer("group", -4))).assertRefused("LP1010 ");
    inspect(convolution(weight, Proto.integer("group", 1L << 40))).assertRefused("LP1010 ");
    inspect(convolution(weight, Proto.ints("pads", 1L << 40, 0, 0, 0))).assertRefused("LP10");
    inspect(convolution(weight, Proto.ints("strides", -1, -1))).assertRefused("LP1010 ");
    inspect(convolution(weight, Proto.ints("kernel_shape", 0, 0))).assertRefused("LP10");
    inspect(Proto.with(Proto.model(1, 4, 8, 8), "MaxPool", List.of(), Proto.ints("kernel_shape", 2, 2), Proto.ints("strides", 0, 0)))
        .assertRefused("LP1010 ");
    ModelProto.Builder split = Proto.model(0);
    inspect(Proto.with(split, "Split", List.of(), Proto.integer("num_outputs", 0))).assertRefused("LP10");
  }

  @Test
  void weightsOfTheWrongRank() throws IOException {
    for (long[] weight : new long[][] {{}, {4}, {4, 4}, {4, 4, 3}, {4, 4, 3, 3, 3}, {4, 5, 3, 3}, {4, 0, 3, 3}}) {
      inspect(convolution(weight)).assertRefused("LP10");
    }
    ModelProto.Builder normalization = Proto.with(Proto.model(1, 4, 8, 8), "BatchNormalization", List.of("w", "w", "w", "w"));
    normalization.getGraphBuilder().addInitializer(Proto.floats("w", new long[] {1, 4}, 1, 1, 1, 1));
    inspect(normalization).assertRefused("LP10");
  }

  /** Weights without outputs give a map without channels, or an error; 1 in 0 is no crash. */
  @Test
  void weightsOfZeroExtent() throws IOException {
    for (long[] weight : new long[][] {{0, 4, 3, 3}, {4, 4, 0, 3}, {0, 0, 0, 0}}) {
      Attempt attempt = compile(convolution(weight));
      if (attempt.code() != 0) {
        attempt.assertRefused("LP10");
      }
      Files.deleteIfExists(outer.resolve("out.lowpass"));
    }
  }

  /** A few bytes that ask for terabytes. */
  @Test
  void constantsThatFoldToTerabytes() throws IOException {
    ModelProto.Builder filled = Proto.model(4);
    filled.getGraphBuilder().addInitializer(Proto.integers("shape", 1 << 20, 1 << 20));
    filled.getGraphBuilder().addNode(Proto.node("ConstantOfShape", List.of("shape"), List.of("w")));
    inspect(Proto.with(filled, "Add", List.of("w"))).assertRefused("LP1012 ");

    ModelProto.Builder tiled = Proto.model(4);
    tiled.getGraphBuilder().addInitializer(Proto.floats("c", new long[] {1, 1}, 1));
    tiled.getGraphBuilder().addInitializer(Proto.integers("repeats", 1 << 20, 1 << 20));
    tiled.getGraphBuilder().addNode(Proto.node("Tile", List.of("c", "repeats"), List.of("w")));
    inspect(Proto.with(tiled, "Add", List.of("w"))).assertRefused("LP10");

    ModelProto.Builder expanded = Proto.model(4);
    expanded.getGraphBuilder().addInitializer(Proto.floats("c", new long[] {1, 1}, 1));
    expanded.getGraphBuilder().addInitializer(Proto.integers("shape", 1 << 20, 1 << 20));
    expanded.getGraphBuilder().addNode(Proto.node("Expand", List.of("c", "shape"), List.of("w")));
    inspect(Proto.with(expanded, "Add", List.of("w"))).assertRefused("LP10");

    ModelProto.Builder resized = Proto.model(1, 1, 2, 2);
    resized.getGraphBuilder().addInitializer(Proto.integers("sizes", 1, 1, 1 << 20, 1 << 20));
    inspect(Proto.with(resized, "Resize", List.of("", "", "sizes"))).assertRefused("LP10");

    ModelProto.Builder doubled = Proto.model(4);
    doubled.getGraphBuilder().addInitializer(Proto.floats("c0", new long[] {4}, 1, 2, 3, 4));
    for (int i = 0; i < 60; i++) {
      doubled.getGraphBuilder().addNode(
          Proto.node("Concat", List.of("c" + i, "c" + i), List.of("c" + (i + 1)), Proto.integer("axis", 0)));
    }
    inspect(Proto.with(doubled, "Mul", List.of("c60"))).assertRefused("LP10");

    ModelProto.Builder range = Proto.model(4);
    range.getGraphBuilder().addInitializer(Proto.floats("from", new long[] {}, 0));
    range.getGraphBuilder().addInitializer(Proto.floats("to", new long[] {}, 1e30f));
    range.getGraphBuilder().addInitializer(Proto.floats("by", new long[] {}, 1e-30f));
    range.getGraphBuilder().addNode(Proto.node("Range", List.of("from", "to", "by"), List.of("w")));
    inspect(Proto.with(range, "Add", List.of("w"))).assertRefused("LP10");
  }

  @Test
  void sparseTensors() throws IOException {
    ModelProto.Builder model = Proto.with(Proto.model(4), "Add", List.of("w"));
    model
        .getGraphBuilder()
        .addSparseInitializerBuilder()
        .setValues(Proto.floats("w", new long[] {1}, 1))
        .setIndices(Proto.integers("i", 1L << 40))
        .addDims(1L << 40);
    inspect(model).assertRefused("LP1006 w: is a sparse tensor");
  }

  /** CVE-2024-7254: groups of protobuf in groups, and subgraphs in subgraphs. */
  @Test
  void messagesNestedDeep() throws IOException {
    byte[] groups = new byte[1 << 21];
    for (int i = 0; i < groups.length; i += 2) {
      groups[i] = (byte) 0xbb;
      groups[i + 1] = 0x3e;
    }
    Path file = Files.write(folder.resolve("model.onnx"), groups);
    Attempt.in(outer, "inspect", file.toString()).assertRefused("LP1012 ");
    GraphProto graph = GraphProto.newBuilder().setName("innermost").build();
    for (int depth = 0; depth < 80; depth++) {
      graph = GraphProto.newBuilder().addNode(Proto.node("If", List.of("x"), List.of("y"), Proto.graph("then_branch", graph))).build();
    }
    ModelProto.Builder model = Proto.model(4);
    model.getGraphBuilder().addAllNode(graph.getNodeList());
    inspect(model).assertRefused("LP1012 ");
  }

  /** Outputs of 2^29 and of two billion elements, which once were bugs of ours. */
  @Test
  void resultsOfMoreElementsThanArraysHave() throws IOException {
    compile(Proto.with(Proto.model(1, 1, 1 << 15, 1 << 14), "Relu", List.of())).assertRefused("LP1012 x: ");
    ModelProto.Builder outerProduct = Proto.model(50_000, 1);
    outerProduct.getGraphBuilder().addInput(Proto.value("z", 1, 40_000));
    compile(Proto.with(outerProduct, "Mul", List.of("z"))).assertRefused("LP1012 mul_y: ");
    ModelProto.Builder padded = Proto.model(1, 1, 8, 8);
    padded.getGraphBuilder().addInitializer(Proto.integers("pads", 0, 0, 0, 0, 0, 0, 1 << 20, 1 << 10));
    compile(Proto.with(padded, "Pad", List.of("pads"))).assertRefused("LP1012 pad_y: ");
  }

  /** Messages name what is wrong, not what overflowed. */
  @Test
  void indicesAndDivisionsAreCalledSo() throws IOException {
    ModelProto.Builder gather = Proto.model(4);
    gather.getGraphBuilder().addInitializer(Proto.integers("i", 99));
    Attempt index = inspect(Proto.with(gather, "Gather", List.of("i")));
    index.assertRefused("LP1010 gather_y: ");
    assertThat(index.err()).contains("99").doesNotContain("axis 99");
    ModelProto.Builder division = Proto.model(4);
    division.getGraphBuilder().addInitializer(Proto.integers("a", 4));
    division.getGraphBuilder().addInitializer(Proto.integers("b", 0));
    division.getGraphBuilder().addNode(Proto.node("Div", List.of("a", "b"), List.of("shape")));
    inspect(Proto.with(division, "Reshape", List.of("shape"))).assertRefused("LP1010 div_shape: ");
  }
}
