package dev.lowpass.testsuite.cuda;

import dev.lowpass.runtime.cuda.CudaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The OpenCL C that PTX was made of, which stands before it in comments, for other devices: what it says with instructions
 * of NVIDIA's is said in OpenCL C.
 */
final class PtxSource {
  private static final String PREFIX = "//|";

  /** Between these lines is what gives NVPTX the functions that OpenCL devices have. */
  private static final String PRELUDE = "// prelude";

  private static final String KERNELS = "// kernels";

  private PtxSource() {}

  /**
   * The kernels, with nothing of the prelude.
   *
   * @throws CudaException for PTX without its source
   */
  static String of(byte[] ptx) {
    List<String> lines =
        new String(ptx, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith(PREFIX))
            .map(line -> line.substring(PREFIX.length()))
            .map(line -> line.startsWith(" ") ? line.substring(1) : line)
            .toList();
    int prelude = lines.indexOf(PRELUDE);
    int kernels = lines.indexOf(KERNELS);
    if (prelude < 0 || kernels < prelude) {
      throw new CudaException("PTX whose source does not stand before it");
    }
    List<String> kept = new ArrayList<>(lines.subList(0, prelude));
    kept.add(functions());
    kept.addAll(lines.subList(kernels, lines.size()));
    return String.join("\n", kept) + "\n";
  }

  private static String functions() {
    try (InputStream text = PtxSource.class.getResourceAsStream("tensor-cores.cl")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
