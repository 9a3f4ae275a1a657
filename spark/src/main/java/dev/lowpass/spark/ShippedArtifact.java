package dev.lowpass.spark;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * An artifact that travels with a job, as a broadcast: an executor fetches it where it has no such model yet, in parts
 * from whoever has them. (Spark 4.1 does not bring files that were added to a context to all tasks of its SQL.)
 *
 * @param sha256 of all its bytes, as hexadecimal digits
 */
record ShippedArtifact(String sha256, Broadcast<byte[]> bytes) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Hands an artifact to Spark.
   *
   * @param artifact a file here, or a URI of any storage that Spark reads
   * @throws LowpassRuntimeException LP5001 where it cannot be read
   */
  static ShippedArtifact ship(SparkContext context, String artifact) {
    byte[] bytes = read(context, artifact);
    return new ShippedArtifact(sha256(bytes), JavaSparkContext.fromSparkContext(context).broadcast(bytes));
  }

  /** A name without a scheme is that of a file here, whatever storage the job's other names are in. */
  private static byte[] read(SparkContext context, String artifact) {
    try {
      org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(artifact);
      if (source.toUri().getScheme() == null) {
        return Files.readAllBytes(Path.of(artifact));
      }
      try (InputStream in = source.getFileSystem(context.hadoopConfiguration()).open(source)) {
        return in.readAllBytes();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new LowpassRuntimeException(5001, artifact, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Loads it in this JVM, which is the driver's or an executor's, if it is of who is trusted. */
  Model load(Trust trust) {
    return Model.load(new ByteArrayInputStream(bytes.value()), trust);
  }
}
