package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.learn.Drawn;
import dev.lowpass.learn.network.TrainingEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  private final NDManager manager = TrainingEngine.newManager();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("training.safetensors");
    new Checkpoint(arrays(1)).write(file);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Names of all kinds, a scalar and an array without elements. */
  private SequencedMap<String, NDArray> arrays(long seed) {
    SequencedMap<String, NDArray> arrays = new LinkedHashMap<>();
    arrays.put("weight/features.0/\"odd\" \\ name\n\u00e9\u0001", drawn(seed, 3, 4));
    arrays.put("bias", drawn(seed + 1, 5));
    arrays.put("scalar", drawn(seed + 2));
    arrays.put("none", drawn(seed + 3, 0, 2));
    return arrays;
  }

  private NDArray drawn(long seed, long... extents) {
    Shape shape = new Shape(extents);
    return manager.create(Drawn.floats((int) shape.size(), seed), shape);
  }

  private static void assertSame(SequencedMap<String, NDArray> found, SequencedMap<String, NDArray> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((name, array) -> assertThat(array.toFloatArray()).isEqualTo(expected.get(name).toFloatArray()));
  }

  @Test
  void whatWasWrittenIsRead() {
    SequencedMap<String, NDArray> read = arrays(20);
    new Checkpoint(read).read(file);
    assertSame(read, arrays(1));
    assertThat(folder).isDirectoryContaining("glob:**/training.safetensors").isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void valuesThatAreNoNumbersAreKept() {
    SequencedMap<String, NDArray> odd = arrays(1);
    float[] values = {Float.NaN, Float.POSITIVE_INFINITY, -0f, Float.MIN_VALUE, Float.MAX_VALUE};
    odd.get("bias").set(values);
    new Checkpoint(odd).write(file);
    SequencedMap<String, NDArray> read = arrays(20);
    new Checkpoint(read).read(file);
    assertThat(read.get("bias").toFloatArray()).isEqualTo(values);
  }

  /** The format is everybody's: another reader finds the arrays. */
  @Test
  void isASafetensorsFile() throws IOException {
    NDList read = NDList.decode(manager, Files.readAllBytes(file));
    assertThat(read.get("bias").toFloatArray()).isEqualTo(arrays(1).get("bias").toFloatArray());
    assertThat(read).hasSize(4);
  }

  @Test
  void anotherTrainingsFileIsRefusedByName() {
    SequencedMap<String, NDArray> other = arrays(20);
    other.put("bias", drawn(1, 6));
    assertRefused(other, "is of another training: it has no 'bias' of shape (6)");
    SequencedMap<String, NDArray> more = arrays(20);
    more.put("more", drawn(1, 6));
    assertRefused(more, "is of another training: it has no 'more' of shape (6)");
    SequencedMap<String, NDArray> less = arrays(20);
    less.remove("bias");
    assertRefused(less, "is of another training: it has other arrays than these 3");
  }

  private void assertRefused(SequencedMap<String, NDArray> arrays, String problem) {
    assertThatThrownBy(() -> new Checkpoint(arrays).read(file))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP6021 " + file)
        .hasMessageContaining(problem);
  }

  @Test
  void filesOfAnythingElseAreRefused() throws IOException {
    Files.writeString(file, "bands 1\nlayer \"features.7.project\" block 6x6 order zigzag keep [36*120]\n");
    assertRefused(arrays(20), "is not a checkpoint");
    Files.write(file, new byte[0]);
    assertRefused(arrays(20), "is not a checkpoint");
    Files.delete(file);
    assertRefused(arrays(20), "cannot be read");
  }

  @Test
  void aFolderThatIsNotThereIsTheUsersMistake() {
    assertThatThrownBy(() -> new Checkpoint(arrays(1)).write(folder.resolve("none/training.safetensors")))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP6020");
  }

  @Test
  void filesThatEndTooEarlyAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      assertChangesNothing(Arrays.copyOf(whole, length));
    }
    assertChangesNothing(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void filesThatWereAlteredAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    for (int place = 0; place < whole.length; place++) {
      byte[] altered = whole.clone();
      altered[place] ^= (byte) (1 << random.nextInt(8));
      assertChangesNothing(altered);
    }
  }

  /** A length of the header that would take all memory there is. */
  @Test
  void aHugeHeaderIsNotBelieved() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int place = 2; place < Long.BYTES; place++) {
      byte[] altered = whole.clone();
      altered[place] = (byte) 0xff;
      assertChangesNothing(altered);
    }
  }

  private void assertChangesNothing(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    SequencedMap<String, NDArray> arrays = arrays(20);
    Throwable thrown = catchThrowable(() -> new Checkpoint(arrays).read(file));
    assertThat(thrown).isInstanceOf(LowpassException.class).hasMessageStartingWith("LP6021");
    assertSame(arrays, arrays(20));
  }
}
