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

  private ImportedModel read(String location, String offset, String length, String... more) throws IOException {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 2).node("Add", List.of("x", "w"), "y").output("y");
    TensorProto.Builder weight = model.proto().getGraphBuilder().addInitializerBuilder();
    weight.setName("w").setDataType(1).addDims(2).setDataLocation(TensorProto.DataLocation.EXTERNAL);
    weight.addExternalDataBuilder().setKey("location").setValue(location);
    weight.addExternalDataBuilder().setKey("offset").setValue(offset);
    weight.addExternalDataBuilder().setKey("length").setValue(length);
    for (int i = 0; i < more.length; i += 2) {
      weight.addExternalDataBuilder().setKey(more[i]).setValue(more[i + 1]);
    }
    Path file = Files.write(folder.resolve("model.onnx"), model.bytes());
    return OnnxReader.read(file, ImportOptions.defaults());
  }

  @Test
  void weightsAreReadAtTheirOffset() throws IOException {
    ImportedModel model = read("weights.bin", "4", "8");
    Constant weight = (Constant) model.graph().nodes().getFirst().op();
    assertThat(weight.value().floats()).containsExactly(2, 3);
    assertThat(model.files()).containsExactly(folder.resolve("weights.bin"));
  }

  @Test
  void onlyFromTheModelsFolder() throws IOException {
    String secret = folder.resolveSibling("secret.bin").toString();
    Files.createSymbolicLink(folder.resolve("link.bin"), Path.of(secret));
    for (String location : List.of("../secret.bin", secret, "link.bin", "")) {
      assertThatThrownBy(() -> read(location, "0", "8"))
          .hasMessage("LP1006 w: external data file '" + location + "' is not inside the model's folder");
    }
  }

  @Test
  void foldersAndPipesAreNoFiles() throws Exception {
    assertThatThrownBy(() -> read(".", "0", "8"))
        .hasMessage("LP1006 w: external data file '.' cannot be read: is a folder, not a file");
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> read("pipe", "0", "8"))
        .hasMessage("LP1006 w: external data file 'pipe' cannot be read: is a pipe or a device, not a file");
  }

  /** A name in the folder, but of a file that is somebody else's. */
  @Test
  void notThroughHardLinks() throws IOException {
    Files.createLink(folder.resolve("own.bin"), folder.resolveSibling("secret.bin"));
    assertThatThrownBy(() -> read("own.bin", "0", "8"))
        .hasMessage(
            "LP1006 w: external data file 'own.bin' has another name elsewhere (a hard link); copy it to its place");
  }

  /** ONNX Runtime takes this place for an address in its own process. */
  @Test
  void notFromMemory() {
    assertThatThrownBy(() -> read("*/_ORT_MEM_ADDR_/*", "4096", "8"))
        .hasMessage("LP1006 w: has its data in the memory of another process ('*/_ORT_MEM_ADDR_/*')");
  }

  @Test
  void unknownKeysAreRemarkedOn() throws IOException {
    List<String> remarks = read("weights.bin", "4", "8", "checksum", "0", "prefix", "x").remarks();
    assertThat(remarks).containsExactly("external data has the key 'prefix', which ONNX does not know");
    assertThatThrownBy(() -> read("weights.bin", "4", "8", "offset", "0"))
        .hasMessage("LP1006 w: external data has the key 'offset' twice");
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
