package dev.lowpass.runtime.artifact;

/** Where kernels run. {@link #toString} is its name in manifests, and the reverse of {@link #parse}. */
public enum DeviceKind {
  CPU("cpu"),
  OPENCL("opencl"),
  CUDA("cuda");

  private final String name;

  DeviceKind(String name) {
    this.name = name;
  }

  /** @throws IllegalArgumentException for a name that no device has */
  public static DeviceKind parse(String name) {
    StringBuilder known = new StringBuilder();
    for (DeviceKind kind : values()) {
      if (kind.name.equals(name)) {
        return kind;
      }
      known.append(known.length() == 0 ? "" : ", ").append(kind.name);
    }
    throw new IllegalArgumentException("device '" + name + "' is none of " + known);
  }

  @Override
  public String toString() {
    return name;
  }
}
