package dev.lowpass.testsuite.fuzz.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Gives trials to a process and watches it: one that dies, or computes for more than 20 seconds, has failed the trial.
 *
 * @param folder for the process and its files
 * @param kept gets the files of trials that failed
 * @param log hears what happens, a line at a time
 */
record Campaign(Path folder, Optional<Path> kept, Consumer<String> log) {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** On the clock of a machine that does other things as well. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final int TRIALS_A_REPORT = 1000;

  /** What came of it: how often a trial ended with which words, and those that failed. */
  record Result(Map<String, Integer> outcomes, List<String> failures) {}

  /** Does {@code trials} one after the other. */
  Result run(List<Trial> trials) throws IOException, InterruptedException {
    Result result = new Result(new TreeMap<>(), new ArrayList<>());
    Optional<Running> running = Optional.empty();
    try {
      int done = 0;
      for (Trial trial : trials) {
        if (running.isEmpty()) {
          running = Optional.of(start());
        }
        Optional<String> outcome = running.get().outcome(trial);
        String said = outcome.orElse("FAULT died or hangs");
        if (said.startsWith("FAULT")) {
          result.failures.add(trial + " " + said);
          log.accept(trial + " " + said);
          if (kept.isPresent()) {
            running.get().keep(kept.get().resolve(trial.toString().replace(':', '-')));
          }
        }
        result.outcomes.merge(said.startsWith("FAULT") ? "FAULT" : trial.kind() + " " + said, 1, Integer::sum);
        if (outcome.isEmpty()) {
          running.get().process.destroyForcibly().waitFor();
          running = Optional.empty();
        }
        if (++done % TRIALS_A_REPORT == 0) {
          log.accept(done + " trials, " + result.failures.size() + " failures");
        }
      }
    } finally {
      if (running.isPresent()) {
        running.get().process.destroyForcibly().waitFor();
      }
    }
    return result;
  }

  private Running start() throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(Files.createDirectories(folder), "worker-");
    Path temporary = Files.createDirectories(own.resolve("tmp"));
    Path files = Files.createDirectories(own.resolve("files"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                files.toString())
            .redirectError(own.resolve("stderr").toFile())
            .start();
    Running running = new Running(process, own, new LinkedBlockingQueue<>());
    Thread.ofVirtual().start(() -> running.read());
    if (running.line(Duration.ZERO).isEmpty()) {
      process.destroyForcibly().waitFor();
      throw new IOException("the worker did not start:\n" + Files.readString(own.resolve("stderr")));
    }
    return running;
  }

  /** A process, and the lines that it has said. An empty line stands for its end. */
  private record Running(Process process, Path folder, BlockingQueue<String> lines) {
    /** What the process has to do with, and is doing if it hangs. */
    void keep(Path place) throws IOException, InterruptedException {
      Files.createDirectories(place);
      try (Stream<Path> files = Files.list(folder.resolve("files"))) {
        for (Path file : files.toList()) {
          Files.copy(file, place.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.copy(folder.resolve("stderr"), place.resolve("stderr"), StandardCopyOption.REPLACE_EXISTING);
      if (process.isAlive()) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "Thread.print")
            .redirectErrorStream(true)
            .redirectOutput(place.resolve("threads").toFile())
            .start()
            .waitFor(30, TimeUnit.SECONDS);
      }
    }

    void read() {
      try (BufferedReader out = process.inputReader()) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          if (line.startsWith(Worker.MARK)) {
            lines.add(line.substring(Worker.MARK.length()));
          }
        }
      } catch (IOException e) {
        // As at its end.
      }
      lines.add("");
    }

    Optional<String> outcome(Trial trial) throws InterruptedException {
      Duration before = processorTime();
      try {
        Writer in = process.outputWriter();
        in.write(trial + "\n");
        in.flush();
      } catch (IOException e) {
        return Optional.empty();
      }
      return line(before);
    }

    /** The next line; nothing where there will be none, or none before too much has been computed. */
    private Optional<String> line(Duration before) throws InterruptedException {
      long start = System.nanoTime();
      while (true) {
        String line = lines.poll(500, TimeUnit.MILLISECONDS);
        if (line != null) {
          return Optional.of(line).filter(said -> !said.isEmpty());
        }
        boolean late = System.nanoTime() - start > LONGEST_WAIT.toNanos();
        boolean tooMuch = !before.isZero() && processorTime().minus(before).compareTo(LONGEST) > 0;
        if (late || tooMuch) {
          return Optional.empty();
        }
      }
    }

    private Duration processorTime() {
      return process.info().totalCpuDuration().orElse(Duration.ofNanos(1));
    }
  }
}
