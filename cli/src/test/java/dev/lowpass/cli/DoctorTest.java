package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.doctor.Examination;
import dev.lowpass.cli.doctor.Finding;
import dev.lowpass.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder = Path.of("");

  private List<String> targets() throws IOException {
    JsonNode json = new ObjectMapper().readTree(Invocation.of(folder, "doctor", "--json").out());
    return json.at("/findings").findValuesAsText("what").stream()
        .filter(what -> what.startsWith("target "))
        .map(what -> what.substring("target ".length()))
        .toList();
  }

  /** On machines with a device and on those without; what lacks comes with what to do about it. */
  @Test
  void thereIsARowForCuda() {
    String table = Invocation.of(folder, "doctor").out();
    assertThat(Examination.findings()).filteredOn(finding -> finding.subject().equals("CUDA")).singleElement()
        .satisfies(finding -> {
          assertThat(finding.detail()).isNotBlank().doesNotContain(";");
          assertThat(finding.remedy().isEmpty()).isEqualTo(finding.state() == Finding.State.FINE);
          assertThat(table).contains(finding.detail());
        });
  }

  private Invocation compile(String target) {
    Path model = ToyModel.write(folder);
    String artifact = folder.resolve("toy.lowpass").toString();
    return Invocation.of(folder, "compile", model.toString(), "-o", artifact, "--target", target, "--no-check");
  }

  @Test
  void theCompilerTakesEveryTargetThatIsListed() throws IOException {
    assertThat(targets()).hasSizeGreaterThan(1).allSatisfy(target -> assertThat(compile(target).err()).isEmpty());
  }

  @Test
  void everyTargetThatTheCompilerNamesIsListed() throws IOException {
    Invocation refused = compile("cpu:x86-64-v9");
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    String named = refused.err().substring(refused.err().indexOf("there are ") + "there are ".length()).strip();
    assertThat(named.split(", ")).containsExactlyInAnyOrderElementsOf(withOtherNames(targets()));
  }

  /** {@code cpu} is another name for the best of them, and {@code cuda} for the one that most devices run. */
  private static List<String> withOtherNames(List<String> targets) {
    List<String> all = new ArrayList<>(targets);
    all.addAll(List.of("cpu", "cuda"));
    return all;
  }
}
