/** What goes over the socket. Knows no daemon: the same code serves both ends. */
@org.jspecify.annotations.NullMarked
module dev.atmd.protocol {
  requires static transitive org.jspecify;
  requires transitive dev.atmd.core;
  requires com.fasterxml.jackson.core;
  // Framing with Netty is for the daemon; a client runs without it.
  requires static io.netty.buffer;
  requires static io.netty.codec;
  requires static io.netty.common;
  requires static io.netty.transport;

  exports dev.atmd.protocol.frame;
  exports dev.atmd.protocol.json;
  exports dev.atmd.protocol.message;
}
