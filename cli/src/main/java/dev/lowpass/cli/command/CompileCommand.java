package dev.lowpass.cli.command;

import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.Checks;
import dev.lowpass.cli.option.InputOptions;
import dev.lowpass.cli.option.ModelOptions;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.PassRunOptions;
import dev.lowpass.cli.option.PricesOption;
import dev.lowpass.cli.option.TuneOptions;
import dev.lowpass.cli.report.CompilationSummary;
import dev.lowpass.cli.report.StageBar;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.CompiledSizes;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.artifact.SigningKey;
import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.codegen.tune.Tuning;
import dev.lowpass.ir.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass compile}: from an ONNX file to an artifact. */
@Command(name = "compile", description = "Compiles an ONNX model to an artifact that the runtime loads.")
final class CompileCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL.onnx", description = "The model.")
  private Path model = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The artifact to write.")
  private Path output = Path.of("");

  @Mixin private ModelOptions options = new ModelOptions();

  @Mixin private InputOptions example = new InputOptions();

  @Mixin private TuneOptions tuning = new TuneOptions();

  @Mixin private PricesOption prices = new PricesOption();

  @Option(
      names = "--check",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Compare the result with the reference interpreter on seeded input; on unless --no-check.")
  private boolean check = true;

  @Option(
      names = "--sign",
      paramLabel = "KEY.pem",
      description =
          "Sign the artifact with this private key (PEM, Ed25519), as 'openssl genpkey -algorithm ed25519' makes it.")
  private @Nullable Path key;

  @Mixin private PassRunOptions passRun = new PassRunOptions();

  @Mixin private OutputOptions form = new OutputOptions();

  CompileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    List<CompileOptions> asked = sizes();
    Checks.isNot("the model itself", model, output);
    Checks.mayWrite(output);
    Optional<KeyPair> signer = Optional.ofNullable(key).map(SigningKey::read);
    long start = System.nanoTime();
    CompiledSizes compiled;
    try (StageBar bar = new StageBar(terminal, "compile")) {
      compiled = new Compiler(terminal.err()::println).compile(model, asked, bar);
      compiled.writeTo(output, signer);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    CompilationSummary summary = new CompilationSummary(compiled, output, Files.size(output), seconds);
    if (form.json()) {
      terminal.line(summary.toJson().toString());
    } else {
      summary.print(terminal);
    }
    return ExitCode.OK;
  }

  /** What rounding is looked at on, if there is something. */
  private List<Map<String, Tensor>> examples(List<TensorSpec> inputs) throws IOException {
    if (!example.isGiven()) {
      return List.of();
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    example.read(inputs).forEach((name, tensor) -> tensors.put(name, Tensors.of(tensor)));
    return List.of(tensors);
  }

  private List<CompileOptions> sizes() throws IOException {
    List<CompileOptions> usual = options.toSizes();
    List<Tuning> tunings = tuning.toTunings(usual.size());
    PricesOrigin origin = prices.toOrigin();
    List<CompileOptions> sizes = new ArrayList<>();
    for (CompileOptions size : usual) {
      sizes.add(
          size.withPasses(passRun.toSettings(size.passes().pipeline()))
              .withCheck(check)
              .withTuning(tunings.get(sizes.size()))
              .withPrices(origin)
              .withExamples(this::examples));
    }
    return sizes;
  }
}
