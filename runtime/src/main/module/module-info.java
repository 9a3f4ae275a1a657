/**
 * Loads and runs compiled models. TVM's binding is a module that asks for more than there is: its jar stays on the class
 * path, which this module reads with {@code --add-reads dev.lowpass.runtime=ALL-UNNAMED}.
 */
module dev.lowpass.runtime {
  requires org.bytedeco.javacpp;

  // Of pictures only.
  requires static java.desktop;

  exports dev.lowpass.runtime;
  exports dev.lowpass.runtime.picture;

  uses dev.lowpass.runtime.cuda.CudaDriver;
  uses dev.lowpass.runtime.natives.NativeLibraries;

  provides dev.lowpass.runtime.cuda.CudaDriver with
      dev.lowpass.runtime.cuda.driver.NvidiaDriver;
}
