package dev.lowpass.testsuite.compiled;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tvm.Module;
import org.apache.tvm.NDArray;

/** A program that knows nothing of our runtime: one inference of a kernel library through tvm4j. */
final class TvmForJava {
  private TvmForJava() {}

  /**
   * Reads {@code code.so}, {@code parameters} and {@code input} of a folder and writes {@code output}.
   *
   * @param arguments the folder, elements of the output, elements of the scratch arena
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Module library = Module.load(folder.resolve("code.so").toString());
    NDArray input = array(floats(folder.resolve("input")));
    NDArray output = array(new float[Integer.parseInt(arguments[1])]);
    NDArray parameters = array(floats(folder.resolve("parameters")));
    NDArray scratch = array(new float[Integer.parseInt(arguments[2])]);
    int workers = 1;
    library.getFunction("lowpass_main").call(input, output, parameters, scratch, workers);
    write(folder.resolve("output"), output.asFloatArray());
  }

  private static NDArray array(float[] values) {
    NDArray array = NDArray.empty(new long[] {values.length});
    array.copyFrom(values);
    return array;
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }
}
