/** The Java client: a library, the {@code atm} command, and agents to try both with. */
@org.jspecify.annotations.NullMarked
module dev.atmd.client {
  requires static transitive org.jspecify;
  requires transitive dev.atmd.protocol;
  requires info.picocli;
  requires jdk.net;
  requires org.jline.terminal;

  exports dev.atmd.client;
  exports dev.atmd.client.cli;
  exports dev.atmd.client.demo;

  opens dev.atmd.client.cli to
      info.picocli;
}
