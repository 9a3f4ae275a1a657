package dev.lowpass.cli.learning;

import dev.lowpass.cli.data.InputFiles;
import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierPoint.Kind;
import dev.lowpass.codegen.BandsOrigin;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.PictureSettings;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.bands.MapSize;
import dev.lowpass.ir.file.OutputFile;
import dev.lowpass.learn.Candidate;
import dev.lowpass.runtime.picture.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a candidate: files, and a measurement beside what anybody can do without it.
 *
 * @param threads of each contender
 * @param measurement how contenders are timed
 */
public record Outcome(
    SourceNetwork network, Preprocessing preprocessing, int threads, Measurement measurement, Progress progress) {
  /** Writes the model with its bands, and the bands by themselves where {@code bands} says. */
  public void write(Candidate candidate, Path onnx, Optional<Path> bands) throws IOException {
    network.write(candidate.graph(), candidate.bands(), onnx);
    if (bands.isPresent()) {
      OutputFile.write(bands.get(), candidate.bands().print());
    }
  }

  /** What measures candidates on {@code picture}. */
  public RatioMeter meter(Path picture) throws IOException {
    InputFiles files = new InputFiles(preprocessing);
    return RatioMeter.of(network, spec -> files.read(picture, spec), threads, measurement, progress);
  }

  /**
   * The frontier: the dense model at its own and smaller sizes, the candidate, and ONNX Runtime.
   *
   * @param written the candidate's file
   * @param sizes smaller sizes of the picture; of those for its middle only the candidate's is compared with
   * @param pictures that nothing was fitted to
   */
  public Frontier frontier(
      Candidate candidate, Path written, List<InputSize> sizes, PictureSet pictures) throws IOException {
    List<Contender> others = new ArrayList<>();
    sizes.stream()
        .filter(size -> size.crop().isEmpty() || candidate.size().equals(Optional.of(size)))
        .forEach(size -> others.add(dense(Optional.of(size))));
    others.add(chosen(written, candidate));
    try (TemporaryFolder folder = TemporaryFolder.create("frontier")) {
      Contest contest = new Contest(network, preprocessing, folder.path(), threads, measurement, progress);
      return contest.run(dense(Optional.empty()), others, pictures);
    }
  }

  private Contender dense(Optional<InputSize> size) {
    CompileOptions options =
        size.map(given -> network.options().withPictures(PictureSettings.of(given))).orElse(network.options());
    MapSize read = size.map(InputSize::map).orElse(network.size());
    String name = "dense " + read + size.flatMap(InputSize::crop).map(middle -> " of " + middle).orElse("");
    return contender(name, Kind.DENSE, network.file(), options, read);
  }

  private Contender chosen(Path onnx, Candidate candidate) {
    CompileOptions options = network.options().withBands(new BandsOrigin.OfModel());
    return contender("chosen", Kind.CHOSEN, onnx, options, candidate.size().map(InputSize::map).orElse(network.size()));
  }

  private static Contender contender(String name, Kind kind, Path model, CompileOptions options, MapSize read) {
    return new Contender(name, kind, model, options, read.height(), read.width());
  }
}
