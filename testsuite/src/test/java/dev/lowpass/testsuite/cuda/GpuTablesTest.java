package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.testsuite.model.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The committed tables are those of the kernels that there are. */
class GpuTablesTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "gpu-kernels.md");

  /** One of the tables to the letter, for the others take longer: PTX and what the assembler makes of it are always the same. */
  @Test
  void theTableIsUpToDate() throws IOException {
    Optional<byte[]> onnx = GpuTables.MODEL.bytes();
    assumeTrue(onnx.isPresent(), SharedFolder.ABSENT);
    String table = GpuTables.table(GpuTables.compile(onnx.get(), false, 1), false, 1).markdown();
    assertThat(Files.readString(DOCUMENT))
        .as("%s; GpuTables writes it, docs/gpu.md says how", DOCUMENT)
        .contains(table);
  }

  @Test
  void allRowsAreComplete() throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    String header = "| " + String.join(" | ", KernelTable.COLUMNS) + " |";
    assertThat(lines.stream().filter(header::equals)).hasSize(4);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals(header)) {
        List<String> rows = lines.subList(i + 2, lines.size()).stream().takeWhile(line -> line.startsWith("|")).toList();
        assertThat(rows).hasSizeGreaterThan(20).allMatch(row -> row.split(" \\| ", -1).length == KernelTable.COLUMNS.size());
      }
    }
  }
}
