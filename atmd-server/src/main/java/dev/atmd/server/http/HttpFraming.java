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

/** Lets connections speak HTTP. Shared by all of them; thread-safe. */
public final class HttpFraming implements Framing {
  private final Services services;

  /** What all connections share. */
  record Services(Registry registry, Reports reports, ConnectionGauges gauges) {}

  public HttpFraming(Registry registry, Places places, ConnectionGauges gauges) {
    this.services = new Services(registry, new Reports(places), gauges);
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
