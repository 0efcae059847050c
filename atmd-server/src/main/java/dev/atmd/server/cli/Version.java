package dev.atmd.server.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, as the build wrote it down. */
final class Version implements IVersionProvider {
  Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {"atmd " + number()};
  }

  static String number() {
    var version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }
}
