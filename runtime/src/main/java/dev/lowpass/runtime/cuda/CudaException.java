package dev.lowpass.runtime.cuda;

/** What a CUDA driver refuses, in its words. */
public final class CudaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CudaException(String message) {
    super(message);
  }
}
