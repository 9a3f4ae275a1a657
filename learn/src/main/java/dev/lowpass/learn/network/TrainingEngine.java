package dev.lowpass.learn.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.util.Utils;
import dev.lowpass.ir.LowpassException;
import java.nio.file.Path;

/** PyTorch, as DJL starts it: from libraries on the class path, without asking any network. */
public final class TrainingEngine {
  private static final String NAME = "PyTorch";
  private static final String CACHE = "ENGINE_CACHE_DIR";

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

  private static Engine engine() {
    // DJL fetches what it does not find and counts its users, unless it is told not to before it starts.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      return Engine.getEngine(NAME);
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
