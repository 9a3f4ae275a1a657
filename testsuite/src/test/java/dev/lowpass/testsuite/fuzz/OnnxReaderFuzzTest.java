package dev.lowpass.testsuite.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.verify.Verifier;

class OnnxReaderFuzzTest {
  /** Whatever the reader lets through, the verifier can say what is wrong with it. */
  @FuzzTest(maxDuration = "1m")
  void models(byte[] bytes) {
    try {
      Verifier.verify(OnnxReader.read(bytes, "fuzz.onnx", ImportOptions.defaults()).graph());
    } catch (LowpassException e) {
      // As it should be.
    }
  }
}
