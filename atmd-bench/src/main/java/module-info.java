/** Load for any daemon that speaks protocol 1.0, and what it makes of it. */
@org.jspecify.annotations.NullMarked
module dev.atmd.bench {
  requires static transitive org.jspecify;
  requires dev.atmd.protocol;
  requires info.picocli;

  opens dev.atmd.bench to
      info.picocli;
}
