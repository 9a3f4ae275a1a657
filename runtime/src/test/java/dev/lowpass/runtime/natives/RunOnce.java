package dev.lowpass.runtime.natives;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.RectifyModel;

/** A program that loads a model and says where its natives are, or what the runtime says. */
final class RunOnce {
  private RunOnce() {}

  public static void main(String[] arguments) {
    try {
      RectifyModel.load().close();
      System.out.println(Natives.load().folder());
    } catch (LowpassRuntimeException e) {
      System.out.println(e.getMessage());
    }
  }
}
