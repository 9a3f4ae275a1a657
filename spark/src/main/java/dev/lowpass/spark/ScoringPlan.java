package dev.lowpass.spark;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What of a dataset goes into a model, and what comes out. Made where a job is planned, to find mistakes, and again by
 * each task.
 *
 * @param batch rows of an inference, as the artifact was compiled
 * @param inputs by the model's names
 * @param outputs in the order of the new columns
 * @param schema of the result
 */
record ScoringPlan(int batch, Map<String, InputColumn> inputs, List<TensorSpec> outputs, StructType schema) {
  /**
   * What {@code scoring} asks for, of a model's first size.
   *
   * @throws LowpassRuntimeException LP5040 where names, types or shapes do not fit
   */
  static ScoringPlan of(Scoring scoring, Model model, StructType rows) {
    long batch = batch(model.inputs().get(0));
    Map<String, TensorSpec> taken = named(scoring.inputs(), model.inputs(), "input");
    if (taken.size() != model.inputs().size()) {
      throw misfit("columns for " + taken.keySet() + ", but the model takes " + model.inputs());
    }
    Map<String, InputColumn> inputs = new LinkedHashMap<>();
    taken.forEach((column, spec) -> {
      requireBatch(spec, batch);
      inputs.put(spec.name(), InputColumn.of(spec, rows, column, scoring.pictures().preprocessing()));
    });
    List<TensorSpec> outputs = new ArrayList<>();
    StructType schema = rows;
    for (Map.Entry<String, TensorSpec> output : named(scoring.outputs(), model.outputs(), "output").entrySet()) {
      TensorSpec spec = output.getValue();
      requireBatch(spec, batch);
      outputs.add(spec);
      schema = with(schema, new StructField(
          output.getKey(),
          DataTypes.createArrayType(Elements.columnType(spec), false),
          scoring.errors() != null,
          Metadata.empty()));
    }
    if (scoring.errors() != null) {
      schema = with(schema, new StructField(scoring.errors(), DataTypes.StringType, true, Metadata.empty()));
    }
    return new ScoringPlan(Math.toIntExact(batch), inputs, outputs, schema);
  }

  private static StructType with(StructType schema, StructField field) {
    if (Arrays.asList(schema.fieldNames()).contains(field.name())) {
      throw new LowpassRuntimeException(5040, field.name(), "there is such a column already; name another");
    }
    return schema.add(field);
  }

  /** By column, what of a model has the name; the nameless is the only one, or of several outputs the first. */
  private static Map<String, TensorSpec> named(Map<String, String> columns, List<TensorSpec> specs, String what) {
    Map<String, TensorSpec> named = new LinkedHashMap<>();
    columns.forEach((name, column) -> {
      TensorSpec found =
          specs.stream()
              .filter(spec -> name.equals(Scoring.ONLY) || spec.name().equals(name))
              .findFirst()
              .orElseThrow(() -> misfit("no " + what + " '" + name + "'; the model has " + specs));
      named.put(column, found);
    });
    return named;
  }

  private static long batch(TensorSpec spec) {
    return spec.shape().isEmpty() ? 0 : spec.shape().get(0);
  }

  private static void requireBatch(TensorSpec spec, long batch) {
    if (batch < 1 || batch(spec) != batch) {
      throw misfit(spec + " has no batch for its first extent, or another than the others' " + batch);
    }
  }

  private static LowpassRuntimeException misfit(String problem) {
    return new LowpassRuntimeException(5040, "model", problem);
  }
}
