package dev.lowpass.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.LowpassException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A training as it stands, in a file of the safetensors format: named arrays and nothing that could be executed.
 *
 * @param arrays of float32, by name
 */
record Checkpoint(SequencedMap<String, NDArray> arrays) {
  /** Writes the file, whole or not at all. */
  void write(Path file) {
    NDList list = new NDList();
    arrays.forEach(
        (name, array) -> {
          array.setName(name);
          list.add(array);
        });
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      list.encode(bytes, NDList.Encoding.SAFETENSORS);
      Path unfinished = file.resolveSibling(file.getFileName() + ".part");
      Files.write(unfinished, bytes.toByteArray());
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LowpassException("LP6020", file.toString(), "the checkpoint cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the file into {@code arrays}, which must have the same names and shapes.
   *
   * @throws LowpassException LP6021 for a file that is no checkpoint, or one of another training
   */
  static void read(Path file, SequencedMap<String, NDArray> arrays, NDManager manager) {
    Map<String, NDArray> found = new LinkedHashMap<>();
    try (NDManager scratch = manager.newSubManager()) {
      NDList list = NDList.decode(scratch, Files.readAllBytes(file));
      list.forEach(array -> found.put(array.getName(), array));
      for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
        NDArray read = found.get(each.getKey());
        if (read == null || !read.getShape().equals(each.getValue().getShape())) {
          throw new LowpassException(
              "LP6021",
              file.toString(),
              "is of another training: it has no '%s' of shape %s; delete it to begin anew"
                  .formatted(each.getKey(), each.getValue().getShape()));
        }
        read.copyTo(each.getValue());
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new LowpassException("LP6021", file.toString(), "is not a checkpoint: " + e.getMessage(), e);
    }
  }
}
