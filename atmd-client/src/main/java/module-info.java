@org.jspecify.annotations.NullMarked
module dev.atmd.client {
  requires static transitive org.jspecify;
  requires transitive dev.atmd.protocol;
}
