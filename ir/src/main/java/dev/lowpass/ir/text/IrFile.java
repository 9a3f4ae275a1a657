package dev.lowpass.ir.text;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.ir.file.OutputFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.limit.Limit;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * IR text in a file, with the constants that it names in a side file of the same name and the ending {@code .weights}.
 */
public final class IrFile {
  private IrFile() {}

  /**
   * The one graph in {@code file}, with its constants if it has a side file.
   *
   * @throws LowpassException as {@link IrText} and {@link WeightsFile} do, LP2010 if the file is not UTF-8
   * @throws IOException if a file cannot be read
   */
  public static Graph read(Path file) throws IOException {
    return IrText.parse(text(file), file.toString(), constants(file));
  }

  /** All graphs in {@code file}, in order, which share its constants; otherwise as {@link #read}. */
  public static List<Graph> readAll(Path file) throws IOException {
    return IrText.parseAll(text(file), file.toString(), constants(file));
  }

  private static String text(Path file) throws IOException {
    try {
      return InputFile.text(file);
    } catch (CharacterCodingException e) {
      throw new LowpassException("LP2010", file.toString(), "is not UTF-8 text", e);
    }
  }

  private static Map<String, Tensor> constants(Path file) throws IOException {
    Path weights = sideFile(file);
    return Files.exists(weights) ? WeightsFile.read(InputFile.bytes(weights, Limit.FILE), weights.toString()) : Map.of();
  }

  /** Writes the text of {@code graph} and, if it has large constants, the side file. */
  public static void write(Graph graph, Path file) throws IOException {
    Map<String, Tensor> constants = IrText.constants(graph);
    if (!constants.isEmpty()) {
      OutputFile.write(sideFile(file), WeightsFile.write(constants));
    }
    OutputFile.write(file, IrText.print(graph));
  }

  /** {@code net.weights} beside {@code net.ir}. */
  static Path sideFile(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".weights");
  }
}
