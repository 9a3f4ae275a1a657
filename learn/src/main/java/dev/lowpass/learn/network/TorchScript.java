package dev.lowpass.learn.network;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of one array that PyTorch has and DJL has no name for, as a module of TorchScript: a zip file with the
 * function's text and a pickled object without content.
 */
final class TorchScript implements AutoCloseable {
  private static final String NAME = "function";

  /** A pickle of protocol 2: an object of class {@code __torch__.Function} whose {@code training} is false. */
  private static final byte[] OBJECT =
      "\u0080\u0002c__torch__\nFunction\n)\u0081}X\b\u0000\u0000\u0000training\u0089sb."
          .getBytes(StandardCharsets.ISO_8859_1);

  /** A pickle of protocol 2: an empty tuple. */
  private static final byte[] CONSTANTS = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);

  private static final String CODE =
      """
      class Function(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Function, x: Tensor) -> Tensor:
          return %s
      """;

  private final Model module;
  private final ParameterStore parameters;

  /**
   * A function.
   *
   * @param expression of {@code x}, in TorchScript
   */
  TorchScript(String expression, NDManager manager) {
    this.parameters = new ParameterStore(manager, false);
    this.module = Model.newInstance(NAME, manager.getDevice(), manager.getEngine().getEngineName());
    try {
      module.load(new ByteArrayInputStream(file(expression)));
    } catch (IOException | MalformedModelException e) {
      module.close();
      throw new IllegalArgumentException("no TorchScript: " + expression, e);
    }
  }

  /** The function of {@code x}, to be differentiated. */
  NDArray of(NDArray x) {
    return module.getBlock().forward(parameters, new NDList(x), true).singletonOrThrow();
  }

  private static byte[] file(String expression) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", OBJECT);
      add(zip, "code/__torch__.py", CODE.formatted(expression).getBytes(StandardCharsets.UTF_8));
      add(zip, "constants.pkl", CONSTANTS);
      add(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** PyTorch reads members that are not compressed. */
  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(NAME + "/" + name);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void close() {
    module.close();
  }
}
