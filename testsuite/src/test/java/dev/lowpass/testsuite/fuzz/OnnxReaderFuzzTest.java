package dev.lowpass.testsuite.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.verify.Verifier;

class OnnxReaderFuzzTest {
  /** What is read is well formed. */
  @FuzzTest(maxDuration = "1m")
  void models(byte[] bytes) {
    try {
      Verifier.verify(OnnxReader.read(bytes, "fuzz.onnx", ImportOptions.defaults()).graph());
    } catch (LowpassException e) {
      if (e.code().startsWith("LP2")) {
        throw new AssertionError("the reader let through what the verifier refuses", e);
      }
    }
  }
}
