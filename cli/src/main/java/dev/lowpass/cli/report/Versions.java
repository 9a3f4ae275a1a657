package dev.lowpass.cli.report;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What runs here: our own version, the JVM's, the system's. */
public final class Versions implements IVersionProvider {
  /** Our version, as the jar's manifest says it; {@code development} for a folder of classes. */
  public static String lowpass() {
    return Objects.requireNonNullElse(Versions.class.getPackage().getImplementationVersion(), "development");
  }

  /** The JVM, for example {@code Temurin-25+36 (Eclipse Adoptium)}. */
  public static String java() {
    return "Java %s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor"));
  }

  /** The operating system, for example {@code Linux 6.1 amd64}. */
  public static String system() {
    return String.join(
        " ", System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"));
  }

  @Override
  public String[] getVersion() {
    return new String[] {"lowpass " + lowpass(), java(), system()};
  }
}
