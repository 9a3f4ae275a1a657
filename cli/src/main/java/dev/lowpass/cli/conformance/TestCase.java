package dev.lowpass.cli.conformance;

import dev.lowpass.cli.option.BandsOption;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An ONNX backend test case: a folder with {@code model.onnx} and data sets {@code test_data_set_N} of {@code
 * input_K.pb} and {@code output_K.pb}, K being the place among the model's inputs or outputs.
 *
 * <p>One of ours may bring a bands file, {@code model.bands}; its outputs are what the model computes with these bands,
 * exactly: each of the layers they name, and every coefficient they keep.
 *
 * @param name the folder's name
 * @param bands in its bands file, if there is one
 */
public record TestCase(String name, Path model, Optional<BandsFile> bands, List<Path> dataSets) {
  public TestCase {
    dataSets = List.copyOf(dataSets);
  }

  /**
   * The case in {@code folder}.
   *
   * @param folder with a model, or only with data sets where {@code model} is given
   * @throws LowpassException LP7030 if there is no model or no data set
   */
  public static TestCase in(Path folder, Optional<Path> model) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    Path chosen = model.orElse(folder.resolve("model.onnx"));
    if (!Files.exists(chosen)) {
      throw new LowpassException("LP7030", folder.toString(), "has no model.onnx; give one with --model");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> sets =
          entries
              .filter(entry -> String.valueOf(entry.getFileName()).matches("test_data_set_[0-9]+"))
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      if (sets.isEmpty()) {
        throw new LowpassException("LP7030", folder.toString(), "has no test_data_set_*");
      }
      String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
      Path bands = folder.resolve("model.bands");
      return new TestCase(
          name, chosen, Files.exists(bands) ? Optional.of(BandsOption.read(bands)) : Optional.empty(), sets);
    }
  }

  /** The files {@code prefix_0.pb}, {@code prefix_1.pb}, … of a data set, as far as they go. */
  static List<Path> files(Path dataSet, String prefix) {
    return Stream.iterate(0, k -> k + 1)
        .map(k -> dataSet.resolve(prefix + "_" + k + ".pb"))
        .takeWhile(Files::exists)
        .toList();
  }
}
