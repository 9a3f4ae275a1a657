package dev.lowpass.testsuite.model;

import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.ir.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A model in ONNX Runtime, node by node as the file says, on one thread. Close it: it holds native memory. */
public final class OnnxRuntimePeer implements AutoCloseable {
  private final OnnxRuntimeEngine engine;

  /** Loads a model from the bytes of an ONNX file. */
  public OnnxRuntimePeer(byte[] model) {
    engine = OnnxRuntimeEngine.loadAsWritten("ONNX Runtime", "the model", model);
  }

  /** One inference: inputs by name to all outputs by name, in the model's order. */
  public SequencedMap<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, dev.lowpass.runtime.Tensor> given = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> given.put(name, Tensors.of(tensor)));
    SequencedMap<String, Tensor> outputs = new LinkedHashMap<>();
    engine.run(given).forEach((name, tensor) -> outputs.put(name, Tensors.of(tensor)));
    return outputs;
  }

  @Override
  public void close() {
    engine.close();
  }
}
