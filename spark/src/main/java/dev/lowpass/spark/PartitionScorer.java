package dev.lowpass.spark;

import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/** What a task does: leases the model, and runs a session of its own until the task ends, in whatever way. */
record PartitionScorer(Scoring scoring, ShippedArtifact artifact, StructType schema, ScoringMetrics metrics)
    implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    TaskContext task = TaskContext.get();
    LoadedModels.Lease lease = LoadedModels.ofThisJvm().lease(artifact.sha256(), this::load);
    // What is registered last is closed first.
    task.addTaskCompletionListener((TaskCompletionListener) ended -> lease.close());
    Session session = lease.model().newSession(SessionOptions.threads(task.cpus()));
    task.addTaskCompletionListener((TaskCompletionListener) ended -> session.close());
    ScoringPlan plan = ScoringPlan.of(scoring, lease.model(), schema);
    return new ScoredRows(rows, plan, session, scoring.errors() != null, metrics);
  }

  private Model load() {
    Model model = artifact.load(scoring.trust());
    metrics.loads().add(1);
    return model;
  }
}
