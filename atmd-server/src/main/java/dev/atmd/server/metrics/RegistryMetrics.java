package dev.atmd.server.metrics;

import dev.atmd.core.registry.RegistryGauges;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much the registry holds, and how it copes. Thread-safe; sizes are the registry's to set. */
final class RegistryMetrics implements RegistryGauges {
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicLong textBytes = new AtomicLong();
  private final AtomicLong textsShortened = new AtomicLong();
  private final Counter failures;
  private final Counter mailboxFull;

  RegistryMetrics(Meters meters) {
    failures = meters.counter("atmd.registry.failures", "Commands that met a bug");
    mailboxFull =
        meters.counter(
            "atmd.registry.mailbox.full", "Times a connection waited for room in the mailbox");
    meters.gauge("atmd.registry.sessions", "Sessions there are", sessions, AtomicInteger::get);
    meters.gauge(
        "atmd.registry.texts.bytes",
        "What the texts of all sessions take",
        textBytes,
        AtomicLong::get);
    meters.gauge(
        "atmd.registry.texts.shortened",
        "Sessions that have lost text, or gone, because all of it was too much",
        textsShortened,
        AtomicLong::get);
  }

  @Override
  public void sessions(int count) {
    sessions.setPlain(count);
  }

  @Override
  public void texts(long bytes, long shortened) {
    textBytes.setPlain(bytes);
    textsShortened.setPlain(shortened);
  }

  @Override
  public void commandFailed() {
    failures.increment();
  }

  @Override
  public void mailboxWasFull() {
    mailboxFull.increment();
  }
}
