package dev.lowpass.ir.bands;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.bands.grammar.BandsLexer;
import dev.lowpass.ir.bands.grammar.BandsParser;
import dev.lowpass.ir.bands.grammar.BandsParser.InputContext;
import dev.lowpass.ir.bands.grammar.BandsParser.LayerContext;
import dev.lowpass.ir.bands.grammar.BandsParser.RunContext;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.text.Names;
import dev.lowpass.ir.text.RunList;
import dev.lowpass.ir.text.SourceFile;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Builds a bands file from its parse tree. */
record BandsReader(SourceFile source) {
  static BandsFile read(String text, String fileName) {
    SourceFile source = new SourceFile(fileName, "LP2100");
    BandsLexer lexer = new BandsLexer(source.characters(text));
    BandsParser parser = new BandsParser(new CommonTokenStream(lexer));
    source.listenTo(lexer);
    source.listenTo(parser);
    return new BandsReader(source).read(parser.file());
  }

  private BandsFile read(BandsParser.FileContext file) {
    Token version = file.INTEGER().getSymbol();
    if (!version.getText().equals(Integer.toString(BandsFile.VERSION))) {
      throw source.error(
          "LP2101", version, "version " + version.getText() + " of the bands format, not " + BandsFile.VERSION);
    }
    SequencedMap<String, InputSize> inputs = new LinkedHashMap<>();
    for (InputContext input : file.input()) {
      Token name = input.STRING().getSymbol();
      if (inputs.putIfAbsent(source.string(name), size(input)) != null) {
        throw source.error("LP2106", name, "input " + Names.quote(source.string(name)) + " is listed twice");
      }
    }
    SequencedMap<String, BandLimit> layers = new LinkedHashMap<>();
    for (LayerContext layer : file.layer()) {
      String name = source.string(layer.STRING().getSymbol());
      if (layers.putIfAbsent(name, limit(name, layer)) != null) {
        throw source.error("LP2102", layer.STRING().getSymbol(), "layer " + Names.quote(name) + " is listed twice");
      }
    }
    return new BandsFile(layers, inputs);
  }

  private InputSize size(InputContext input) {
    MapSize map = map(input.SIZE(0).getSymbol());
    Optional<Token> middle = Optional.ofNullable(input.SIZE(1)).map(TerminalNode::getSymbol);
    ResizeFilter filter = input.WORD() == null ? InputSize.USUAL : filter(input.WORD().getSymbol());
    try {
      return new InputSize(map, middle.map(this::map), filter);
    } catch (IllegalArgumentException e) {
      throw source.error("LP2109", middle.orElseThrow(), String.valueOf(e.getMessage()));
    }
  }

  private MapSize map(Token size) {
    try {
      return MapSize.parse(size.getText());
    } catch (IllegalArgumentException e) {
      throw source.error("LP2107", size, String.valueOf(e.getMessage()));
    }
  }

  private ResizeFilter filter(Token word) {
    try {
      return ResizeFilter.parse(word.getText());
    } catch (IllegalArgumentException e) {
      throw source.error("LP2108", word, String.valueOf(e.getMessage()));
    }
  }

  private BandLimit limit(String name, LayerContext layer) {
    Block block = source.block(layer.SIZE().getSymbol());
    CoefficientOrder order = order(layer.WORD().getSymbol());
    RunList keep = new RunList(source, "LP2105", Bands.MAX_CHANNELS);
    for (RunContext run : layer.run()) {
      Token threshold = run.INTEGER(0).getSymbol();
      checkThreshold(name, block, threshold);
      keep.add(threshold, count(run));
    }
    return new BandLimit(block, order, new Bands(keep.values()));
  }

  private static @Nullable Token count(RunContext run) {
    return run.INTEGER().size() == 1 ? null : run.INTEGER(1).getSymbol();
  }

  private CoefficientOrder order(Token word) {
    try {
      return CoefficientOrder.parse(word.getText());
    } catch (IllegalArgumentException e) {
      throw source.error("LP2104", word, String.valueOf(e.getMessage()));
    }
  }

  private void checkThreshold(String layer, Block block, Token threshold) {
    int kept = source.integer(threshold);
    if (kept < 0 || kept > block.size()) {
      throw source.error(
          "LP2103",
          threshold,
          "layer %s: band of %d coefficients, but a %s block has %d; thresholds are 0..%d"
              .formatted(Names.quote(layer), kept, block, block.size(), block.size()));
    }
  }
}
