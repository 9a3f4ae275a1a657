package dev.lowpass.testsuite.cuda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of an entry of PTX, cut where it may branch or be branched to. */
record PtxKernel(String name, List<Block> blocks) {
  private static final Pattern COMMENT = Pattern.compile("//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern ENTRY = Pattern.compile("\\.entry\\s+([\\w$]+)");
  private static final Pattern LABEL = Pattern.compile("([\\w$]+):(?!:)\\s*");
  private static final Pattern INSTRUCTION =
      Pattern.compile("(@!?[%\\w$]+\\s+)?([a-z][\\w.:]*)\\s*(.*)", Pattern.DOTALL);

  PtxKernel {
    blocks = List.copyOf(blocks);
  }

  /**
   * Instructions that are done one after the other.
   *
   * @param next numbers of the blocks that may follow
   */
  record Block(List<PtxInstruction> instructions, List<Integer> next) {
    Block {
      instructions = List.copyOf(instructions);
      next = List.copyOf(next);
    }
  }

  /** The entries of {@code ptx}, in their order. */
  static List<PtxKernel> parse(String ptx) {
    String text = COMMENT.matcher(ptx).replaceAll("");
    List<PtxKernel> kernels = new ArrayList<>();
    Matcher entry = ENTRY.matcher(text);
    while (entry.find()) {
      int start = text.indexOf('{', entry.end());
      kernels.add(new PtxKernel(entry.group(1), new Blocks().of(text.substring(start + 1, end(text, start)))));
    }
    return kernels;
  }

  /** Where the brace at {@code start} is closed. */
  private static int end(String text, int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("PTX that ends in the middle of a kernel");
  }

  private static final class Blocks {
    private final List<List<PtxInstruction>> blocks = new ArrayList<>(List.of(new ArrayList<>()));
    private final Map<String, Integer> labels = new LinkedHashMap<>();

    List<Block> of(String body) {
      for (String statement : body.split(";")) {
        read(statement);
      }
      List<Block> all = new ArrayList<>();
      for (int i = 0; i < blocks.size(); i++) {
        all.add(new Block(blocks.get(i), next(i)));
      }
      return all;
    }

    private void read(String statement) {
      String rest = statement.strip();
      Matcher label = LABEL.matcher(rest);
      while (!rest.isEmpty() && (rest.charAt(0) == '{' || rest.charAt(0) == '}' || label.lookingAt())) {
        boolean brace = rest.charAt(0) == '{' || rest.charAt(0) == '}';
        if (!brace) {
          begin();
          labels.put(label.group(1), blocks.size() - 1);
        }
        rest = rest.substring(brace ? 1 : label.end()).strip();
        label = LABEL.matcher(rest);
      }
      Matcher instruction = INSTRUCTION.matcher(rest);
      // What begins with a point declares something.
      if (instruction.matches()) {
        add(new PtxInstruction(instruction.group(1) != null, instruction.group(2), instruction.group(3).strip()));
      }
    }

    private void add(PtxInstruction instruction) {
      blocks.getLast().add(instruction);
      if (instruction.isJump() || instruction.isEnd()) {
        begin();
      }
    }

    private void begin() {
      if (!blocks.getLast().isEmpty()) {
        blocks.add(new ArrayList<>());
      }
    }

    private List<Integer> next(int index) {
      List<Integer> next = new ArrayList<>();
      List<PtxInstruction> instructions = blocks.get(index);
      boolean ends = !instructions.isEmpty() && instructions.getLast().isEnd();
      if (!ends && index + 1 < blocks.size()) {
        next.add(index + 1);
      }
      if (!instructions.isEmpty() && instructions.getLast().isJump()) {
        String label = instructions.getLast().operands();
        Integer target = labels.get(label);
        if (target == null) {
          throw new IllegalArgumentException("a branch to " + label + ", which is nowhere");
        }
        next.add(target);
      }
      return next;
    }
  }
}
