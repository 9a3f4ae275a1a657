package dev.lowpass.runtime.tvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The binding, on what the deploy-only library offers. */
class TvmTest {
  @Test
  void stringsAndArraysComeBack() {
    TvmObject array = Tvm.array(List.of("one", "zwölf"));
    assertThat(array.size()).isEqualTo(2);
    assertThat(Tvm.call("runtime.ArrayGetItem", array, 1)).isEqualTo("zwölf");
  }

  @Test
  void mapsComeBack() {
    Map<Object, Object> entries = new LinkedHashMap<>();
    entries.put(Tvm.string("key"), "value");
    TvmObject map = Tvm.map(entries);
    assertThat(Tvm.call("runtime.MapSize", map)).isEqualTo(1L);
    assertThat(Tvm.call("runtime.MapGetItem", map, Tvm.string("key"))).isEqualTo("value");
  }

  @Test
  void unknownFunctionIsAnError() {
    assertThat(Tvm.hasFunction("no.such")).isFalse();
    assertThatThrownBy(() -> Tvm.call("no.such")).isInstanceOf(TvmException.class).hasMessageContaining("no.such");
  }

  @Test
  void errorsOfTvmHaveASummary() {
    assertThatThrownBy(() -> NativeModule.load(Path.of("no-such.so")))
        .isInstanceOfSatisfying(TvmException.class, e -> assertThat(e.summary()).hasLineCount(1));
  }

  @Test
  void unknownArgumentIsRefusedBeforeTheCall() {
    assertThatThrownBy(() -> Tvm.call("runtime.Array", new Object())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void processorExistsAndVulkanIsNotBuiltIn() {
    assertThat(Device.CPU.exists()).isTrue();
    assertThat(new Device(7, 0).exists()).isFalse();
    assertThatThrownBy(() -> new Device(99, 0)).hasMessageContaining("99");
  }

  @Test
  void hostMemoryIsAlignedAndZero() {
    try (HostMemory memory = HostMemory.allocate(100)) {
      assertThat(memory.address() % DeviceTensor.ALIGNMENT).isZero();
      assertThat(memory.buffer().get(99)).isZero();
      assertThat(HostMemory.addressOf(memory.buffer())).isEqualTo(memory.address());
      assertThat(memory.tensor(DataType.F32).length()).isEqualTo(25);
    }
  }

  @Test
  void addressIsThatOfTheFirstByteWhateverThePosition() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(16);
    long address = HostMemory.addressOf(buffer);
    assertThat(HostMemory.addressOf(buffer.position(5))).isEqualTo(address);
    assertThat(HostMemory.addressOf(buffer.slice())).isEqualTo(address + 5);
  }

  @Test
  void misalignedTensorIsRefused() {
    try (HostMemory memory = HostMemory.allocate(100)) {
      assertThatThrownBy(() -> DeviceTensor.host(memory.address() + 4, DataType.F32, 1)).hasMessageContaining("64");
    }
  }
}
