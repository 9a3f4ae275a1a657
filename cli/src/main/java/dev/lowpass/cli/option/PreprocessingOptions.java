package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.picture.ChannelOrder;
import dev.lowpass.runtime.picture.Filter;
import dev.lowpass.runtime.picture.Framing;
import dev.lowpass.runtime.picture.Normalization;
import dev.lowpass.runtime.picture.Preprocessing;
import java.util.List;
import picocli.CommandLine.Option;

/** How pictures become a network's input. */
public final class PreprocessingOptions {
  @Option(
      names = "--scale",
      paramLabel = "X[,Y,Z]",
      split = ",",
      defaultValue = "127.5",
      description =
          "Pictures are read as (sample - mean) / scale; default ${DEFAULT-VALUE}. Three numbers are for three"
              + " channels, in the order of --channels.")
  private List<Float> scale = List.of();

  @Option(
      names = "--mean",
      paramLabel = "X[,Y,Z]",
      split = ",",
      defaultValue = "127.5",
      description = "See --scale; default ${DEFAULT-VALUE}.")
  private List<Float> mean = List.of();

  @Option(
      names = "--channels",
      paramLabel = "RGB|BGR",
      defaultValue = "RGB",
      description = "The colours of the model's channels; default ${DEFAULT-VALUE}.")
  private ChannelOrder channels = ChannelOrder.RGB;

  @Option(
      names = "--resize",
      paramLabel = "stretch|crop[:N]|pad",
      defaultValue = "stretch",
      description =
          "How pictures get the model's size: stretched; the middle, after the shorter side was brought to N (256/224"
              + " of the model's size unless given); or whole, with a margin. Default ${DEFAULT-VALUE}.")
  private String resize = "stretch";

  @Option(
      names = "--filter",
      paramLabel = "bilinear|antialias|bicubic",
      defaultValue = "bilinear",
      description =
          "How samples are worked out then: between the nearest four, as OpenCV does; or from all of them, as Pillow"
              + " and torchvision do, with weights of a triangle or a cubic. Default ${DEFAULT-VALUE}.")
  private Filter filter = Filter.BILINEAR;

  /** @throws LowpassException LP7023 for a value that makes no sense */
  public Preprocessing toPreprocessing() {
    return new Preprocessing(framing(), filter, normalization());
  }

  private Framing framing() {
    try {
      return Framing.parse(resize);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7023", "--resize", String.valueOf(e.getMessage()), e);
    }
  }

  private Normalization normalization() {
    try {
      return new Normalization(mean, scale, channels);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7023", "--scale, --mean", String.valueOf(e.getMessage()), e);
    }
  }
}
