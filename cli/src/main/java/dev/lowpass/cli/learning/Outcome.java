package dev.lowpass.cli.learning;

import dev.lowpass.cli.data.InputFiles;
import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.data.picture.Preprocessing;
import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierPoint.Kind;
import dev.lowpass.codegen.BandsOrigin;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.PictureSettings;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.learn.Candidate;
import java.io.IOException;
import java.nio.file.Files;
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
      Files.writeString(bands.get(), candidate.bands().print());
    }
  }

  /** What measures candidates on {@code picture}. */
  public RatioMeter meter(Path picture) throws IOException {
    return RatioMeter.of(network, new InputFiles(preprocessing), picture, threads, measurement, progress);
  }

  /**
   * The frontier: the dense model at its own and smaller sizes, the candidate, and ONNX Runtime.
   *
   * @param written the candidate's file
   * @param sizes smaller sizes of the picture
   * @param pictures that nothing was fitted to
   */
  public Frontier frontier(
      Candidate candidate, Path written, List<InputSize> sizes, PictureSet pictures) throws IOException {
    List<Contender> others = new ArrayList<>();
    sizes.forEach(size -> others.add(dense(Optional.of(size))));
    others.add(chosen("chosen", written, candidate));
    try (TemporaryFolder folder = TemporaryFolder.create("frontier")) {
      return contest(folder).run(dense(Optional.empty()), others, pictures);
    }
  }

  private Contest contest(TemporaryFolder folder) {
    return new Contest(network, preprocessing, folder.path(), threads, measurement, progress);
  }

  private Contender dense(Optional<InputSize> size) {
    CompileOptions options =
        size.map(given -> network.options().withPictures(PictureSettings.of(given))).orElse(network.options());
    int height = size.map(given -> given.map().height()).orElse(network.height());
    int width = size.map(given -> given.map().width()).orElse(network.width());
    return new Contender("dense " + height + "x" + width, Kind.DENSE, network.file(), options, height, width);
  }

  private Contender chosen(String name, Path onnx, Candidate candidate) {
    CompileOptions options = network.options().withBands(new BandsOrigin.OfModel());
    Optional<InputSize> size = candidate.bands().inputs().values().stream().findFirst();
    int height = size.map(given -> given.map().height()).orElse(network.height());
    int width = size.map(given -> given.map().width()).orElse(network.width());
    return new Contender(name, Kind.CHOSEN, onnx, options, height, width);
  }
}
