package dev.lowpass.testsuite.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in a jar says when, where or by whom it was built: another build of the same sources gives the same bytes. */
class JarsTest {
  private static final String JAR = "lowpass-[a-z-]+-[0-9].*\\.jar";
  private static final Pattern TIME = Pattern.compile("<project.build.outputTimestamp>(.+)</project.build.outputTimestamp>");

  @ParameterizedTest
  @ValueSource(strings = {"ir", "passes", "runtime", "codegen", "learn", "cli", "maven-plugin", "spark"})
  void aJarDoesNotTellOfItsBuild(String module) throws IOException {
    LocalDateTime expected = time();
    for (Path file : Built.in(module, JAR)) {
      try (JarFile jar = new JarFile(file.toFile())) {
        assertThat(jar.getManifest().getMainAttributes().keySet().stream().map(Object::toString))
            .contains("Implementation-Version")
            .doesNotContain("Built-By", "Build-Jdk", "Build-Time", "Bnd-LastModified");
        for (ZipEntry entry : Collections.list(jar.entries())) {
          assertThat(entry.getTimeLocal()).as(entry.getName()).isEqualTo(expected);
          assertThat(text(jar, entry)).as(entry.getName()).doesNotContain(Built.ROOT.resolve(module) + "/");
        }
      }
    }
  }

  /** A byte a character. */
  private static String text(JarFile jar, ZipEntry entry) throws IOException {
    return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static LocalDateTime time() throws IOException {
    Matcher found = TIME.matcher(Files.readString(Built.ROOT.resolve("pom.xml")));
    assertThat(found.find()).isTrue();
    return LocalDateTime.ofInstant(Instant.parse(found.group(1)), ZoneOffset.UTC);
  }
}
