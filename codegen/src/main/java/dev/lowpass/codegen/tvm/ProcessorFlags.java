package dev.lowpass.codegen.tvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the operating system says that the processor can do: virtual machines hide the model but not the flags. */
public final class ProcessorFlags {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private ProcessorFlags() {}

  /** The flags of the first processor, as Linux names them; none where there is no {@code /proc/cpuinfo}. */
  public static Set<String> ofThisMachine() {
    try {
      return parse(Files.readString(CPU_INFO));
    } catch (IOException absent) {
      return Set.of();
    }
  }

  static Set<String> parse(String cpuInfo) {
    return cpuInfo.lines()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> List.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
        .<Set<String>>map(TreeSet::new)
        .orElse(Set.of());
  }
}
