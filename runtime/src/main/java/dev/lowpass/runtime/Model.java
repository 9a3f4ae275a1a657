package dev.lowpass.runtime;

import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.ArtifactSignature;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.artifact.Processor;
import dev.lowpass.runtime.artifact.Spool;
import dev.lowpass.runtime.execution.KernelLibrary;
import dev.lowpass.runtime.natives.Natives;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A compiled model in memory.
 *
 * <pre>{@code
 * try (Model model = Model.load(Path.of("mobilenet.lowpass"));
 *     Session session = model.newSession(SessionOptions.threads(2))) {
 *   Tensor input = Tensor.of(floats, 1, 3, 224, 224);
 *   Map<String, Tensor> outputs = session.run(Map.of("input", input));
 * }
 * }</pre>
 *
 * <p>To load an artifact is to run its code: {@link Trust} says whose. A file is checked to the last byte, and against
 * this machine's processor, before any of its code is loaded. Its parameters stay in the file, mapped into memory: do not
 * change the file while the model is open (replacing it by a rename is fine).
 *
 * <p>A model that was compiled for several sizes has {@link #sizes()}; a session chooses by the inputs that it is given.
 *
 * <p>Thread-safe. Any number of models may be open at once, the same file more than once too. Closing a model closes
 * its sessions.
 */
public final class Model implements AutoCloseable {
  private final Artifact artifact;
  private final KernelLibrary library;
  private final List<ModelSize> sizes;

  /** Guarded by this. */
  private final Set<Session> sessions = new LinkedHashSet<>();

  /** Guarded by this. */
  private boolean closed;

  private Model(Artifact artifact, KernelLibrary library) {
    this.artifact = artifact;
    this.library = library;
    List<ModelSize> compiled = new ArrayList<>();
    for (Manifest.Size size : artifact.manifest().sizes()) {
      compiled.add(new ModelSize(size.inputs(), size.outputs()));
    }
    this.sizes = List.copyOf(compiled);
  }

  /**
   * Loads an artifact.
   *
   * @throws LowpassRuntimeException LP5001 to LP5004 where the file cannot be read, is damaged, of another version, or
   *     not for this machine; LP5010 where this runtime's natives do not load; LP5022 where its code does not; LP5023
   *     where the device is missing
   */
  public static Model load(Path file) {
    return load(file, Trust.anybody());
  }

  /**
   * Loads an artifact of somebody who is trusted.
   *
   * @throws LowpassRuntimeException as {@link #load(Path)}; LP5005 where it is of nobody who is
   */
  public static Model load(Path file, Trust trust) {
    return load(file, file.toString(), trust);
  }

  /**
   * Loads an artifact from a stream, through a temporary file that is gone when this returns. It is read no further than
   * an artifact goes, by its own header and to 4 GiB, so that a stream without an end fills nothing.
   *
   * @param stream not closed
   * @throws LowpassRuntimeException as {@link #load(Path)}
   */
  public static Model load(InputStream stream) {
    return load(stream, Trust.anybody());
  }

  /**
   * As {@link #load(InputStream)}, of somebody who is trusted.
   *
   * @throws LowpassRuntimeException as {@link #load(Path, Trust)}
   */
  public static Model load(InputStream stream, Trust trust) {
    return load(stream, "stream", trust);
  }

  /**
   * Loads an artifact from memory of any kind, which is copied, through a temporary file.
   *
   * @param artifact from its position to its limit, which stay as they are
   * @throws LowpassRuntimeException as {@link #load(Path)}
   */
  public static Model load(ByteBuffer artifact) {
    return load(artifact, Trust.anybody());
  }

  /**
   * As {@link #load(ByteBuffer)}, of somebody who is trusted.
   *
   * @throws LowpassRuntimeException as {@link #load(Path, Trust)}
   */
  public static Model load(ByteBuffer artifact, Trust trust) {
    return load(new BufferStream(artifact), "buffer", trust);
  }

  /**
   * Loads what a URL gives, such as a resource that a program found by itself; otherwise as {@link #load(InputStream)}.
   *
   * @throws LowpassRuntimeException as {@link #load(Path)}
   */
  public static Model load(URL url) {
    return load(url, Trust.anybody());
  }

  /**
   * As {@link #load(URL)}, of somebody who is trusted.
   *
   * @throws LowpassRuntimeException as {@link #load(Path, Trust)}
   */
  public static Model load(URL url, Trust trust) {
    try {
      URLConnection connection = url.openConnection();
      // Else Java keeps the jar open after its class loader is closed.
      connection.setUseCaches(false);
      try (InputStream stream = connection.getInputStream()) {
        return load(stream, url.toString(), trust);
      }
    } catch (IOException e) {
      throw new LowpassRuntimeException(5001, url.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Loads an artifact that travels with a program's classes. Where these are a module, the package of the resource must be
   * open to this one; {@link #load(URL)} needs no such thing.
   *
   * @param owner whose {@link Class#getResource} finds it
   * @param resource its name, beside that class unless it begins with {@code /}
   * @throws LowpassRuntimeException as {@link #load(Path)}
   */
  public static Model loadResource(Class<?> owner, String resource) {
    return loadResource(owner, resource, Trust.anybody());
  }

  /**
   * As {@link #loadResource(Class, String)}, of somebody who is trusted.
   *
   * @throws LowpassRuntimeException as {@link #load(Path, Trust)}
   */
  public static Model loadResource(Class<?> owner, String resource, Trust trust) {
    try (InputStream stream = owner.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new LowpassRuntimeException(5001, resource, "no such resource beside " + owner.getName());
      }
      return load(stream, resource, trust);
    } catch (IOException e) {
      throw new LowpassRuntimeException(5001, resource, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static Model load(InputStream stream, String place, Trust trust) {
    try {
      Path spooled = Natives.temporaryFile("lowpass-", ".lowpass");
      try {
        Spool.copy(stream, spooled, place);
        return load(spooled, place, trust);
      } finally {
        Files.deleteIfExists(spooled);
      }
    } catch (IOException e) {
      throw new LowpassRuntimeException(5001, place, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static Model load(Path file, String place, Trust trust) {
    Artifact artifact = ArtifactReader.read(file, place);
    Optional<PublicKey> signer = artifact.signature().map(ArtifactSignature::key);
    trust.check(place, signer, signer.map(ArtifactSignature::fingerprint).orElse(""));
    artifact.requireRunnable(Natives.platform(), Processor.features());
    return new Model(artifact, KernelLibrary.load(artifact));
  }

  /** The sizes that the model was compiled for, in the order in which the compiler was given them; at least one. */
  public List<ModelSize> sizes() {
    return sizes;
  }

  /** What the model takes, in the source model's order; of several sizes, what the first one takes. */
  public List<TensorSpec> inputs() {
    return sizes.get(0).inputs();
  }

  /** What the model gives, in the source model's order; of several sizes, what the first one gives. */
  public List<TensorSpec> outputs() {
    return sizes.get(0).outputs();
  }

  /** A session with {@link SessionOptions#defaults()}. */
  public Session newSession() {
    return newSession(SessionOptions.defaults());
  }

  /**
   * A session for all sizes, with workers and working memory of its own.
   *
   * @throws LowpassRuntimeException LP5021 where this model is closed, LP5022 where native code fails
   */
  public synchronized Session newSession(SessionOptions options) {
    if (closed) {
      throw new LowpassRuntimeException(5021, artifact.place(), "the model is closed");
    }
    Session session = new Session(this, library, options);
    sessions.add(session);
    return session;
  }

  String place() {
    return artifact.place();
  }

  synchronized void forget(Session session) {
    sessions.remove(session);
  }

  /** Closes the sessions that are still open, after the inference that each may be running; then frees the model. */
  @Override
  public void close() {
    List<Session> open;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      open = List.copyOf(sessions);
    }
    open.forEach(Session::close);
    library.close();
  }
}
