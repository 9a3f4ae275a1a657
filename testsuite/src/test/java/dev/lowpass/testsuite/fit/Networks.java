package dev.lowpass.testsuite.fit;

import dev.lowpass.codegen.fit.SyntheticBands;
import dev.lowpass.codegen.fit.SyntheticNetworks;
import dev.lowpass.codegen.fit.SyntheticNetworks.Stage;
import dev.lowpass.codegen.fit.Workload;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Networks to predict: test models by their names, and {@code resnet50}, which has the layers of it and no file. */
final class Networks {
  /** Forms in which only the last two pointwise layers that may have bands get some, of a quarter and a sixth. */
  private static final String LAST_TWO = "last-two-";

  private Networks() {}

  /**
   * A network in a form.
   *
   * @param form {@code dense}, {@code last-two-7} for blocks of 7x7, a bands file's name ({@code keep75}), or as
   *     {@link SyntheticBands} are written
   */
  static Workload workload(String network, String form) throws IOException {
    Graph source = source(network);
    Optional<Path> file = SharedFolder.find("bands/" + network + "." + form + ".bands");
    if (file.isPresent()) {
      BandsFile bands = BandsFile.parse(Files.readString(file.get()), file.get().toString());
      return new Workload(network, form, source, Optional.of(_ -> bands));
    }
    if (form.startsWith(LAST_TWO)) {
      String block = form.substring(LAST_TWO.length());
      return new Workload(network, form, source, Optional.of(canonical -> lastTwo(canonical, block)));
    }
    Workload usual = Workload.of(source, form);
    return new Workload(network, form, source, usual.bands());
  }

  private static Graph source(String network) throws IOException {
    if (network.equals("resnet50")) {
      List<Stage> stages =
          List.of(new Stage(256, 1, 3), new Stage(512, 2, 4), new Stage(1024, 2, 6), new Stage(2048, 2, 3));
      return SyntheticNetworks.narrowing(network, 224, 64, stages);
    }
    TestModel model = TestModel.of(network);
    byte[] bytes = model.bytes().orElseThrow(() -> new IOException(network + " is in the folder of shared data"));
    return model.imported(bytes);
  }

  private static BandsFile lastTwo(Graph canonical, String block) {
    SequencedMap<String, BandLimit> quarter = SyntheticBands.parse("square-" + block + "-0.25").of(canonical).layers();
    SequencedMap<String, BandLimit> sixth = SyntheticBands.parse("square-" + block + "-0.17").of(canonical).layers();
    List<String> names = List.copyOf(quarter.keySet());
    SequencedMap<String, BandLimit> layers = new LinkedHashMap<>();
    String last = names.getLast();
    String beforeLast = names.get(names.size() - 2);
    layers.put(beforeLast, quarter.get(beforeLast));
    layers.put(last, sixth.get(last));
    return new BandsFile(layers);
  }
}
