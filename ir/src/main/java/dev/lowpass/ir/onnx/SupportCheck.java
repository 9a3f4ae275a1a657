package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.operator.NodeImport;
import dev.lowpass.ir.onnx.operator.OperatorImports;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/** Whether a model uses only what can be imported; all operators that cannot are listed in one error. */
final class SupportCheck {
  private static final int OLDEST_OPSET = 6;

  /** Opsets 22 to 28 changed nothing for the operators in the table but the element types that they allow. */
  private static final int NEWEST_OPSET = 28;
  private static final int PLACES_SHOWN = 3;

  private SupportCheck() {}

  /** The opset that {@code model} is written for, or error LP1003. */
  static int opset(ModelProto model, String place) {
    return opset(model.getOpsetImportList(), place)
        .orElseThrow(
            () -> new LowpassException("LP1003", place, "does not say which version of ONNX's operators it uses"));
  }

  /** The version of ONNX's own operators among {@code sets}, if they say; error LP1003 for one that is not read. */
  static Optional<Integer> opset(List<OperatorSetIdProto> sets, String place) {
    for (OperatorSetIdProto set : sets) {
      if (isOnnx(set.getDomain())) {
        if (set.getVersion() < OLDEST_OPSET || set.getVersion() > NEWEST_OPSET) {
          throw new LowpassException(
              "LP1003",
              place,
              "written for opset %d; opsets %d to %d are read; convert the model"
                  .formatted(set.getVersion(), OLDEST_OPSET, NEWEST_OPSET));
        }
        return Optional.of((int) set.getVersion());
      }
    }
    return Optional.empty();
  }

  /** Error LP1006 if a weight of {@code graph} is stored by the places of its few elements. */
  static void dense(GraphProto graph) {
    for (SparseTensorProto sparse : graph.getSparseInitializerList()) {
      throw new LowpassException(
          "LP1006", sparse.getValues().getName(), "is a sparse tensor, which cannot be read; store it dense");
    }
  }

  /**
   * Error LP1004 if any of {@code nodes} cannot be imported, or any in functions that they call. Bodies of If and Loop
   * are looked into when it is known which is used.
   */
  static void operators(List<NodeProto> nodes, Functions functions, String place) {
    SequencedMap<String, List<String>> unsupported = new TreeMap<>();
    Set<Functions.Name> called = new LinkedHashSet<>();
    Deque<NodeProto> pending = new ArrayDeque<>(nodes);
    while (!pending.isEmpty()) {
      NodeProto node = pending.removeFirst();
      Optional<FunctionProto> function = functions.of(node);
      if (function.isPresent()) {
        if (called.add(Functions.Name.called(node))) {
          pending.addAll(function.get().getNodeList());
        }
      } else if (!isOnnx(node.getDomain()) || !isOperator(node.getOpType())) {
        String type = isOnnx(node.getDomain()) ? node.getOpType() : node.getDomain() + "." + node.getOpType();
        unsupported.computeIfAbsent(type, ignored -> new ArrayList<>()).add(NodeImport.placeOf(node));
      }
    }
    if (!unsupported.isEmpty()) {
      List<String> lines = new ArrayList<>();
      unsupported.forEach((type, places) -> lines.add(describe(type, places)));
      throw new LowpassException("LP1004", place, "operators that are not supported: " + String.join("; ", lines));
    }
  }

  private static boolean isOperator(String type) {
    return type.equals("If") || type.equals("Loop") || OperatorImports.of(type).isPresent();
  }

  private static String describe(String type, List<String> places) {
    List<String> shown = places.subList(0, Math.min(places.size(), PLACES_SHOWN));
    String more = places.size() > shown.size() ? ", …" : "";
    return type + " (" + places.size() + ": " + String.join(", ", shown) + more + ")";
  }

  private static boolean isOnnx(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }
}
