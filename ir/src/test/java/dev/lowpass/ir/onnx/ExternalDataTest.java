package dev.lowpass.ir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lowpass.ir.op.Constant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights in files beside the model: read from its own folder only. */
class ExternalDataTest {
  private Path folder;

  @BeforeEach
  void secretAndWeights(@TempDir Path outer) throws IOException {
    folder = Files.createDirectory(outer.resolve("models"));
    byte[] floats = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).putFloat(2).putFloat(3).array();
    Files.write(folder.resolve("weights.bin"), floats);
    Files.write(outer.resolve("secret.bin"), floats);
  }

  private ImportedModel read(String location, String offset, String length) throws IOException {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 2).node("Add", List.of("x", "w"), "y").output("y");
    TensorProto.Builder weight = model.proto().getGraphBuilder().addInitializerBuilder();
    weight.setName("w").setDataType(1).addDims(2).setDataLocation(TensorProto.DataLocation.EXTERNAL);
    weight.addExternalDataBuilder().setKey("location").setValue(location);
    weight.addExternalDataBuilder().setKey("offset").setValue(offset);
    weight.addExternalDataBuilder().setKey("length").setValue(length);
    Path file = Files.write(folder.resolve("model.onnx"), model.bytes());
    return OnnxReader.read(file, ImportOptions.defaults());
  }

  @Test
  void weightsAreReadAtTheirOffset() throws IOException {
    Constant weight = (Constant) read("weights.bin", "4", "8").graph().nodes().getFirst().op();
    assertThat(weight.value().floats()).containsExactly(2, 3);
  }

  @Test
  void onlyFromTheModelsFolder() throws IOException {
    String secret = folder.resolveSibling("secret.bin").toString();
    Files.createSymbolicLink(folder.resolve("link.bin"), Path.of(secret));
    for (String location : List.of("../secret.bin", secret, "link.bin", ".", "")) {
      assertThatThrownBy(() -> read(location, "0", "8"))
          .hasMessage("LP1006 w: external data file '" + location + "' is not inside the model's folder");
    }
  }

  @Test
  void onlyWhatTheFileHas() {
    assertThatThrownBy(() -> read("weights.bin", "8", "8"))
        .hasMessage("LP1006 w: wants 8 bytes at 8 of weights.bin, which has 12");
    assertThatThrownBy(() -> read("weights.bin", "0", "12"))
        .hasMessage("LP1006 w: has 12 bytes of external data, but its shape takes 8");
    assertThatThrownBy(() -> read("weights.bin", "-4", "8"))
        .hasMessage("LP1006 w: external data has offset '-4', not a number of bytes");
    assertThatThrownBy(() -> read("no.bin", "0", "8"))
        .hasMessageStartingWith("LP1006 w: external data file 'no.bin' cannot be read");
  }
}
