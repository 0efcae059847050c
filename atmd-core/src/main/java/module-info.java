/** Sessions and the registry that owns them. Knows no bytes, no sockets and no clock of its own. */
@org.jspecify.annotations.NullMarked
module dev.atmd.core {
  requires com.github.benmanes.caffeine;
  requires static transitive org.jspecify;

  exports dev.atmd.core.registry;
  exports dev.atmd.core.session;
  exports dev.atmd.core.text;
}
