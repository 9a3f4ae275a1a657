package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.cuda.CudaDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The inputs or the outputs of a size: memory of the host, pinned, and for each some on the device. */
final class CudaTensors {
  /**
   * One of them.
   *
   * @param own memory on the device that is copied from or to the host
   * @param address where the kernels find it: its own, or the caller's, which is not copied
   */
  private record Place(ByteBuffer host, long own, long address) {
    boolean isCopied() {
      return address == own && host.hasRemaining();
    }
  }

  private final CudaDevice device;
  private final List<Place> places = new ArrayList<>();

  CudaTensors(CudaDevice device, CudaHoldings holdings, Collection<Tensor> tensors) {
    this.device = device;
    for (Tensor tensor : tensors) {
      ByteBuffer host = tensor.buffer();
      holdings.pin(host);
      long own = holdings.allocate(host.remaining());
      places.add(new Place(host, own, own));
    }
  }

  long address(int index) {
    return places.get(index).address();
  }

  /** From now on it is the caller's memory on the device that is meant. */
  void bind(int index, long address) {
    Place place = places.get(index);
    places.set(index, new Place(place.host(), place.own(), address));
  }

  void upload() {
    for (Place place : places) {
      if (place.isCopied()) {
        device.upload(place.own(), place.host());
      }
    }
  }

  void download() {
    for (Place place : places) {
      if (place.isCopied()) {
        device.download(place.host(), place.own());
      }
    }
  }
}
