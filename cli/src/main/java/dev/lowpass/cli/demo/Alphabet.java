package dev.lowpass.cli.demo;

import dev.lowpass.cli.data.Scores;
import dev.lowpass.ir.onnx.ImportedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the classes of a recogniser stand for: class 0 for nothing, the others for a character each, a space last
 * (PaddleOCR, ppocr/postprocess/rec_postprocess.py).
 */
record Alphabet(List<String> characters) {
  /** The metadata property in which a model carries its characters, one a line. */
  private static final String PROPERTY = "character";

  private static final Pattern SPACES = Pattern.compile(" +");

  Alphabet {
    characters = List.copyOf(characters);
  }

  static Alphabet of(ImportedModel model) {
    String lines = model.metadata().get(PROPERTY);
    if (lines == null) {
      throw new IllegalStateException("the recogniser does not say what its classes are");
    }
    List<String> characters = new ArrayList<>(List.of(lines.split("\n")));
    characters.add(" ");
    return new Alphabet(characters);
  }

  private int classes() {
    return characters.size() + 1;
  }

  /**
   * The most likely text by connectionist temporal classification (Graves et al., 2006), read greedily: the best class of
   * each column, taken once where it repeats, and not at all where it is nothing. Spaces at the ends, and more than one
   * together, are left out: nobody sees them.
   *
   * @param scores of columns of classes
   */
  String read(float[] scores) {
    if (scores.length % classes() != 0) {
      throw new IllegalArgumentException(scores.length + " scores, not of " + classes() + " classes");
    }
    StringBuilder text = new StringBuilder();
    int before = 0;
    for (int column = 0; column < scores.length; column += classes()) {
      int best = new Scores(Arrays.copyOfRange(scores, column, column + classes())).best();
      if (best != 0 && best != before) {
        text.append(characters.get(best - 1));
      }
      before = best;
    }
    return SPACES.matcher(text).replaceAll(" ").strip();
  }
}
