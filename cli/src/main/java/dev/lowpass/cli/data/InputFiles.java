package dev.lowpass.cli.data;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.TensorFile;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.picture.Picture;
import dev.lowpass.runtime.picture.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads what is given for an input: npy, an ONNX tensor (pb), or a picture. */
public record InputFiles(Preprocessing preprocessing) {
  /**
   * The tensor in {@code file} for the input {@code spec}.
   *
   * @throws LowpassException LP7013 for a picture where the input is no RGB image; LP7010, LP7011 or 1xxx for a broken
   *     file
   * @throws dev.lowpass.runtime.LowpassRuntimeException LP5030 for a broken picture, LP5031 for one that cannot be
   *     brought to the input's size
   */
  public Tensor read(Path file, TensorSpec spec) throws IOException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return Npy.read(file);
    }
    if (name.endsWith(".pb")) {
      return Tensors.of(TensorFile.read(file));
    }
    checkPicture(file, spec);
    return tensor(PictureFile.read(file), spec);
  }

  /**
   * What a network gets for {@code picture}, at the size that its input has.
   *
   * @param spec an input that takes pictures, see {@link #checkPicture}
   */
  public Tensor tensor(Picture picture, TensorSpec spec) {
    int height = spec.shape().get(2).intValue();
    int width = spec.shape().get(3).intValue();
    return Tensor.of(preprocessing.input(picture, height, width), 1, 3, height, width);
  }

  /**
   * Holds an input against what a picture gives.
   *
   * @param place who wants to give it one, for the message
   * @throws LowpassException LP7013 for an input that does not take a picture
   */
  public static void checkPicture(Path place, TensorSpec spec) {
    List<Long> shape = spec.shape();
    if (spec.type() != ElementType.F32 || shape.size() != 4 || shape.get(0) != 1 || shape.get(1) != 3) {
      throw new LowpassException(
          "LP7013", place.toString(), "a picture fits an input f32[1, 3, height, width], but the model takes " + spec);
    }
  }
}
