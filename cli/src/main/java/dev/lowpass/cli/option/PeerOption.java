package dev.lowpass.cli.option;

import dev.lowpass.cli.engine.Peer;
import dev.lowpass.ir.LowpassException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Another engine to compare with. */
public final class PeerOption {
  @Option(
      names = "--against",
      paramLabel = "onnxruntime=MODEL.onnx",
      description =
          "Also take ONNX Runtime, to compare with: as many threads, all optimisations, otherwise its defaults.")
  private @Nullable String text;

  public boolean isGiven() {
    return text != null;
  }

  /** @throws LowpassException as {@link Peer#parse} */
  public Optional<Peer> peer() {
    return Optional.ofNullable(text).map(Peer::parse);
  }
}
