package dev.atmd.server.streams;

import dev.atmd.core.registry.Registry;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.net.Places;
import dev.atmd.server.net.Reports;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The harnesses that this daemon listens to by itself; none unless the configuration names them.
 * Each belongs to one event loop ("atmd-io-1" and so on). Thread-safe.
 */
public final class Streams implements AutoCloseable {
  private final List<Stream> streams;

  private Streams(List<Stream> streams) {
    this.streams = List.copyOf(streams);
  }

  /** What a stream needs of the daemon. */
  record Services(
      Registry registry, Reports reports, StreamGauges gauges, DaemonConfig.Streams settings) {}

  /**
   * Those that the configuration names.
   *
   * @param files for what may block on a disk
   */
  public static Streams of(
      DaemonConfig config,
      List<EventLoop> loops,
      Registry registry,
      Places places,
      Executor files,
      InstantSource clock,
      StreamGauges gauges) {
    var services = new Services(registry, new Reports(places), gauges, config.streams());
    var streams = new ArrayList<Stream>();
    for (var source : sources(config, files, clock)) {
      var loop = loops.get(streams.size() % loops.size());
      var sessions = new ReportedSessions(config.registry().sessions());
      streams.add(new Stream(source, services, sessions, loop));
    }
    return new Streams(streams);
  }

  private static List<Source> sources(DaemonConfig config, Executor files, InstantSource clock) {
    var sources = new ArrayList<Source>();
    var settings = config.streams();
    var codex = settings.places().codex();
    if (codex != null) {
      sources.add(new CodexSource(codex, config.transport(), settings));
    }
    var openCode = settings.places().openCode();
    if (openCode != null) {
      sources.add(new OpenCodeSource(openCode, config.transport(), settings, files, clock));
    }
    return sources;
  }

  /** From now on they are connected to, and again whenever they are lost. */
  public void start() {
    streams.forEach(Stream::start);
  }

  /** Lets go of them; what they told of stays as it is. To be called before the registry closes. */
  @Override
  public void close() {
    streams.forEach(Stream::stop);
  }
}
