package dev.lowpass.ir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxAnnotationTest {
  private static byte[] model() {
    ModelBuilder model = ModelBuilder.opset(13).input("x", 4).node("Relu", List.of("x"), "y").output("y");
    model.proto().addMetadataPropsBuilder().setKey("author").setValue("somebody");
    return model.bytes();
  }

  private static ImportedModel read(byte[] model) {
    return OnnxReader.read(model, "annotated.onnx", ImportOptions.defaults());
  }

  @Test
  void theRestStaysByteForByte() {
    byte[] annotated = OnnxAnnotation.annotate(model(), "bands 1\n");
    assertThat(Arrays.copyOf(annotated, model().length)).isEqualTo(model());
    assertThat(read(annotated).bands()).contains("bands 1\n");
    assertThat(read(annotated).metadata()).containsEntry("author", "somebody");
    assertThat(read(annotated).graph()).isEqualTo(read(model()).graph());
  }

  @Test
  void bandsReplaceEarlierBands() {
    byte[] twice = OnnxAnnotation.annotate(OnnxAnnotation.annotate(model(), "first"), "second");
    assertThat(twice).isEqualTo(OnnxAnnotation.annotate(model(), "second"));
  }

  @Test
  void aFileMayBeAnnotatedInPlace(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("m.onnx"), model());
    OnnxAnnotation.annotate(file, "bands 1\n", file);
    assertThat(file).hasBinaryContent(OnnxAnnotation.annotate(model(), "bands 1\n"));
  }

  @Test
  void onlyModelsAreAnnotated() {
    assertThatThrownBy(() -> OnnxAnnotation.annotate(new byte[] {1, 2, 3}, "bands 1\n"))
        .hasMessageStartingWith("LP1001 model");
  }
}
