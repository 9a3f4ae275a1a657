package dev.lowpass.runtime.natives;

/**
 * What JavaCPP is told by system properties. It has a loader of its own, which is kept out of everything, and a thread that
 * frees what nobody freed, and which keeps its class loader for ever. In a program's own class loader that costs nothing;
 * another one (an application server's, a plug-in's) is to go with what it loaded, and does without the thread, unless
 * somebody has said otherwise before.
 */
final class JavaCpp {
  private static final String LOADS = "org.bytedeco.javacpp.loadLibraries";
  private static final String WITHOUT_THREAD = "org.bytedeco.javacpp.noPointerGC";

  private JavaCpp() {}

  /** Loads a library, by which JavaCPP's classes may be initialised: that is when it reads whether it has the thread. */
  static void load(String file) {
    System.setProperty(LOADS, "false");
    boolean mayGo = JavaCpp.class.getClassLoader() != ClassLoader.getSystemClassLoader();
    if (!mayGo || System.getProperty(WITHOUT_THREAD) != null) {
      System.load(file);
      return;
    }
    // The property is everybody's, and so set for this moment only.
    System.setProperty(WITHOUT_THREAD, "true");
    try {
      System.load(file);
    } finally {
      System.clearProperty(WITHOUT_THREAD);
    }
  }
}
