package dev.atmd.bench.measure;

import dev.atmd.bench.measure.Report.Of;
import dev.atmd.bench.system.AtmDaemon;
import dev.atmd.bench.system.AtmIntake;
import dev.atmd.bench.system.BareFanOut;
import dev.atmd.bench.system.BareIntake;
import dev.atmd.bench.system.Intake;
import dev.atmd.bench.system.Nats;
import dev.atmd.bench.system.Payload;
import dev.atmd.bench.system.PubSub;
import dev.atmd.bench.system.Redis;
import java.io.Closeable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who takes part: the daemon, its peers, and what the bench starts itself when it is
 * first needed. Used by one thread.
 */
public final class Field implements Closeable {
  private final Map<Of, AtmDaemon> daemons = new EnumMap<>(Of.class);
  private final boolean alone;
  private final Map<Of, PubSub> started = new EnumMap<>(Of.class);
  private @Nullable BareIntake bareIntake;

  /**
   * Those that run already.
   *
   * @param alone whether nobody else is to be started
   */
  public Field(AtmDaemon daemon, @Nullable AtmDaemon against, boolean alone) {
    this.alone = alone;
    daemons.put(Of.DAEMON, daemon);
    if (against != null) {
      daemons.put(Of.AGAINST, against);
    }
  }

  /** The daemon and its peer, if there is one. */
  Map<Of, AtmDaemon> daemons() {
    return daemons;
  }

  /** All that pass messages on. */
  Map<Of, PubSub> pubSubs() throws IOException {
    if (started.isEmpty() && !alone) {
      start();
    }
    var all = new EnumMap<Of, PubSub>(Of.class);
    all.putAll(daemons);
    all.putAll(started);
    return all;
  }

  /** All that take status lines. */
  Map<Of, Intake> intakes() throws IOException {
    if (bareIntake == null && !alone) {
      bareIntake = BareIntake.start();
    }
    var all = new EnumMap<Of, Intake>(Of.class);
    daemons.forEach((of, daemon) -> all.put(of, new AtmIntake(daemon)));
    if (bareIntake != null) {
      all.put(Of.BARE, bareIntake);
    }
    return all;
  }

  private void start() throws IOException {
    var daemon = daemons.get(Of.DAEMON);
    if (daemon == null) {
      throw new IllegalStateException("there is no daemon");
    }
    var payload = Payload.of(daemon);
    started.put(Of.BARE, BareFanOut.start(payload));
    if (Redis.isInstalled()) {
      started.put(Of.REDIS, Redis.start(payload));
    }
    if (Nats.isInstalled()) {
      started.put(Of.NATS, Nats.start(payload));
    }
  }

  @Override
  public void close() throws IOException {
    for (var system : started.values()) {
      system.close();
    }
    if (bareIntake != null) {
      bareIntake.close();
    }
  }
}
