package dev.lowpass.testsuite.cuda;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How often a loop of PTX runs, where that is a constant: a register that begins with one, has another added in every turn,
 * and is compared with a third where the loop is left.
 */
record PtxTrips(PtxKernel kernel, BitSet loop) {
  /** Nothing where the code does not say. */
  OptionalLong count() {
    return loop.stream()
        .filter(block -> kernel.blocks().get(block).next().stream().anyMatch(next -> !loop.get(next)))
        .mapToObj(block -> kernel.blocks().get(block).instructions())
        .map(this::ofExit)
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  private OptionalLong ofExit(List<PtxInstruction> block) {
    return block.stream()
        .filter(instruction -> instruction.opcode().startsWith("setp."))
        .map(this::ofCompare)
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  private OptionalLong ofCompare(PtxInstruction compare) {
    OptionalLong end = constant(compare.operand(2));
    String compared = compare.operand(1);
    if (end.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong after = ofCounter(compare, end.getAsLong(), compared);
    if (after.isPresent()) {
      return after;
    }
    // What is compared may be the counter as it was before this turn's addition.
    return inside()
        .filter(instruction -> isAddition(instruction) && instruction.operand(1).equals(compared))
        .map(addition -> ofAddition(compare, end.getAsLong(), addition, compared))
        .flatMapToLong(OptionalLong::stream)
        .map(turns -> turns + 1)
        .findFirst();
  }

  /** Where {@code counter} is what an addition gives. */
  private OptionalLong ofCounter(PtxInstruction compare, long end, String counter) {
    return inside()
        .filter(instruction -> isAddition(instruction) && instruction.operand(0).equals(counter))
        .map(addition -> ofAddition(compare, end, addition, addition.operand(1)))
        .flatMapToLong(OptionalLong::stream)
        .findFirst();
  }

  /** @param before the register that is added to */
  private OptionalLong ofAddition(PtxInstruction compare, long end, PtxInstruction addition, String before) {
    OptionalLong step = constant(addition.operand(2));
    List<OptionalLong> starts =
        outside()
            .filter(instruction -> instruction.opcode().startsWith("mov.") && instruction.operand(0).equals(before))
            .map(move -> constant(move.operand(1)))
            .distinct()
            .toList();
    if (step.isEmpty() || starts.size() != 1 || starts.getFirst().isEmpty()) {
      return OptionalLong.empty();
    }
    return turns(compare.opcode().split("\\.")[1], end - starts.getFirst().getAsLong(), step.getAsLong());
  }

  /** How often {@code step} must be added until the sum passes {@code way}. */
  private static OptionalLong turns(String compare, long way, long step) {
    if (step == 0 || way / step < 0 || step < 0 && !compare.equals("eq") && !compare.equals("ne")) {
      return OptionalLong.empty();
    }
    return switch (compare) {
      case "eq", "ne" -> way % step == 0 ? OptionalLong.of(way / step) : OptionalLong.empty();
      case "lt", "ge", "lo", "hs" -> OptionalLong.of(Math.ceilDiv(way, step));
      case "le", "gt", "ls", "hi" -> OptionalLong.of(way / step + 1);
      default -> OptionalLong.empty();
    };
  }

  private static boolean isAddition(PtxInstruction instruction) {
    return instruction.opcode().matches("add\\.[subs](32|64)");
  }

  private static OptionalLong constant(String operand) {
    return operand.matches("-?\\d+") ? OptionalLong.of(Long.parseLong(operand)) : OptionalLong.empty();
  }

  private Stream<PtxInstruction> inside() {
    return loop.stream().mapToObj(kernel.blocks()::get).flatMap(block -> block.instructions().stream());
  }

  private Stream<PtxInstruction> outside() {
    BitSet others = new BitSet();
    others.set(0, kernel.blocks().size());
    others.andNot(loop);
    return others.stream().mapToObj(kernel.blocks()::get).flatMap(block -> block.instructions().stream());
  }
}
