package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Device;
import dev.lowpass.runtime.tvm.DeviceMemory;
import dev.lowpass.runtime.tvm.DeviceQueue;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import java.util.ArrayList;
import java.util.List;

/** Tensors that are bound to calls. On the processor they are used in place; for a device they are copied. */
sealed interface Arena extends AutoCloseable {
  /** What the kernels see of {@code tensor}, which must stay reachable while this arena is used. */
  DeviceTensor input(Tensor tensor);

  /** As {@link #input}, for a tensor that the kernels write. */
  DeviceTensor output(Tensor tensor);

  /** Whether kernels work on the tensors themselves. */
  boolean isInPlace();

  /** Before a call: brings inputs to the device. */
  void upload();

  /** After a call: brings outputs back. */
  void download();

  /** Waits until the device has done what it was given. */
  void finish();

  @Override
  void close();

  /** What compiled code takes {@code type} for: numbers of half the width are bits to it, truth values bytes. */
  private static DataType dataType(ElementType type) {
    return switch (type) {
      case F32 -> DataType.F32;
      case F64 -> DataType.F64;
      case F16, BF16, U16 -> DataType.U16;
      case I8 -> DataType.I8;
      case U8, BOOL -> DataType.U8;
      case I16 -> DataType.I16;
      case I32 -> DataType.I32;
      case U32 -> DataType.U32;
      case I64 -> DataType.I64;
      case U64 -> DataType.U64;
    };
  }

  /** The processor's memory. */
  final class Host implements Arena {
    @Override
    public DeviceTensor input(Tensor tensor) {
      return DeviceTensor.host(HostMemory.addressOf(tensor.buffer()), dataType(tensor.type()), tensor.elements());
    }

    @Override
    public DeviceTensor output(Tensor tensor) {
      return input(tensor);
    }

    @Override
    public boolean isInPlace() {
      return true;
    }

    @Override
    public void upload() {}

    @Override
    public void download() {}

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }

  /** A device's memory, with a block for each bound tensor. */
  final class Remote implements Arena {
    private record Copy(long address, long bytes, DeviceMemory block) {}

    private final Device device;
    private final List<DeviceMemory> blocks = new ArrayList<>();
    private final List<Copy> inputs = new ArrayList<>();
    private final List<Copy> outputs = new ArrayList<>();

    Remote(Device device) {
      this.device = device;
    }

    @Override
    public DeviceTensor input(Tensor tensor) {
      return bind(tensor, inputs);
    }

    @Override
    public DeviceTensor output(Tensor tensor) {
      return bind(tensor, outputs);
    }

    private DeviceTensor bind(Tensor tensor, List<Copy> copies) {
      long bytes = tensor.buffer().capacity();
      DeviceMemory block = DeviceMemory.allocate(device, bytes);
      blocks.add(block);
      copies.add(new Copy(HostMemory.addressOf(tensor.buffer()), bytes, block));
      return block.tensor(dataType(tensor.type()));
    }

    @Override
    public boolean isInPlace() {
      return false;
    }

    @Override
    public void upload() {
      inputs.forEach(copy -> copy.block().copyFrom(copy.address(), copy.bytes()));
    }

    @Override
    public void download() {
      outputs.forEach(copy -> copy.block().copyTo(copy.address(), copy.bytes()));
    }

    @Override
    public void finish() {
      DeviceQueue.drain(device);
    }

    @Override
    public void close() {
      blocks.forEach(DeviceMemory::close);
    }
  }
}
