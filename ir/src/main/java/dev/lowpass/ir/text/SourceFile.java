package dev.lowpass.ir.text;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.LowpassException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.jspecify.annotations.Nullable;

/**
 * A text that ANTLR reads, as the origin of errors: places are {@code name:line:column}, both counted from 1.
 *
 * @param syntaxCode code of syntax errors and malformed literals
 */
public record SourceFile(String name, String syntaxCode) {
  /** Quoted text in messages is cut here, so that a message stays one readable line. */
  private static final int LONGEST_QUOTE = 40;

  private static final String END = "the end of the text";

  /** The characters of {@code text}; an unpaired surrogate, which no grammar takes, becomes U+FFFD. */
  public CharStream characters(String text) {
    int[] codePoints =
        text.codePoints().map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c).toArray();
    return CharStreams.fromString(new String(codePoints, 0, codePoints.length), name);
  }

  /** Lets the first syntax error of {@code recognizer} throw instead of printing it and recovering. */
  public void listenTo(Recognizer<?, ?> recognizer) {
    recognizer.removeErrorListeners();
    recognizer.addErrorListener(new FirstError());
  }

  public LowpassException error(String code, Token at, String message) {
    return error(code, at.getLine(), at.getCharPositionInLine(), message);
  }

  public LowpassException syntaxError(Token at, String message) {
    return error(syntaxCode, at, message);
  }

  private LowpassException error(String code, int line, int column, String message) {
    return new LowpassException(code, name + ":" + line + ":" + (column + 1), message);
  }

  /** An integer of 32 bits. */
  public int integer(Token token) {
    try {
      return Integer.parseInt(token.getText());
    } catch (NumberFormatException e) {
      throw syntaxError(token, "integer " + quoted(token.getText()) + " does not fit 32 bits");
    }
  }

  /** A block size written {@code 7x7}. */
  public Block block(Token token) {
    String text = token.getText();
    int cross = text.indexOf('x');
    try {
      return new Block(Integer.parseInt(text.substring(0, cross)), Integer.parseInt(text.substring(cross + 1)));
    } catch (NumberFormatException e) {
      throw syntaxError(token, "a block has sides of 1 to " + Block.MAX_SIDE + ", not " + quoted(text));
    } catch (IllegalArgumentException e) {
      throw syntaxError(token, String.valueOf(e.getMessage()));
    }
  }

  /** The meaning of a quoted string token. */
  public String string(Token token) {
    return unquote(token, token.getText());
  }

  /** The name that a token such as {@code %x}, {@code @w} or {@code %"odd name"} stands for, without the sign. */
  public String name(Token token) {
    String text = token.getText().substring(1);
    return text.startsWith("\"") ? unquote(token, text) : text;
  }

  private String unquote(Token token, String literal) {
    try {
      return Names.unquote(literal);
    } catch (IllegalArgumentException e) {
      throw syntaxError(token, String.valueOf(e.getMessage()));
    }
  }

  /** Throws at the first syntax error, with what was found and what was expected. */
  private final class FirstError extends BaseErrorListener {
    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object symbol,
        int line,
        int column,
        String message,
        @Nullable RecognitionException cause) {
      throw error(syntaxCode, line, column, describe(recognizer, symbol, message));
    }

    private static String describe(Recognizer<?, ?> recognizer, @Nullable Object symbol, String message) {
      if (recognizer instanceof Parser parser && symbol instanceof Token found) {
        String expected =
            parser.getExpectedTokens().toList().stream()
                .map(type -> describe(type, parser.getVocabulary()))
                .collect(Collectors.joining(" or "));
        String text = found.getType() == Token.EOF ? END : quoted(found.getText());
        return "expected " + expected + ", found " + text;
      }
      return message;
    }

    /** Literals in quotes as in the grammar, kinds of tokens as words: {@code '{'}, {@code value}. */
    private static String describe(int type, Vocabulary vocabulary) {
      String name = vocabulary.getDisplayName(type);
      if (type == Token.EOF) {
        return END;
      }
      return name.startsWith("'") ? name : name.toLowerCase(Locale.ROOT);
    }
  }

  private static String quoted(String text) {
    return Names.quote(text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text);
  }
}
