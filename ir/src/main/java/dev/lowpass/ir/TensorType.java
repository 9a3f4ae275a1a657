package dev.lowpass.ir;

/** Element type, shape and domain of a value. Prints as {@code f32[1, 64, 14, 14] in dct<7x7, zigzag>}. */
public record TensorType(ElementType element, Shape shape, Domain domain) {
  public TensorType {
    if (domain instanceof Domain.Frequency frequency) {
      if (shape.rank() != 4) {
        throw new IllegalArgumentException("frequency data has shape [N, C, H, W], not " + shape);
      }
      if (frequency.bands().channels() != shape.dim(1)) {
        throw new IllegalArgumentException(
            "bands of %d channels on data of %d channels".formatted(frequency.bands().channels(), shape.dim(1)));
      }
    }
  }

  public static TensorType spatial(ElementType element, Shape shape) {
    return new TensorType(element, shape, Domain.SPATIAL);
  }

  public static TensorType f32(int... dims) {
    return spatial(ElementType.F32, Shape.of(dims));
  }

  public boolean isSpatial() {
    return domain instanceof Domain.Spatial;
  }

  /** The frequency domain of this type; only for data that is not spatial. */
  public Domain.Frequency frequency() {
    if (domain instanceof Domain.Frequency frequency) {
      return frequency;
    }
    throw new IllegalStateException(this + " is spatial");
  }

  public TensorType withShape(Shape changed) {
    return new TensorType(element, changed, domain);
  }

  public TensorType withDomain(Domain changed) {
    return new TensorType(element, shape, changed);
  }

  @Override
  public String toString() {
    return element.toString() + shape + (isSpatial() ? "" : " in " + domain);
  }
}
