package dev.atmd.protocol.adapter;

import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.Money;
import dev.atmd.protocol.json.PayloadReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of a pi conversation say of tokens and money. They have no fixed shape, so
 * nothing in them is an error.
 */
final class PiUsage {
  private final PayloadReader in;
  private @Nullable Long totalTokens;
  private long inputTokens;
  private long outputTokens;
  private @Nullable Double cost;

  private PiUsage(PayloadReader in) {
    this.in = in;
  }

  /** The usage of the last message that has any; null if none has. */
  static @Nullable UsageMeasured readLast(PayloadReader in) throws IOException {
    UsageMeasured last = null;
    if (!in.isArray()) {
      in.skip();
      return null;
    }
    while (in.nextElement()) {
      var found = readMessage(in);
      last = found == null ? last : found;
    }
    return last;
  }

  private static @Nullable UsageMeasured readMessage(PayloadReader in) throws IOException {
    if (!in.isObject()) {
      in.skip();
      return null;
    }
    UsageMeasured found = null;
    for (var field = in.nextField(); field != null; field = in.nextField()) {
      if (field.equals("usage") && in.isObject()) {
        var usage = new PiUsage(in);
        usage.readFields();
        found = usage.measured();
      } else {
        in.skip();
      }
    }
    return found;
  }

  private void readFields() throws IOException {
    for (var field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "totalTokens" -> totalTokens = in.countIfAny();
        case "input" -> inputTokens = Values.orZero(in.countIfAny());
        case "output" -> outputTokens = Values.orZero(in.countIfAny());
        case "cost" -> readCost();
        default -> in.skip();
      }
    }
  }

  private void readCost() throws IOException {
    if (!in.isObject()) {
      in.skip();
      return;
    }
    for (var field = in.nextField(); field != null; field = in.nextField()) {
      if (field.equals("total")) {
        cost = in.numberIfAny();
      } else {
        in.skip();
      }
    }
  }

  private @Nullable UsageMeasured measured() {
    var sum = inputTokens + outputTokens;
    var tokens = totalTokens != null ? totalTokens : sum > 0 ? (Long) sum : null;
    return tokens == null && cost == null
        ? null
        : new UsageMeasured(tokens, cost == null ? null : Money.ofDollars(cost));
  }
}
