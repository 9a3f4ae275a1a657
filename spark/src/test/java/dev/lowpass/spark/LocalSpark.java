package dev.lowpass.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Spark on this machine, with the classes that this JVM has. */
final class LocalSpark {
  private LocalSpark() {}

  /** Two threads of this JVM. */
  static SparkSession threads() {
    return builder("local[2]").getOrCreate();
  }

  /** Two processes, of one task at a time each. */
  static SparkSession processes() throws IOException {
    List<String> folders = new ArrayList<>();
    // Spark's own way from its home to the class path of an executor.
    Path jars = Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    for (String entry : System.getProperty("java.class.path").split(":")) {
      Path file = Path.of(entry);
      if (Files.isDirectory(file)) {
        folders.add(entry);
      } else if (Files.exists(file) && !Files.exists(jars.resolve(file.getFileName()))) {
        Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
      }
    }
    return builder("local-cluster[2,1,1024]")
        .config("spark.executor.extraClassPath", String.join(":", folders))
        .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
        .config("spark.executor.memory", "512m")
        .config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
        .getOrCreate();
  }

  private static SparkSession.Builder builder(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("lowpass")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", Path.of(System.getProperty("java.io.tmpdir"), "warehouse").toString());
  }
}
