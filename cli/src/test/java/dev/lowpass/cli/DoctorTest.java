package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
  void everyProcessorThatTheCompilerKnowsIsListed() throws IOException {
    Invocation refused = compile("cpu:x86-64-v9");
    assertThat(refused.code()).isEqualTo(ExitCode.INPUT);
    String known = refused.err().substring(refused.err().indexOf("there are"));
    assertThat(Pattern.compile("cpu:[-\\w]+").matcher(known).results().map(MatchResult::group).toList())
        .isEqualTo(targets());
  }
}
