package dev.lowpass.spark;

import dev.lowpass.runtime.picture.Picture;
import dev.lowpass.runtime.picture.PictureReader;
import dev.lowpass.runtime.picture.Preprocessing;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Encoded pictures.
 *
 * @param path the column that says where they are from; negative where there is none
 * @param shape [3, height, width]
 */
record PictureColumn(int index, int path, List<Long> shape, Preprocessing preprocessing) implements InputColumn {
  @Override
  public void read(Row row, ByteBuffer slot) {
    byte[] encoded = (byte[]) InputColumn.value(row, index);
    Picture picture = PictureReader.read(place(row), encoded);
    slot.asFloatBuffer().put(preprocessing.input(picture, shape.get(1).intValue(), shape.get(2).intValue()));
  }

  private String place(Row row) {
    return path < 0 || row.isNullAt(path) ? row.schema().fieldNames()[index] : row.get(path).toString();
  }
}
