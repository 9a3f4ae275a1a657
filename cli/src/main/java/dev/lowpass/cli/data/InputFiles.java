package dev.lowpass.cli.data;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.TensorFile;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads what is given for an input: npy, an ONNX tensor (pb), or a picture, which is resized to the input and
 * normalised.
 */
public record InputFiles(Normalization normalization) {
  /**
   * The tensor in {@code file} for the input {@code spec}.
   *
   * @throws LowpassException LP7013 for a picture where the input is no RGB image; LP7010, LP7011 or 1xxx for a broken
   *     file
   */
  public Tensor read(Path file, TensorSpec spec) throws IOException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return Npy.read(file);
    }
    return name.endsWith(".pb") ? Tensors.of(TensorFile.read(file)) : picture(file, spec);
  }

  private Tensor picture(Path file, TensorSpec spec) throws IOException {
    List<Long> shape = spec.shape();
    if (spec.type() != ElementType.F32 || shape.size() != 4 || shape.get(0) != 1 || shape.get(1) != 3) {
      throw new LowpassException(
          "LP7013", file.toString(), "a picture fits an input f32[1, 3, height, width], but the model takes " + spec);
    }
    Picture picture = Picture.read(file).resized(shape.get(3).intValue(), shape.get(2).intValue());
    return Tensor.of(picture.planes(normalization), 1, 3, picture.height(), picture.width());
  }
}
