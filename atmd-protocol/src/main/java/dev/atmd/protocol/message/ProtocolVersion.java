package dev.atmd.protocol.message;

/** The version of the wire protocol. Equal major numbers understand each other. */
public record ProtocolVersion(int major, int minor) {
  /** The oldest version that is served; what a client of another major is told. */
  public static final ProtocolVersion BASE = new ProtocolVersion(1, 0);

  /** The newest version that is served. */
  public static final ProtocolVersion CURRENT = new ProtocolVersion(1, 1);

  public boolean isCompatible() {
    return major == CURRENT.major;
  }

  /** The newest version that both ends know; only for compatible versions. */
  public ProtocolVersion agreed() {
    return new ProtocolVersion(major, Math.min(minor, CURRENT.minor));
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
