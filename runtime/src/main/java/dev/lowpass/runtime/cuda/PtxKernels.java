package dev.lowpass.runtime.cuda;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernels that a program in PTX declares. A driver asks no one how many parameters it is given: a launch that gives
 * fewer than a kernel has would have it read beyond them.
 *
 * @param parameters how many pointers each takes, by its name; {@link #OTHERS} where it takes something else
 */
public record PtxKernels(Map<String, Integer> parameters) {
  private static final int OTHERS = -1;
  private static final Pattern COMMENT = Pattern.compile("//[^\n]*+|/\\*[\\s\\S]*?\\*/");
  private static final Pattern VERSION = Pattern.compile("^\\.version ", Pattern.MULTILINE);
  private static final Pattern ENTRY = Pattern.compile("\\.entry\\s++([\\w$%]++)\\s*+(?:\\(([^)]*+)\\))?");
  private static final Pattern POINTER = Pattern.compile("\\.param\\s++\\.[bsu]64\\s[^\\[]*+");

  public PtxKernels {
    parameters = Map.copyOf(parameters);
  }

  /** Those of a program that a driver has compiled. */
  public static PtxKernels parse(byte[] ptx) {
    String text = COMMENT.matcher(new String(ptx, StandardCharsets.UTF_8)).replaceAll(" ");
    Map<String, Integer> kernels = new LinkedHashMap<>();
    Matcher entry = ENTRY.matcher(text);
    while (entry.find()) {
      String list = entry.group(2) == null ? "" : entry.group(2).strip();
      kernels.put(entry.group(1), list.isEmpty() ? 0 : pointers(list.split(",", -1)));
    }
    return new PtxKernels(kernels);
  }

  /** Whether {@code code} is a program, but has no kernels. */
  public static boolean isWithout(byte[] code) {
    return VERSION.matcher(new String(code, StandardCharsets.UTF_8)).find() && parse(code).parameters().isEmpty();
  }

  private static int pointers(String[] list) {
    for (String parameter : list) {
      if (!POINTER.matcher(parameter.strip()).matches()) {
        return OTHERS;
      }
    }
    return list.length;
  }

  /** @throws CudaException where there is no such kernel, or it takes something else than so many pointers */
  public void requireTakes(String kernel, int pointers) {
    Integer declared = parameters.get(kernel);
    if (declared == null) {
      throw new CudaException("its PTX has no kernel " + kernel);
    }
    if (declared != pointers) {
      String taken = declared == OTHERS ? "other parameters than pointers" : declared + " of them";
      throw new CudaException("kernel " + kernel + " is given " + pointers + " pointers, and takes " + taken);
    }
  }
}
