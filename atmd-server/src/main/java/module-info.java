/** The daemon: everything between a socket and the registry. */
@org.jspecify.annotations.NullMarked
module dev.atmd.server {
  requires static transitive org.jspecify;
  requires transitive dev.atmd.core;
  requires transitive dev.atmd.protocol;
  requires dev.atmd.client;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.toml;
  requires com.github.benmanes.caffeine;
  requires info.picocli;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires java.logging;
  requires java.net.http;
  requires java.sql;
  requires jdk.net;
  requires micrometer.core;
  requires micrometer.registry.otlp;
  requires micrometer.registry.prometheus;

  opens dev.atmd.server.cli to
      info.picocli;
}
