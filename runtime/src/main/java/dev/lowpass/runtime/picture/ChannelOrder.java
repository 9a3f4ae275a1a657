package dev.lowpass.runtime.picture;

/** Which colour a network's first channel is. */
public enum ChannelOrder {
  /** Red first, as most networks have it. */
  RGB,

  /** Blue first, as those from Caffe, OpenCV and PaddlePaddle often have it. */
  BGR;

  /** The colour (0 red, 1 green, 2 blue) of a network's channel. */
  public int colour(int channel) {
    return this == RGB ? channel : 2 - channel;
  }
}
