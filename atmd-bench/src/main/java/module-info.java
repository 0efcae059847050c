/** Load for any daemon that speaks protocol 1.0, and what it makes of it. */
@org.jspecify.annotations.NullMarked
module dev.atmd.bench {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires dev.atmd.core;
  requires dev.atmd.protocol;
  requires dev.atmd.server;
  requires info.picocli;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires java.compiler;
  requires jmh.core;
  requires HdrHistogram;

  opens dev.atmd.bench to
      info.picocli;
}
