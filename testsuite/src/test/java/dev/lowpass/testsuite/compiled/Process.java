package dev.lowpass.testsuite.compiled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system says of this virtual machine. */
record Process(long residentBytes, int threads) {
  static Process now() throws IOException {
    long resident = 0;
    int threads = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      String[] words = line.split("\\s+");
      if (words[0].equals("VmRSS:")) {
        resident = Long.parseLong(words[1]) << 10;
      } else if (words[0].equals("Threads:")) {
        threads = Integer.parseInt(words[1]);
      }
    }
    return new Process(resident, threads);
  }
}
