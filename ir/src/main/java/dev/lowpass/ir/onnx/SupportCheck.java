package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.operator.NodeImport;
import dev.lowpass.ir.onnx.operator.OperatorImports;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Whether a model uses only what can be imported; all operators that cannot are listed in one error. */
final class SupportCheck {
  private static final int OLDEST_OPSET = 6;

  /** Opsets 22 to 25 changed nothing for the operators in the table but the element types that they allow. */
  private static final int NEWEST_OPSET = 25;
  private static final int PLACES_SHOWN = 3;

  private SupportCheck() {}

  /** The opset that {@code model} is written for, or error LP1003. */
  static int opset(ModelProto model, String place) {
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (isOnnx(set.getDomain())) {
        if (set.getVersion() < OLDEST_OPSET || set.getVersion() > NEWEST_OPSET) {
          throw new LowpassException(
              "LP1003",
              place,
              "written for opset %d; opsets %d to %d are read; convert the model"
                  .formatted(set.getVersion(), OLDEST_OPSET, NEWEST_OPSET));
        }
        return (int) set.getVersion();
      }
    }
    throw new LowpassException("LP1003", place, "does not say which version of ONNX's operators it uses");
  }

  /** Error LP1004 if any of {@code nodes} cannot be imported. */
  static void operators(List<NodeProto> nodes, String place) {
    SequencedMap<String, List<String>> unsupported = new TreeMap<>();
    for (NodeProto node : nodes) {
      if (!isOnnx(node.getDomain()) || OperatorImports.of(node.getOpType()).isEmpty()) {
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

  private static String describe(String type, List<String> places) {
    List<String> shown = places.subList(0, Math.min(places.size(), PLACES_SHOWN));
    String more = places.size() > shown.size() ? ", …" : "";
    return type + " (" + places.size() + ": " + String.join(", ", shown) + more + ")";
  }

  private static boolean isOnnx(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }
}
