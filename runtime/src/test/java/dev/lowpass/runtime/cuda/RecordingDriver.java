package dev.lowpass.runtime.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A driver whose devices are the processor's memory: strict about what is taken and given back, and lazy about work, which
 * is done when it is waited for and not before. Its devices have one memory.
 */
public final class RecordingDriver implements CudaDriver {
  /** As the service loader makes it. */
  public static final CudaProperties PROPERTIES = new CudaProperties("Recorder", 80, 1L << 20, "12.2");

  private final CudaProperties properties;
  private final DeviceBytes memory = new DeviceBytes();
  private final List<RecordingDevice> opened = new ArrayList<>();
  private Optional<String> lack = Optional.empty();
  private int refused = Integer.MAX_VALUE;
  private int asked;

  public RecordingDriver() {
    this(PROPERTIES);
  }

  public RecordingDriver(CudaProperties properties) {
    this.properties = properties;
  }

  /** From now on it says that something lacks. */
  public RecordingDriver lacking(String what) {
    lack = Optional.of(what);
    return this;
  }

  /** The {@code index}-th thing that is asked of it, counted from 0, is refused. */
  public RecordingDriver refusing(int index) {
    refused = index;
    return this;
  }

  /** Whether it came so far. */
  public boolean hasRefused() {
    return asked > refused;
  }

  void ask(String what) {
    if (asked++ == refused) {
      throw new CudaException(what + " is refused");
    }
  }

  public DeviceBytes memory() {
    return memory;
  }

  /** The device that was opened last. */
  public RecordingDevice last() {
    return opened.get(opened.size() - 1);
  }

  /** What was taken from any device and not given back, for people. */
  public List<String> outstanding() {
    List<String> all = new ArrayList<>(memory.outstanding());
    opened.forEach(device -> all.addAll(device.outstanding()));
    return all;
  }

  @Override
  public Optional<String> lack() {
    return lack;
  }

  @Override
  public CudaDevice open() {
    ask("open");
    RecordingDevice device = new RecordingDevice(this, properties);
    opened.add(device);
    return device;
  }
}
