package dev.lowpass.cli.engine;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.Binding;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaDriver;
import dev.lowpass.runtime.cuda.CudaDrivers;
import dev.lowpass.runtime.cuda.CudaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Inputs and outputs on the first CUDA device, where inferences read and write them without a copy. For one thread. */
final class DeviceMemory implements AutoCloseable {
  private final String place;
  private final CudaDevice device;
  private final List<Long> addresses = new ArrayList<>();
  private boolean closed;

  private DeviceMemory(String place, CudaDevice device) {
    this.place = place;
    this.device = device;
  }

  /**
   * Opens the device.
   *
   * @param place for messages
   * @throws LowpassException LP7036 where there is none
   */
  static DeviceMemory open(String place) {
    CudaDriver driver = CudaDrivers.find();
    driver.lack().ifPresent(lack -> {
      throw new LowpassException("LP7036", place, "no CUDA device: " + lack);
    });
    try {
      return new DeviceMemory(place, driver.open());
    } catch (CudaException e) {
      throw new LowpassException("LP7036", place, "no CUDA device: " + e.getMessage(), e);
    }
  }

  /**
   * Has {@code binding} read {@code inputs} from here, and write its outputs here.
   *
   * @throws LowpassException LP7036 where there is not enough memory
   */
  void take(Binding binding, Map<String, Tensor> inputs, List<TensorSpec> outputs) {
    try {
      inputs.forEach((name, tensor) -> {
        long address = allocate(tensor.buffer().remaining());
        device.upload(address, tensor.buffer());
        device.finish();
        binding.bindInput(name, address);
      });
      outputs.forEach(spec -> binding.bindOutput(spec.name(), allocate(spec.bytes())));
    } catch (CudaException e) {
      throw new LowpassException("LP7036", place, e.getMessage(), e);
    }
  }

  private long allocate(long bytes) {
    long address = device.allocate(Math.max(1, bytes));
    addresses.add(address);
    return address;
  }

  /** Once more is harmless. What reads from here must be closed before. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      addresses.forEach(device::free);
      device.close();
    }
  }
}
