package dev.lowpass.cli.option;

import dev.lowpass.cli.data.InputFiles;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.ModelSize;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The files that a model's inputs get. */
public final class InputOptions {
  @Option(
      names = "--input",
      paramLabel = "[NAME=]FILE",
      description = "What an input gets: x.npy, x.pb or a picture. The name may be left out where there is one input.")
  private List<String> given = new ArrayList<>();

  @Mixin private PreprocessingOptions pictures = new PreprocessingOptions();

  public boolean isGiven() {
    return !given.isEmpty();
  }

  /**
   * Reads a tensor for each input that is named; pictures are brought to the size that {@code specs} say. Whether all
   * inputs are there, and of the right shapes, the session checks.
   *
   * @throws LowpassException LP7024 for an input that is none of {@code specs}; else as {@link InputFiles#read}
   */
  public Map<String, Tensor> read(List<TensorSpec> specs) throws IOException {
    InputFiles files = new InputFiles(pictures.toPreprocessing());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String text : given) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? onlyInput(specs) : text.substring(0, equals);
      TensorSpec spec =
          specs.stream()
              .filter(candidate -> candidate.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(text, specs));
      tensors.put(name, files.read(Path.of(text.substring(equals + 1)), spec));
    }
    return tensors;
  }

  /**
   * Reads the tensors as {@link #read}, for one of several sizes: tensors in files have a size, and pictures are brought
   * to the first one that fits those.
   *
   * @param sizes of one model, at least one
   */
  public Map<String, Tensor> readAtAny(List<ModelSize> sizes) throws IOException {
    for (ModelSize size : sizes) {
      Map<String, Tensor> tensors = read(size.inputs());
      if (SizeOption.isOf(size, tensors)) {
        return tensors;
      }
    }
    // The session says what does not fit.
    return read(sizes.getFirst().inputs());
  }

  private static LowpassException unknown(String text, List<TensorSpec> specs) {
    return new LowpassException("LP7024", "--input " + text, "no such input; there are " + specs);
  }

  private static String onlyInput(List<TensorSpec> specs) {
    if (specs.size() != 1) {
      throw new LowpassException("LP7024", "--input", "which one? Write NAME=FILE; there are " + specs);
    }
    return specs.getFirst().name();
  }

  /** The files as they were given. */
  @Override
  public String toString() {
    return String.join(", ", given);
  }
}
