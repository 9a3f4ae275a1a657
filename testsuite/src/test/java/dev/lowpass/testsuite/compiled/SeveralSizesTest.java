package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.CompiledSizes;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.runtime.Binding;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.ModelSize;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.ManifestJson;
import dev.lowpass.testsuite.model.OnnxRuntimePeer;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One artifact of a real model for lines of text of two widths, and for two lines at once. */
class SeveralSizesTest {
  private static final double TOLERANCE = 1e-4;

  private static final List<Shape> SHAPES =
      List.of(Shape.of(1, 3, 48, 192), Shape.of(1, 3, 48, 100), Shape.of(2, 3, 48, 192));

  @TempDir private static Path folder = Path.of("");

  private static byte[] onnx = new byte[0];
  private static Path artifact = Path.of("");
  private static CompiledSizes compiled;

  /** By size: inputs, and what ONNX Runtime makes of them. */
  private static final List<Map<String, Tensor>> INPUTS = new ArrayList<>();

  private static final List<Map<String, Tensor>> EXPECTED = new ArrayList<>();

  @BeforeAll
  static void compile() throws IOException {
    onnx = CompiledModel.bytes(TestModel.TEXT_DIRECTION);
    compiled = compile("x", onnx, CompiledModel.DENSE, SHAPES);
    artifact = folder.resolve("three.lowpass");
    compiled.writeTo(artifact);
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(onnx)) {
      for (Shape shape : SHAPES) {
        Map<String, Tensor> inputs = inputs("x", onnx, shape);
        INPUTS.add(inputs);
        EXPECTED.add(peer.run(inputs));
      }
    }
  }

  private static CompiledSizes compile(String input, byte[] model, CompileOptions options, List<Shape> shapes)
      throws IOException {
    Path file = Files.write(Files.createTempDirectory(folder, "model").resolve("model.onnx"), model);
    List<CompileOptions> sizes = shapes.stream().map(shape -> options.withShapes(Map.of(input, shape))).toList();
    return new Compiler().compile(file, sizes, Progress.silent());
  }

  private static Map<String, Tensor> inputs(String input, byte[] model, Shape shape) {
    ImportOptions options = ImportOptions.defaults().withShape(input, shape);
    return SeededInputs.of(OnnxReader.read(model, "model", options).graph(), 7);
  }

  @Test
  void everySizeIsWhatOnnxRuntimeComputes() {
    try (Model model = Model.load(artifact); Session session = model.newSession(SessionOptions.threads(2))) {
      assertThat(model.sizes()).hasSize(3);
      assertThat(model.inputs()).isEqualTo(model.sizes().getFirst().inputs());
      for (int size : new int[] {2, 0, 1, 1, 0, 2}) {
        CompiledModel.assertSame(CompiledModel.run(session, INPUTS.get(size)), EXPECTED.get(size), TOLERANCE);
      }
    }
  }

  /** The session's scratch memory holds what another size left there; here it holds nothing right at all. */
  @Test
  void everySizeRunsFromPoisonedMemory() {
    for (int size = 0; size < SHAPES.size(); size++) {
      try (Workbench bench = compiled.sizes().get(size).workbench(2)) {
        for (int workers = 1; workers <= 2; workers++) {
          bench.fill(INPUTS.get(size));
          bench.poison();
          bench.run(workers, 0, bench.plan().steps().size());
          Map<String, Tensor> outputs = new LinkedHashMap<>();
          for (int i = 0; i < bench.plan().outputs().size(); i++) {
            String name = bench.plan().outputs().get(i).name();
            outputs.put(name, bench.outputs().get(i).reshaped(EXPECTED.get(size).get(name).shape()));
          }
          CompiledModel.assertSame(outputs, EXPECTED.get(size), TOLERANCE);
        }
      }
    }
  }

  /** In any order, from threads that share a session; the same bits as from a session that does nothing else. */
  @Test
  void twoThreadsChooseSizesAtRandom() throws InterruptedException, ExecutionException {
    try (Model model = Model.load(artifact);
        Session session = model.newSession(SessionOptions.threads(2));
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Map<String, Tensor>> alone = new ArrayList<>();
      for (Map<String, Tensor> inputs : INPUTS) {
        try (Session own = model.newSession(SessionOptions.threads(2))) {
          alone.add(CompiledModel.run(own, inputs));
        }
      }
      List<Future<Boolean>> results = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        Random random = new Random(thread);
        results.add(threads.submit(() -> allEqual(session, alone, random)));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  private static boolean allEqual(Session session, List<Map<String, Tensor>> expected, Random random) {
    boolean equal = true;
    for (int turn = 0; turn < 40; turn++) {
      int size = random.nextInt(INPUTS.size());
      equal &= CompiledModel.run(session, INPUTS.get(size)).equals(expected.get(size));
    }
    return equal;
  }

  @Test
  void everySizeHasTensorsOfItsOwn() {
    try (Model model = Model.load(artifact); Session session = model.newSession(SessionOptions.threads(1))) {
      List<Binding> bindings = model.sizes().stream().map(session::at).toList();
      assertThat(session.at(model.sizes().get(1))).isSameAs(bindings.get(1));
      assertThat(session.input("x")).isSameAs(bindings.get(0).input("x"));
      for (int size = 0; size < bindings.size(); size++) {
        Tensors.copy(INPUTS.get(size).get("x"), bindings.get(size).input("x"));
      }
      for (int size : new int[] {1, 2, 0}) {
        Binding binding = bindings.get(size);
        assertThat(binding.size()).isEqualTo(model.sizes().get(size));
        binding.run();
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        EXPECTED.get(size).keySet().forEach(name -> outputs.put(name, Tensors.of(binding.output(name))));
        CompiledModel.assertSame(outputs, EXPECTED.get(size), TOLERANCE);
        assertThat(binding.profile(1).steps()).hasSameSizeAs(compiled.sizes().get(size).kernels());
      }
      ModelSize other = new ModelSize(List.of(), List.of());
      assertThatThrownBy(() -> session.at(other))
          .hasMessageStartingWith("LP5020 ")
          .hasMessageContaining("x: f32[1, 3, 48, 192]; x: f32[1, 3, 48, 100]; x: f32[2, 3, 48, 192]");
      session.close();
      assertThatThrownBy(bindings.get(2)::run).hasMessageStartingWith("LP5021");
      assertThatThrownBy(() -> session.at(model.sizes().get(0))).hasMessageStartingWith("LP5021");
    }
  }

  @Test
  void whatFitsNoSizeIsRefusedWithAllOfThem() {
    try (Model model = Model.load(artifact); Session session = model.newSession(SessionOptions.threads(1))) {
      Map<String, Tensor> odd = Map.of("x", Tensor.of(new float[3 * 48 * 99], Shape.of(1, 3, 48, 99)));
      assertThatThrownBy(() -> CompiledModel.run(session, odd))
          .hasMessageMatching("LP5020 [^\\n]+ inputs \\{x=f32\\[1, 3, 48, 99]} have none of the sizes[^\\n]+192[^\\n]+");
      assertThatThrownBy(() -> CompiledModel.run(session, Map.of())).hasMessageContaining("'x' is missing");
      CompiledModel.assertSame(CompiledModel.run(session, INPUTS.get(1)), EXPECTED.get(1), TOLERANCE);
    }
  }

  /**
   * What a size adds to the file is its code and its part of the manifest. Another width has the parameters of the first
   * but for tables and a block that is fused otherwise. With another batch the products behind pools, which have a row a
   * picture, have other tiles, and are packed once more.
   */
  @Test
  void sizesShareTheirParameters() throws IOException {
    long own = compiled.addedParameterBytes(0);
    long added = compiled.addedParameterBytes(1) + compiled.addedParameterBytes(2);
    assertThat(compiled.addedParameterBytes(1)).as("another width").isLessThan(own / 20);
    assertThat(compiled.addedParameterBytes(2)).as("two lines").isLessThanOrEqualTo(pooledWeightBytes(compiled.first()));
    assertThat(pooledWeightBytes(compiled.first())).isLessThan(own * 6 / 10);
    long code = 0;
    for (Compilation size : compiled.sizes()) {
      code += FileLayout.aligned(size.code().sections().code().length);
    }
    long manifest = FileLayout.aligned(ManifestJson.print(compiled.manifest()).length + FileLayout.SECTION_ALIGNMENT);
    assertThat(Files.size(artifact)).isLessThanOrEqualTo(manifest + code + FileLayout.aligned(own + added));

    byte[] all = compiled.sizes().get(2).code().sections().parameters();
    for (Compilation size : compiled.sizes()) {
      byte[] seen = size.code().sections().parameters();
      assertThat(all).startsWith(seen);
      assertThat(seen).hasSize((int) size.memory().parameterBytes());
    }
  }

  /** Of the products on maps of one place: weights and biases for whole vectors of outputs. */
  private static long pooledWeightBytes(Compilation compilation) {
    long floats = 0;
    for (Step step : compilation.plan().steps()) {
      if (step instanceof ProductStep product && isPooled(product.output().slabbed())) {
        long outputs = Math.ceilDiv(product.outputs(), Layout.LANES) * (long) Layout.LANES;
        floats += outputs * (product.channels() + 1);
      }
    }
    return floats * Float.BYTES;
  }

  private static boolean isPooled(Layout.Slabbed map) {
    return map.height() * map.width() == 1;
  }

  @Test
  void compilingTwiceGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again.lowpass");
    compile("x", onnx, CompiledModel.DENSE, SHAPES).writeTo(again);
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(artifact));
  }

  /** What was there before there were sizes stays as it was, to the byte. */
  @Test
  void theFirstSizeIsWhatItIsAlone() throws IOException {
    Path first = folder.resolve("first.lowpass");
    compiled.first().writeTo(first);
    CompiledModel alone = CompiledModel.of("model", onnx, CompiledModel.DENSE.withShapes(Map.of("x", SHAPES.getFirst())), folder);
    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(alone.artifact()));
    assertThat(Files.readAllBytes(first)[8]).isEqualTo((byte) FileLayout.VERSION);
    assertThat(Files.readAllBytes(artifact)[8]).isEqualTo((byte) FileLayout.VERSION_OF_SIZES);
  }

  @Test
  void aMobileNetForOnePictureAndForTwo() throws IOException {
    TestModel model = TestModel.of("mobilenet_v2_1.0_224_torchexport");
    byte[] bytes = CompiledModel.bytes(model);
    List<Shape> shapes = List.of(Shape.of(1, 3, 224, 224), Shape.of(2, 3, 224, 224));
    CompiledSizes sizes = compile("input", bytes, CompiledModel.DENSE, shapes);
    Path file = folder.resolve("mobilenet.lowpass");
    sizes.writeTo(file);
    assertThat(sizes.addedParameterBytes(1)).isLessThanOrEqualTo(pooledWeightBytes(sizes.first()));
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(bytes);
        Model loaded = Model.load(file);
        Session session = loaded.newSession(SessionOptions.threads(2))) {
      for (Shape shape : shapes.reversed()) {
        Map<String, Tensor> inputs = inputs("input", bytes, shape);
        CompiledModel.assertSame(CompiledModel.run(session, inputs), peer.run(inputs), TOLERANCE);
      }
    }
  }
}
