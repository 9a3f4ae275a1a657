package dev.lowpass.spark;

import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;

/** Elements as they are in memory, little-endian, row-major. */
record BytesColumn(int index) implements InputColumn {
  @Override
  public void read(Row row, ByteBuffer slot) {
    byte[] bytes = (byte[]) InputColumn.value(row, index);
    if (bytes.length != slot.remaining()) {
      throw InputColumn.misfit(row, index, bytes.length + " bytes, where the model takes " + slot.remaining());
    }
    slot.put(bytes);
  }
}
