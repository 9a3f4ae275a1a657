package dev.lowpass.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a JDK that the compiler runs on.
 *
 * @param folders where one may be, the best first
 */
record JdkSearch(List<Path> folders) {
  /** What the compiler's classes are for. */
  static final int OLDEST = 25;

  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+).*");

  JdkSearch {
    folders = List.copyOf(folders);
  }

  /** Looks at {@code first}, then at this JVM's, and then where the {@code lowpass} command looks. */
  static JdkSearch here(List<Path> first) throws IOException {
    List<Path> folders = new ArrayList<>(first);
    folders.add(Path.of(System.getProperty("java.home")));
    ofVariable(System.getenv("JAVA_HOME")).ifPresent(folders::add);
    for (String path : Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")) {
      Path java = Path.of(path, "java");
      if (Files.isExecutable(java)) {
        folders.add(java.toRealPath().resolve("../..").normalize());
      }
    }
    Path user = Path.of(System.getProperty("user.home"));
    folders.addAll(in(Path.of("/usr/lib/jvm")));
    folders.addAll(in(user.resolve(".sdkman/candidates/java")));
    folders.addAll(in(user.resolve(".jdks")));
    folders.addAll(in(Path.of("/opt")));
    folders.addAll(in(Path.of("/opt/java")));
    return new JdkSearch(folders);
  }

  /**
   * The first that is new enough.
   *
   * @throws MojoFailureException LP7060 if none is
   */
  Path find() throws IOException, MojoFailureException {
    for (Path folder : folders) {
      if (version(folder) >= OLDEST) {
        return folder;
      }
    }
    String problem = "LP7060 JDK: none of version %d or newer found (toolchains, Maven's own, JAVA_HOME, PATH, %s); %s";
    throw new MojoFailureException(
        problem.formatted(
            OLDEST, "/usr/lib/jvm, ~/.sdkman, ~/.jdks, /opt", "install one, or point JAVA_HOME or -Dlowpass.jdk at it"));
  }

  /**
   * The JDK that was asked for.
   *
   * @throws MojoFailureException LP7060 if it is none, or too old
   */
  static Path require(Path folder) throws IOException, MojoFailureException {
    int version = version(folder);
    if (version < OLDEST) {
      String what = version == 0 ? "is no JDK" : "is a JDK " + version;
      throw new MojoFailureException("LP7060 %s: %s; the compiler needs %d or newer".formatted(folder, what, OLDEST));
    }
    return folder;
  }

  /** The major version of the JDK in a folder, 0 where there is none. */
  private static int version(Path folder) throws IOException {
    Path release = folder.resolve("release");
    if (!Files.isExecutable(folder.resolve("bin/java")) || !Files.isReadable(release)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(release)) {
      return lines
          .map(VERSION::matcher)
          .filter(Matcher::matches)
          .map(matcher -> Integer.parseInt(matcher.group(1)))
          .findFirst()
          .orElse(0);
    }
  }

  private static Optional<Path> ofVariable(@Nullable String folder) {
    return Optional.ofNullable(folder).filter(text -> !text.isBlank()).map(Path::of);
  }

  private static List<Path> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.sorted().toList();
    }
  }
}
