package dev.lowpass.cli.option;

import dev.lowpass.cli.data.PictureFolder;
import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.data.PictureTable;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the classes of pictures come from. */
public final class LabelsOption {
  private static final String FOLDERS = "folders";

  @Option(
      names = "--labels",
      paramLabel = "TABLE|folders",
      description =
          "The pictures' classes, from 0: a table with lines of class, anything, file name, separated by tabs, or of"
              + " file name, comma, class; or folders: each folder in that of the pictures is a class, in the order of"
              + " their names. Without it pictures have none.")
  private @Nullable String labels;

  public boolean isGiven() {
    return labels != null;
  }

  /**
   * The pictures of {@code folder}: those that the table names, or else all below.
   *
   * @throws LowpassException LP7012 for a broken table, or if there are no pictures
   */
  public PictureSet read(Path folder) throws IOException {
    return switch (labels) {
      case null -> PictureFolder.unlabelled(folder);
      case FOLDERS -> PictureFolder.byClass(folder);
      default -> PictureTable.read(Path.of(labels), folder);
    };
  }
}
