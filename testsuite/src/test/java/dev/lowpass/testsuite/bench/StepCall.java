package dev.lowpass.testsuite.bench;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import dev.lowpass.runtime.tvm.NativeModule;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The heaviest step of a graph for one image, by itself: with one worker, on data that all steps have left behind once,
 * weights and data as near as their size allows. For one thread. The input is random, with its zeros after a clip where
 * MobileNetV2 has them on a photo.
 */
final class StepCall implements AutoCloseable {
  /** Of the input: this and the parts below make 65 % of it negative, which a clip then makes zero. */
  private static final double MEAN = -0.385;

  /**
   * Deviations of the input's channels and of samples within one: where one sample of a channel is negative, its
   * neighbours mostly are as well, and half of all channels are negative in three rows on end.
   */
  private static final double OF_CHANNELS = 0.9;

  private static final double OF_SAMPLES = 0.45;

  private final NativeModule module;
  private final List<HostMemory> memories = new ArrayList<>();

  /** Keeps the mapping of the parameters. */
  private final Artifact artifact;

  private final ArgumentList reset;
  private final ArgumentList call;

  private StepCall(NativeModule module, Artifact artifact, int index) {
    this.module = module;
    this.artifact = artifact;
    Manifest.Size size = artifact.manifest().first();
    List<DeviceTensor> tensors = new ArrayList<>();
    size.inputs().forEach(spec -> tensors.add(random(spec)));
    size.outputs().forEach(spec -> tensors.add(allocate(spec.bytes()).tensor(DataType.F32)));
    long parameters = HostMemory.addressOf(artifact.parameters());
    tensors.add(DeviceTensor.host(parameters, DataType.F32, size.memory().parameterBytes() / 4));
    tensors.add(allocate(size.memory().scratchBytes() + size.memory().workerBytes()).tensor(DataType.F32));
    DeviceTensor[] arguments = tensors.toArray(DeviceTensor[]::new);
    new ArgumentList(module.function("lowpass_main"), arguments, 1).call();
    this.reset = new ArgumentList(module.function("lowpass_reset"), arguments, 1);
    this.call = new ArgumentList(module.function("lowpass_work"), new int[] {index, index + 1, 0}, arguments, 1);
  }

  /** Compiles {@code graph} for {@code target}, as it stands. */
  static StepCall of(Graph graph, String target) throws IOException {
    CompileOptions asItStands =
        CompileOptions.defaults().withTarget(target).withPipeline("").withCheck(false);
    Compilation compilation = new Compiler().compile(graph, asItStands, Progress.silent());
    List<Step> steps = compilation.plan().steps();
    Step heaviest = heaviest(steps);
    Path file = Files.createTempFile("step-", ".lowpass");
    Path code = Files.createTempFile("step-", ".so");
    try {
      compilation.writeTo(file);
      Artifact artifact = ArtifactReader.read(file, graph.name());
      Files.write(code, artifact.code().getFirst());
      return new StepCall(NativeModule.load(code), artifact, steps.indexOf(heaviest));
    } finally {
      Files.delete(code);
      Files.delete(file);
    }
  }

  /** The step of {@code graph} that is timed. */
  static Step heaviest(Graph graph) {
    return heaviest(Lowering.lower(graph, Machines.AVX512).steps());
  }

  private static Step heaviest(List<Step> steps) {
    return steps.stream().max(Comparator.comparingLong(Step::multiplyAdds)).orElseThrow();
  }

  void run() {
    reset.call();
    call.call();
  }

  private HostMemory allocate(long bytes) {
    HostMemory memory = HostMemory.allocate(bytes);
    memories.add(memory);
    return memory;
  }

  private DeviceTensor random(TensorSpec spec) {
    HostMemory memory = allocate(spec.bytes());
    FloatBuffer buffer = memory.buffer().asFloatBuffer();
    Random random = new Random(1);
    int channels = Math.toIntExact(spec.shape().get(1));
    int samples = buffer.capacity() / channels;
    for (int channel = 0; channel < channels; channel++) {
      double mean = MEAN + OF_CHANNELS * random.nextGaussian();
      for (int sample = 0; sample < samples; sample++) {
        buffer.put((float) (mean + OF_SAMPLES * random.nextGaussian()));
      }
    }
    return memory.tensor(DataType.F32);
  }

  @Override
  public void close() {
    module.close();
    memories.forEach(HostMemory::close);
    Reference.reachabilityFence(artifact);
  }
}
