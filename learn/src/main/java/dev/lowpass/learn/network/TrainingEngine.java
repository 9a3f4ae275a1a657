package dev.lowpass.learn.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.util.Utils;
import dev.lowpass.ir.LowpassException;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** PyTorch, as DJL starts it: from libraries on the class path, without asking any network. */
public final class TrainingEngine {
  private static final String NAME = "PyTorch";
  private static final String CACHE = "ENGINE_CACHE_DIR";

  /** The engine's variable of what it says, and the number for nothing less than errors. */
  private static final String LOG_LEVEL = "FLAGS_caffe2_log_level";

  private static final int ERRORS = 2;

  private TrainingEngine() {}

  /**
   * Has the engine put its libraries below {@code folder}, and nothing into the user's home; to be called before its
   * first use. A folder that the variable ENGINE_CACHE_DIR names comes first.
   */
  public static void keepLibrariesIn(Path folder) {
    if (System.getProperty(CACHE) == null) {
      System.setProperty(CACHE, folder.toString());
    }
  }

  /**
   * Memory for arrays, on a GPU where DJL finds one.
   *
   * @throws LowpassException LP6010 if the engine cannot be started here
   */
  public static NDManager newManager() {
    return NDManager.newBaseManager(device(), NAME);
  }

  /** Random numbers of the engine from here on follow from {@code seed}. */
  public static void seed(long seed) {
    engine().setRandomSeed((int) seed);
  }

  /** Where arrays are: {@code cpu()} or {@code gpu(0)}. */
  public static Device device() {
    return engine().defaultDevice();
  }

  /**
   * Leaves the engine's warnings unsaid: on a processor that one of its libraries does not know it says so at every
   * convolution. The level is read from the environment in Python alone.
   */
  private static void quieten() {
    SymbolLookup.loaderLookup()
        .find(LOG_LEVEL)
        .ifPresent(level -> level.reinterpret(ValueLayout.JAVA_INT.byteSize()).set(ValueLayout.JAVA_INT, 0, ERRORS));
  }

  private static Engine engine() {
    // DJL fetches what it does not find and counts its users, unless it is told not to before it starts.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      Engine engine = Engine.getEngine(NAME);
      quieten();
      return engine;
    } catch (EngineException | LinkageError | IllegalArgumentException e) {
      throw new LowpassException(
          "LP6010",
          NAME,
          "cannot be started: %s; it takes the jar pytorch-native-cpu, and unpacks it to %s"
              .formatted(e.getMessage(), Utils.getEngineCacheDir()),
          e);
    }
  }
}
