package dev.atmd.server.http;

import dev.atmd.core.registry.Registry;
import dev.atmd.protocol.frame.FrameBudget;
import dev.atmd.server.net.ConnectionGauges;
import dev.atmd.server.net.ConnectionLimits;
import dev.atmd.server.net.Framing;
import dev.atmd.server.net.Places;
import dev.atmd.server.net.Reports;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.function.Consumer;

/** Lets connections speak HTTP. Shared by all of them; thread-safe. */
public final class HttpFraming implements Framing {
  private final Services services;

  /** What all connections share. */
  record Services(
      Registry registry, Reports reports, ConnectionGauges gauges, Consumer<String> applied) {}

  /**
   * @param applied hears the id of each event that its sender wanted to know applied, on the
   *     registry's thread and before the sender does
   */
  public HttpFraming(
      Registry registry, Places places, ConnectionGauges gauges, Consumer<String> applied) {
    this.services = new Services(registry, new Reports(places), gauges, applied);
  }

  @Override
  public void install(Channel channel, ConnectionLimits limits, FrameBudget unfinished) {
    var decoder = new RequestDecoder();
    var body = new Body(limits.frameBytes(), unfinished);
    channel
        .pipeline()
        .addLast(decoder)
        .addLast(new HttpResponseEncoder())
        .addLast(new HttpHandler(channel, services, limits, decoder, body));
  }
}
