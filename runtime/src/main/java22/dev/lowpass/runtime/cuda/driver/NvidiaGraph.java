package dev.lowpass.runtime.cuda.driver;

import dev.lowpass.runtime.cuda.CudaDevice;
import java.lang.foreign.MemorySegment;

/** A graph of launches, ready to be launched. */
final class NvidiaGraph implements CudaDevice.Sequence {
  private final Functions functions;
  private final NvidiaDevice device;
  private final MemorySegment graph;
  private boolean closed;

  NvidiaGraph(Functions functions, NvidiaDevice device, MemorySegment graph) {
    this.functions = functions;
    this.device = device;
    this.graph = graph;
  }

  @Override
  public void launch() {
    device.enter();
    functions.require("cuGraphLaunch", functions.graphLaunch(graph, device.stream()));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      device.tryToEnter();
      functions.graphExecDestroy(graph);
    }
  }
}
