package dev.atmd.server.log;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Writes each line that the rate limit lets through to all outputs. */
final class LimitedHandler extends Handler {
  private final RateLimit limit;
  private final List<Handler> outputs;

  LimitedHandler(RateLimit limit, List<Handler> outputs) {
    this.limit = limit;
    this.outputs = List.copyOf(outputs);
    for (var output : outputs) {
      output.setFormatter(new LineFormat());
      output.setLevel(Level.ALL);
    }
  }

  @Override
  public void publish(LogRecord line) {
    if (limit.isLoggable(line)) {
      outputs.forEach(output -> output.publish(line));
    }
  }

  @Override
  public void flush() {
    outputs.forEach(Handler::flush);
  }

  @Override
  public void close() {
    outputs.forEach(Handler::close);
  }
}
