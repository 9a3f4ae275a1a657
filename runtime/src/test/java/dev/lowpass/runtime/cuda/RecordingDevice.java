package dev.lowpass.runtime.cuda;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A queue on the memory of a {@link RecordingDriver}. Its one kernel {@code plus} takes two pointers to floats and gives
 * their sums in the third, one for each item; of the second it reads 16 numbers again and again.
 */
public final class RecordingDevice implements CudaDevice {
  /** A program that is refused begins so. */
  public static final String WRONG = "wrong";

  private static final int ADDENDS = 16;

  private final RecordingDriver driver;
  private final CudaProperties properties;
  private final List<String> calls = new ArrayList<>();
  private final List<Runnable> begun = new ArrayList<>();
  private final List<ByteBuffer> pinned = new ArrayList<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private int programs;
  private int sequences;
  private boolean closed;

  RecordingDevice(RecordingDriver driver, CudaProperties properties) {
    this.driver = driver;
    this.properties = properties;
  }

  /** What was asked of it, in order. */
  public List<String> calls() {
    return calls;
  }

  /** What is pinned now. */
  public List<ByteBuffer> pinned() {
    return pinned;
  }

  List<String> outstanding() {
    List<String> all = new ArrayList<>();
    pinned.forEach(host -> all.add("pinned " + host));
    if (programs + sequences > 0) {
      all.add(programs + " programs and " + sequences + " sequences");
    }
    if (!closed) {
      all.add("a device");
    }
    return all;
  }

  private void record(String call) {
    if (closed) {
      throw new IllegalStateException(call + " of a closed device");
    }
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(call + " while another thread calls");
    }
    calls.add(call);
    busy.set(false);
  }

  private void ask(String call) {
    record(call);
    driver.ask(call);
  }

  @Override
  public CudaProperties properties() {
    return properties;
  }

  @Override
  public long allocate(long bytes) {
    ask("allocate");
    return driver.memory().allocate(bytes);
  }

  @Override
  public void free(long address) {
    record("free");
    driver.memory().free(address);
  }

  @Override
  public void pin(ByteBuffer host) {
    requireSome(host);
    ask("pin");
    pinned.add(host);
  }

  @Override
  public void unpin(ByteBuffer host) {
    record("unpin");
    if (!pinned.removeIf(buffer -> buffer == host)) {
      throw new IllegalStateException("unpinned what is not pinned");
    }
  }

  @Override
  public void upload(long address, ByteBuffer host) {
    requireSome(host);
    ask("upload");
    begun.add(() -> driver.memory().at(address).put(host.duplicate()));
  }

  @Override
  public void download(ByteBuffer host, long address) {
    requireSome(host);
    ask("download");
    begun.add(() -> host.duplicate().put(driver.memory().at(address).limit(host.remaining())));
  }

  private static void requireSome(ByteBuffer host) {
    if (!host.isDirect() || !host.hasRemaining()) {
      throw new IllegalArgumentException(host.toString());
    }
  }

  @Override
  public Program load(byte[] ptx) {
    ask("load");
    if (new String(ptx, StandardCharsets.UTF_8).startsWith(WRONG)) {
      throw new CudaException("its PTX is wrong");
    }
    programs++;
    return new Kernels();
  }

  @Override
  public void finish() {
    ask("finish");
    List<Runnable> work = List.copyOf(begun);
    begun.clear();
    work.forEach(Runnable::run);
  }

  @Override
  public void close() {
    if (!closed) {
      record("close");
      closed = true;
    }
  }

  private Runnable checked(Call call) {
    if (!call.kernel().equals("plus") || call.pointers().size() != 3) {
      throw new CudaException("no kernel " + call.kernel() + " of " + call.pointers().size());
    }
    return () -> {
      FloatBuffer first = driver.memory().at(call.pointers().get(0)).asFloatBuffer();
      FloatBuffer second = driver.memory().at(call.pointers().get(1)).asFloatBuffer();
      FloatBuffer sums = driver.memory().at(call.pointers().get(2)).asFloatBuffer();
      for (int i = 0; i < call.groups().count() * call.items().count(); i++) {
        sums.put(i, first.get(i) + second.get(i % ADDENDS));
      }
    };
  }

  private final class Kernels implements Program {
    private boolean unloaded;

    @Override
    public void launch(Call call) {
      ask("launch");
      begun.add(checked(call));
    }

    @Override
    public Sequence sequence(List<Call> calls) {
      ask("sequence");
      List<Runnable> work = calls.stream().map(RecordingDevice.this::checked).toList();
      sequences++;
      return new Launches(work);
    }

    @Override
    public void close() {
      if (!unloaded) {
        record("unload");
        unloaded = true;
        programs--;
      }
    }
  }

  private final class Launches implements Sequence {
    private final List<Runnable> work;
    private boolean dropped;

    private Launches(List<Runnable> work) {
      this.work = work;
    }

    @Override
    public void launch() {
      ask("run");
      begun.addAll(work);
    }

    @Override
    public void close() {
      if (!dropped) {
        record("drop");
        dropped = true;
        sequences--;
      }
    }
  }
}
