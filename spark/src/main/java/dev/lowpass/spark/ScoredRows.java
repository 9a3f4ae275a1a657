package dev.lowpass.spark;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** A partition's rows in their order, scored a batch at a time when they are asked for. For one thread. */
final class ScoredRows implements Iterator<Row> {
  private static final long NANOS = 1_000_000;

  private final Iterator<Row> rows;
  private final ScoringPlan plan;
  private final Session session;
  private final boolean keepsFailed;
  private final ScoringMetrics metrics;
  private final Queue<Row> scored = new ArrayDeque<>();

  /** Time that was not counted yet. */
  private long nanos;

  /** @param keepsFailed whether a row that cannot be scored is one with a message, or an exception */
  ScoredRows(Iterator<Row> rows, ScoringPlan plan, Session session, boolean keepsFailed, ScoringMetrics metrics) {
    this.rows = rows;
    this.plan = plan;
    this.session = session;
    this.keepsFailed = keepsFailed;
    this.metrics = metrics;
  }

  @Override
  public boolean hasNext() {
    return !scored.isEmpty() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows");
    }
    if (scored.isEmpty()) {
      scoreBatch();
    }
    return scored.remove();
  }

  /** A row that fails takes a place in its batch. What such places, and those behind the last row, hold is not read. */
  private void scoreBatch() {
    List<Row> batch = new ArrayList<>();
    List<@Nullable String> problems = new ArrayList<>();
    int failed = 0;
    while (batch.size() < plan.batch() && rows.hasNext()) {
      Row row = rows.next();
      long start = System.nanoTime();
      String problem = read(row, batch.size());
      nanos += System.nanoTime() - start;
      batch.add(row);
      problems.add(problem);
      failed += problem == null ? 0 : 1;
    }
    if (failed < batch.size()) {
      long start = System.nanoTime();
      session.run();
      nanos += System.nanoTime() - start;
      metrics.batches().add(1);
    }
    for (int slot = 0; slot < batch.size(); slot++) {
      scored.add(result(batch.get(slot), slot, problems.get(slot)));
    }
    metrics.rows().add(batch.size());
    metrics.failedRows().add(failed);
    metrics.milliseconds().add(nanos / NANOS);
    nanos %= NANOS;
  }

  /** What is wrong with a row; null where nothing is. */
  private @Nullable String read(Row row, int slot) {
    try {
      for (Map.Entry<String, InputColumn> input : plan.inputs().entrySet()) {
        input.getValue().read(row, slot(session.input(input.getKey()).buffer(), slot));
      }
      return null;
    } catch (LowpassRuntimeException e) {
      if (keepsFailed) {
        return e.getMessage();
      }
      throw e;
    }
  }

  private ByteBuffer slot(ByteBuffer batch, int slot) {
    int bytes = batch.capacity() / plan.batch();
    return batch.slice(slot * bytes, bytes).order(ByteOrder.nativeOrder());
  }

  private Row result(Row row, int slot, @Nullable String problem) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.get(i));
    }
    for (TensorSpec output : plan.outputs()) {
      values.add(problem == null ? output(output, slot) : null);
    }
    if (keepsFailed) {
      values.add(problem);
    }
    return RowFactory.create(values.toArray());
  }

  private Object output(TensorSpec output, int slot) {
    ByteBuffer part = slot(session.output(output.name()).buffer(), slot);
    return Elements.array(part, output.type(), output.elements() / plan.batch());
  }
}
