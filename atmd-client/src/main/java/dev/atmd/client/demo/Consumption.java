package dev.atmd.client.demo;

import java.util.random.RandomGenerator;

/** Tokens, money and time that an agent has used. Only grows, but for a full context. */
final class Consumption {
  private static final long COMPACT_AT = 185_000;
  private static final long COMPACTED = 24_000;

  private final RandomGenerator random;
  private long contextTokens;
  private long outputTokens;
  private long totalInput;
  private long micros;
  private long millis;
  private long linesAdded;
  private long linesRemoved;

  Consumption(RandomGenerator random) {
    this.random = random;
    this.contextTokens = 14_000 + random.nextLong(90_000);
    this.micros = 50_000 + random.nextLong(900_000);
  }

  /** One call of the model. */
  void grow() {
    contextTokens += 900 + random.nextLong(6_000);
    if (contextTokens > COMPACT_AT) {
      contextTokens = COMPACTED;
    }
    outputTokens = 80 + random.nextLong(1_200);
    totalInput += contextTokens;
    micros += 8_000 + random.nextLong(60_000);
    millis += 900 + random.nextLong(2_000);
  }

  void edit() {
    linesAdded += 1 + random.nextLong(40);
    linesRemoved += random.nextLong(12);
  }

  long contextTokens() {
    return contextTokens;
  }

  long micros() {
    return micros;
  }

  JsonObject cost() {
    return new JsonObject()
        .putMicros("total_cost_usd", micros)
        .put("total_duration_ms", millis)
        .put("total_api_duration_ms", millis * 2 / 3)
        .put("total_lines_added", linesAdded)
        .put("total_lines_removed", linesRemoved);
  }

  JsonObject contextWindow() {
    return new JsonObject()
        .put("total_input_tokens", totalInput)
        .put("total_output_tokens", outputTokens)
        .put("context_window_size", 200_000)
        .put(
            "current_usage",
            new JsonObject()
                .put("input_tokens", contextTokens / 50)
                .put("output_tokens", outputTokens)
                .put("cache_creation_input_tokens", contextTokens / 20)
                .put(
                    "cache_read_input_tokens",
                    contextTokens - contextTokens / 50 - contextTokens / 20));
  }
}
