package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lowpass.ir.LowpassException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A model's own functions. They go before ONNX's operators of the same name, as ONNX leaves to the runtime. */
record Functions(Map<Name, FunctionProto> table) {
  /** What a node calls: ONNX's own domain has two spellings. */
  record Name(String domain, String function, String overload) {
    static Name called(NodeProto node) {
      return new Name(domain(node.getDomain()), node.getOpType(), node.getOverload());
    }

    static Name of(FunctionProto function) {
      return new Name(domain(function.getDomain()), function.getName(), function.getOverload());
    }

    private static String domain(String spelt) {
      return spelt.equals("ai.onnx") ? "" : spelt;
    }

    @Override
    public String toString() {
      return domain.isEmpty() ? function : domain + "." + function;
    }
  }

  Functions {
    table = Collections.unmodifiableMap(new LinkedHashMap<>(table));
  }

  /** The functions of {@code model}; two of one name are error LP1005. */
  static Functions of(ModelProto model) {
    Map<Name, FunctionProto> table = new LinkedHashMap<>();
    for (FunctionProto function : model.getFunctionsList()) {
      Name name = Name.of(function);
      if (table.put(name, function) != null) {
        throw new LowpassException("LP1005", name.toString(), "is the name of two functions");
      }
    }
    return new Functions(table);
  }

  /** The function that {@code node} calls, if it is one of the model's own. */
  Optional<FunctionProto> of(NodeProto node) {
    return Optional.ofNullable(table.get(Name.called(node)));
  }
}
