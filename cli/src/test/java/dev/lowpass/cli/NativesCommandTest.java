package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativesCommandTest {
  @TempDir Path folder = Path.of("");

  @Test
  void installsWhatAProgramRunsOn() throws IOException {
    Path place = folder.resolve("opt/natives");
    Invocation installed = Invocation.of(folder, "natives", "--to", place.toString());
    assertThat(installed.err()).isEmpty();
    assertThat(installed.code()).isZero();
    assertThat(installed.out()).isEqualTo("6 files in %s; run programs with LOWPASS_NATIVES=%1$s\n".formatted(place));
    List<String> sums = Files.readAllLines(place.resolve("SHA256SUMS"));
    assertThat(sums).hasSize(6).allMatch(line -> line.matches("[0-9a-f]{64}  lib[A-Za-z_]+[.]so[.0-9]*"));
    JsonNode json = new ObjectMapper().readTree(Invocation.of(folder, "natives", "--to", place.toString(), "--json").out());
    assertThat(json.get("folder").asText()).isEqualTo(place.toString());
    assertThat(json.get("files")).hasSize(6);
    assertThat(place).isDirectoryNotContaining("glob:**new-*");
  }

  @Test
  void saysWhereNothingCanBeWritten() {
    Invocation refused = Invocation.of(folder, "natives", "--to", "/dev/null/natives");
    assertThat(refused.code()).isEqualTo(ExitCode.INPUT);
    assertThat(refused.err()).startsWith("LP5010 /dev/null/natives: natives cannot be written there: ").hasLineCount(1);
  }
}
