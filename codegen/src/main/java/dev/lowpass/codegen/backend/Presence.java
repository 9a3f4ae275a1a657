package dev.lowpass.codegen.backend;

/** Whether this machine can run what is compiled for a target. */
public sealed interface Presence {
  /** @param device what runs it, for people */
  record Here(String device) implements Presence {}

  /**
   * It cannot.
   *
   * @param lack what is not there, for people: {@code no OpenCL device}
   * @param remedy what it would take
   */
  record Missing(String lack, String remedy) implements Presence {}
}
