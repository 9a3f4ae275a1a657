package dev.lowpass.codegen.cpu.choice;

/** What may be chosen about one step. The code that makes the step says so, beside itself. */
public interface Knobs {
  /** Of a step that is made in one way. */
  Knobs NONE =
      new Knobs() {
        @Override
        public Choice builtIn() {
          return Choice.NONE;
        }

        @Override
        public void addTo(Neighbours near, Breadth breadth) {}
      };

  /** What is chosen without a search: a value for each knob that the step has. */
  Choice builtIn();

  /** Adds the choices that a search should try around {@link Neighbours#centre}, the most promising first. */
  void addTo(Neighbours near, Breadth breadth);
}
