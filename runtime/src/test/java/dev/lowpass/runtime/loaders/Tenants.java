package dev.lowpass.runtime.loaders;

import dev.lowpass.runtime.RectifyModel;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** What an application server does: programs beside each other, and started again, each with a copy of everything. */
final class Tenants {
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final String classPath;

  private Tenants(String classPath) {
    this.classPath = classPath;
  }

  public static void main(String[] arguments) throws Exception {
    new Tenants(arguments[0]).run(System.out);
  }

  private void run(PrintStream out) throws Exception {
    try (URLClassLoader second = loader()) {
      WeakReference<URLClassLoader> gone = runAndLeave(second);
      out.println("two beside each other");
      long start = System.nanoTime();
      while (gone.get() != null && System.nanoTime() - start < PATIENCE_NANOS) {
        System.gc();
        Thread.sleep(20);
      }
      out.println(gone.get() == null ? "the first is gone" : "the first stays");
      try (URLClassLoader third = loader()) {
        start(third);
        out.println("a third");
      }
      start(second);
      out.println("the second still");
    }
    RectifyModel.load().close();
    out.println("this one as well");
  }

  private WeakReference<URLClassLoader> runAndLeave(ClassLoader second) throws Exception {
    try (URLClassLoader first = loader()) {
      start(first);
      start(second);
      start(first);
      return new WeakReference<>(first);
    }
  }

  /** The runtime, what it needs, and {@link Tenant}; nothing of it shared with this class. */
  private URLClassLoader loader() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (entry.endsWith("classes") || entry.contains("javacpp") || entry.contains("tvm")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static void start(ClassLoader loader) throws Exception {
    Object tenant = loader.loadClass(Tenant.class.getName()).getConstructor().newInstance();
    float[] results = (float[]) ((Callable<?>) tenant).call();
    if (tenant instanceof Tenant || results.length != 192 || results[0] != 0 || results[1] != 2) {
      throw new IllegalStateException("another program, or another result");
    }
  }
}
