package dev.lowpass.testsuite.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.cli.conformance.CaseFolders;
import dev.lowpass.cli.conformance.CaseRunner;
import dev.lowpass.cli.conformance.Comparison;
import dev.lowpass.cli.conformance.KnownFailures;
import dev.lowpass.cli.conformance.TestCase;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.testsuite.model.SharedFolder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case compiled, and every case by the interpreter. Those that do not pass stand in a list with their reasons; one
 * of them that passes is a failure, so that the list can only become shorter. {@code lowpass test-onnx --known} repeats
 * it.
 */
class ConformanceTest {
  private static final double TOLERANCE = 1e-4;
  private static final List<CaseFolders> OPEN = new ArrayList<>();

  @AfterAll
  static void removeWhatWasUnpacked() throws IOException {
    for (CaseFolders cases : OPEN) {
      cases.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> backendCases() throws IOException, URISyntaxException {
    return cases("onnx-backend", "known-failures.tsv");
  }

  @TestFactory
  Stream<DynamicTest> reportedBugs() throws IOException, URISyntaxException {
    return cases("cases", "known-failures-of-reported.tsv");
  }

  private static Stream<DynamicTest> cases(String folder, String list) throws IOException, URISyntaxException {
    Optional<Path> shared = SharedFolder.find();
    assumeTrue(shared.isPresent(), SharedFolder.ABSENT);
    Path cases = shared.orElseThrow().resolve(folder);
    assumeTrue(Files.isDirectory(cases), () -> "no " + cases);
    CaseFolders found = new CaseFolders(List.of(cases));
    OPEN.add(found);
    Path known = Path.of(Objects.requireNonNull(ConformanceTest.class.getResource("/conformance/" + list)).toURI());
    KnownFailures failures = KnownFailures.read(known);
    return found.places().stream()
        .map(place -> DynamicTest.dynamicTest(place.name(), () -> check(place, failures.reason(place.name()))));
  }

  private static void check(CaseFolders.Place place, Optional<String> knownToFail) throws IOException {
    TestCase test = TestCase.in(place.folder(), Optional.empty());
    for (boolean interpreter : new boolean[] {true, false}) {
      CompileOptions options = CompileOptions.defaults().withCheck(false);
      Optional<String> failure =
          new CaseRunner(options, new Comparison(TOLERANCE), 1, interpreter).failure(test);
      if (knownToFail.isEmpty()) {
        assertThat(failure).as(interpreter ? "by the interpreter" : "compiled").isEmpty();
      } else {
        assertThat(failure).as("passes, but is listed: " + knownToFail.orElseThrow()).isPresent();
      }
    }
  }
}
