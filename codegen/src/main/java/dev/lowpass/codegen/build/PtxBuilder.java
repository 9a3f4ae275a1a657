package dev.lowpass.codegen.build;

import static java.util.stream.Collectors.joining;

import dev.lowpass.codegen.natives.Clang;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.runtime.artifact.KernelLaunch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kernels in, a program in PTX out: TVM writes them in OpenCL C, and clang compiles that for NVIDIA's devices. No toolkit
 * of CUDA is needed. The program begins with the text that it was made of, as comments that begin with {@value #SOURCE}.
 *
 * @param architecture of the device, {@code sm_80}: newer ones run it too
 */
public record PtxBuilder(String architecture) {
  /** Comes before each line of the text. */
  private static final String SOURCE = "//| ";

  /** The PTX of CUDA 11.8, which every driver knows that knows sm_90. */
  private static final String PTX_VERSION = "+ptx78";

  private static final Pattern ENTRY = Pattern.compile("\\.entry (\\w+)\\(");

  private static final String BARRIER = "bar.sync";

  private static final String PRELUDE = "prelude.cl";

  /** Of a multiprocessor at least: they leave each as many registers as there can be. */
  private static final int ITEMS_WANTED = 256;

  /**
   * The program of all {@code kernels}.
   *
   * @param launches of each of them at least one
   * @param limits of which that of code is held
   * @param compiled hears how many kernels are done
   * @throws LowpassException LP4901 where TVM or clang rejects a kernel; LP1012 for more code than there may be
   */
  public byte[] build(List<Function> kernels, List<KernelLaunch> launches, Limits limits, IntConsumer compiled) {
    StringBuilder source = new StringBuilder("// prelude\n").append(prelude()).append("// kernels\n");
    texts(kernels, compiled).forEach(source::append);
    String ptx = sized(compile(source.toString()), launches);
    StringBuilder program = new StringBuilder();
    source.toString().lines().forEach(line -> program.append(SOURCE).append(line).append('\n'));
    byte[] bytes = program.append(ptx).toString().getBytes(StandardCharsets.UTF_8);
    limits.check(Limit.CODE, "kernels", "the model's code", bytes.length);
    return bytes;
  }

  private static List<String> texts(List<Function> kernels, IntConsumer compiled) {
    int workers = Math.max(1, Math.min(kernels.size(), Runtime.getRuntime().availableProcessors()));
    try (ExecutorService threads = Executors.newFixedThreadPool(workers, DeepStack.THREADS)) {
      List<Future<String>> pending = new ArrayList<>();
      kernels.forEach(kernel -> pending.add(threads.submit(() -> DeviceText.of(kernel))));
      List<String> texts = new ArrayList<>();
      try {
        for (Future<String> text : pending) {
          texts.add(LibraryBuilder.await(text));
          compiled.accept(texts.size());
        }
      } finally {
        threads.shutdownNow();
      }
      return texts;
    }
  }

  /**
   * Clang does not say how many work-items a group has, and without it a kernel may take too many registers to be launched.
   * Kernels whose items share work keep many numbers; there the assembler would spill one or two to make room for one
   * group more, unless it is told how many groups are wanted.
   */
  private static String sized(String ptx, List<KernelLaunch> launches) {
    Map<String, KernelLaunch.Extent> items = new HashMap<>();
    launches.forEach(launch -> items.put(launch.kernel(), launch.items()));
    StringBuilder sized = new StringBuilder();
    String entered = "";
    List<String> lines = ptx.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher entry = ENTRY.matcher(line);
      if (entry.find()) {
        entered = entry.group(1);
      } else if (line.equals("{") && !entered.isEmpty()) {
        KernelLaunch.Extent extent = items.get(entered);
        sized.append(".reqntid %d, %d, %d\n".formatted(extent.x(), extent.y(), extent.z()));
        if (sharesWork(lines.subList(i, lines.size()))) {
          sized.append(".minnctapersm %d\n".formatted(Math.max(1, ITEMS_WANTED / extent.count())));
        }
        entered = "";
      }
      sized.append(line).append('\n');
    }
    return sized.toString();
  }

  /** Whether items of the kernel whose body begins {@code lines} wait for each other. */
  private static boolean sharesWork(List<String> lines) {
    return lines.stream().takeWhile(line -> !line.equals("}")).anyMatch(line -> line.contains(BARRIER));
  }

  private static String prelude() {
    try (InputStream text = PtxBuilder.class.getResourceAsStream(PRELUDE)) {
      return new String(Objects.requireNonNull(text, PRELUDE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String compile(String source) {
    Clang clang = Clang.unpacked();
    try (TemporaryFolder folder = TemporaryFolder.create("ptx")) {
      Path input = folder.path().resolve("kernels.cl");
      Path output = folder.path().resolve("kernels.ptx");
      Files.writeString(input, source);
      List<String> command =
          List.of(clang.program().toString(), "-cc1", "-triple", "nvptx64-nvidia-cuda", "-target-cpu", architecture,
              "-target-feature", PTX_VERSION, "-x", "cl", "-cl-std=CL1.2", "-cl-ext=+cl_khr_fp16,+cl_khr_fp64", "-O3",
              "-ffp-contract=fast", "-w", "-S", "-o", output.getFileName().toString(), input.getFileName().toString());
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.path().toFile()).redirectErrorStream(true);
      builder.environment().put("LD_LIBRARY_PATH", clang.libraryPath());
      Process process = builder.start();
      String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        // The line after an error is that of the source.
        String first =
            messages.lines().dropWhile(line -> !line.contains("error")).limit(2).map(String::strip).collect(joining(": "));
        throw new LowpassException("LP4901", "kernels", "clang rejects them: " + first);
      }
      return Files.readString(output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LowpassException("LP4901", "kernels", "interrupted");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
