package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.onnx.tensor.ExternalData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Puts a bands text into an ONNX file as its metadata property {@code lowpass.bands}. Works on the file's bytes:
 * everything else stays as it is, byte for byte, so that weights, unknown fields and external data survive.
 */
public final class OnnxAnnotation {
  private static final int METADATA_TAG =
      (ModelProto.METADATA_PROPS_FIELD_NUMBER << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private OnnxAnnotation() {}

  /**
   * The model with {@code bands} in place of whatever bands it had; the same bytes for the same arguments.
   *
   * @throws LowpassException LP1001 if {@code model} is not an ONNX model
   */
  public static byte[] annotate(byte[] model, String bands) {
    ModelSource source = new ModelSource("model", model, ExternalData.none(), Limits.usual());
    return annotate(source, bands);
  }

  /** Writes an annotated copy of a model; the files may be the same. */
  public static void annotate(Path model, String bands, Path annotated) {
    AtomicFile.write(annotated, annotate(ModelSource.of(model, Limits.usual()), bands));
  }

  private static byte[] annotate(ModelSource source, String bands) {
    source.parse();
    ByteArrayOutputStream annotated = new ByteArrayOutputStream(source.bytes().length + bands.length() + 64);
    try {
      copyWithoutBands(source.bytes(), annotated);
      StringStringEntryProto property =
          StringStringEntryProto.newBuilder().setKey(ImportedModel.BANDS_PROPERTY).setValue(bands).build();
      ModelProto.newBuilder().addMetadataProps(property).build().writeTo(annotated);
    } catch (InvalidProtocolBufferException e) {
      throw new LowpassException("LP1001", source.place(), "not an ONNX model: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
    return annotated.toByteArray();
  }

  /** A message is a sequence of fields; copies all of them but the property. */
  private static void copyWithoutBands(byte[] model, ByteArrayOutputStream copy) throws IOException {
    CodedInputStream fields = CodedInputStream.newInstance(model);
    while (!fields.isAtEnd()) {
      int start = fields.getTotalBytesRead();
      int tag = fields.readTag();
      boolean bands = false;
      if (tag == METADATA_TAG) {
        StringStringEntryProto property = StringStringEntryProto.parseFrom(fields.readByteBuffer());
        bands = property.getKey().equals(ImportedModel.BANDS_PROPERTY);
      } else {
        fields.skipField(tag);
      }
      if (!bands) {
        copy.write(model, start, fields.getTotalBytesRead() - start);
      }
    }
  }
}
