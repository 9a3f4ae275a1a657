package dev.lowpass.runtime.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Memory by made-up addresses, of which none but those that were given out may be used. */
public final class DeviceBytes {
  private static final long ALIGNMENT = 256;

  private final TreeMap<Long, ByteBuffer> blocks = new TreeMap<>();
  private long next = 0x7000_0000L;

  /** A block of bytes that are not zero. */
  public synchronized long allocate(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(bytes + " bytes");
    }
    long address = next;
    next += (bytes + 2 * ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    byte[] junk = new byte[Math.toIntExact(bytes)];
    java.util.Arrays.fill(junk, (byte) 0x55);
    blocks.put(address, ByteBuffer.wrap(junk));
    return address;
  }

  public synchronized void free(long address) {
    if (blocks.remove(address) == null) {
      throw new IllegalStateException("freed what is not allocated");
    }
  }

  /** What is from an address to the end of its block. */
  public synchronized ByteBuffer at(long address) {
    Map.Entry<Long, ByteBuffer> block = blocks.floorEntry(address);
    if (block == null || address - block.getKey() >= block.getValue().capacity()) {
      throw new IllegalStateException("nothing is at " + address);
    }
    int offset = (int) (address - block.getKey());
    ByteBuffer bytes = block.getValue();
    return bytes.slice(offset, bytes.capacity() - offset).order(ByteOrder.nativeOrder());
  }

  /** Sizes of what is allocated, in the order of addresses. */
  public synchronized List<Integer> sizes() {
    return blocks.values().stream().map(ByteBuffer::capacity).toList();
  }

  synchronized List<String> outstanding() {
    return blocks.values().stream().map(block -> block.capacity() + " bytes").toList();
  }
}
