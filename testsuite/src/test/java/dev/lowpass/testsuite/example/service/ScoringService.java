package dev.lowpass.testsuite.example.service;

import dev.lowpass.runtime.LatencyHistogram;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * {@code POST /score} takes a sample, its values as little-endian float32, and answers with the model's output in the
 * same form: 400 where the length is wrong, 503 where too many wait already. {@code GET /health} says how it goes.
 */
final class ScoringService implements AutoCloseable {
  private static final double MILLION = 1e6;

  private final LatencyHistogram batches = new LatencyHistogram();
  private final LatencyHistogram answers = new LatencyHistogram();
  private final LongAdder refused = new LongAdder();
  private final MicroBatcher batcher;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /**
   * A service that is ready.
   *
   * @param port 0 for any that is free
   * @param places how many samples may wait
   */
  ScoringService(Model model, int port, int places, int threads) throws Exception {
    this.batcher = new MicroBatcher(model, places, SessionOptions.threads(threads).withMetrics(batches));
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(new Routes());
    server.start();
  }

  int port() {
    return connector.getLocalPort();
  }

  LatencyHistogram answers() {
    return answers;
  }

  private final class Routes extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String route = request.getMethod() + " " + Request.getPathInContext(request);
      switch (route) {
        case "GET /health" -> {
          response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
          Content.Sink.write(response, true, health(), callback);
        }
        case "POST /score" ->
            Content.Source.asByteArrayAsync(request, batcher.sampleLength() * Float.BYTES)
                .whenComplete((body, failure) -> {
                  if (failure != null) {
                    fail(request, response, callback, HttpStatus.BAD_REQUEST_400, "the body cannot be read, or is too long");
                  } else {
                    score(body, request, response, callback);
                  }
                });
        default -> fail(request, response, callback, HttpStatus.NOT_FOUND_404, "POST /score or GET /health");
      }
      return true;
    }
  }

  private void score(byte[] body, Request request, Response response, Callback callback) {
    if (body.length != batcher.sampleLength() * Float.BYTES) {
      String wanted = "a sample has " + batcher.sampleLength() * Float.BYTES + " bytes, not " + body.length;
      fail(request, response, callback, HttpStatus.BAD_REQUEST_400, wanted);
      return;
    }
    float[] sample = new float[batcher.sampleLength()];
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(sample);
    long start = System.nanoTime();
    try {
      batcher
          .submit(sample)
          .whenComplete((scores, failure) -> {
            if (failure != null) {
              fail(request, response, callback, HttpStatus.INTERNAL_SERVER_ERROR_500, String.valueOf(failure.getMessage()));
            } else {
              answers.ran(System.nanoTime() - start);
              ByteBuffer bytes = ByteBuffer.allocate(scores.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
              bytes.asFloatBuffer().put(scores);
              response.write(true, bytes, callback);
            }
          });
    } catch (RejectedExecutionException e) {
      refused.increment();
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
      fail(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, String.valueOf(e.getMessage()));
    }
  }

  private static void fail(Request request, Response response, Callback callback, int status, String reason) {
    Response.writeError(request, response, callback, status, reason);
  }

  private String health() {
    return String.format(
        Locale.ROOT,
        "{\"status\":\"up\",\"waiting\":%d,\"answered\":%d,\"refused\":%d,\"failed\":%d,\"batches\":%d,"
            + "\"milliseconds\":{\"p50\":%.3f,\"p95\":%.3f,\"p99\":%.3f}}",
        batcher.waiting(),
        answers.runs(),
        refused.sum(),
        batches.failures(),
        batches.runs(),
        answers.percentile(0.5) / MILLION,
        answers.percentile(0.95) / MILLION,
        answers.percentile(0.99) / MILLION);
  }

  /** Stops listening, answers all who wait, and frees everything. */
  @Override
  public void close() throws Exception {
    connector.close();
    batcher.close();
    server.stop();
  }
}
