package dev.atmd.client.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the socket is one that only its user can reach.
 *
 * @param socket where it is
 * @param legacy the name that older clients look for
 */
record SocketCheck(Path socket, Path legacy) {
  private static final String TOPIC = "socket";

  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    try {
      findings.add(socketItself());
    } catch (IOException e) {
      findings.add(
          Finding.problem(TOPIC, socket + ": " + e, "choose another place with ATM_SOCKET"));
    }
    findings.add(legacyName());
    return findings;
  }

  private Finding socketItself() throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return Finding.problem(TOPIC, "nothing at " + socket, "start the daemon: `atmd start`");
    }
    var attributes = Files.readAttributes(socket, PosixFileAttributes.class);
    if (!attributes.isOther()) {
      return Finding.problem(
          TOPIC, socket + " is no socket", "move it away, then start the daemon: `atmd start`");
    }
    var mode = PosixFilePermissions.toString(attributes.permissions());
    var seen = socket + " of " + attributes.owner().getName() + ", " + mode;
    if (!attributes.owner().equals(user())) {
      return Finding.problem(
          TOPIC, seen + ", not yours", "choose a place of your own with ATM_SOCKET");
    }
    if (mode.startsWith("rw")
        && attributes.permissions().stream().allMatch(SocketCheck::isOwners)) {
      return Finding.ok(TOPIC, seen);
    }
    return Finding.warning(TOPIC, seen, "for you alone it should be: chmod 600 " + socket);
  }

  private static boolean isOwners(PosixFilePermission permission) {
    return permission.name().startsWith("OWNER");
  }

  private static UserPrincipal user() throws IOException {
    var self = Path.of("/proc/self");
    return Files.getOwner(
        Files.exists(self) ? self.toRealPath() : Path.of(System.getProperty("user.home", "/")));
  }

  private Finding legacyName() {
    var topic = "name for older clients";
    if (legacy.equals(socket)) {
      return Finding.ok(topic, "the socket has it");
    }
    try {
      if (!Files.exists(legacy, LinkOption.NOFOLLOW_LINKS)) {
        return Finding.ok(topic, legacy + " is free");
      }
      if (Files.isSymbolicLink(legacy) && legacy.toRealPath().equals(socket.toRealPath())) {
        return Finding.ok(topic, legacy + " leads to the socket");
      }
    } catch (IOException _) {
      // A link to a socket that is gone leads elsewhere too.
    }
    return Finding.warning(
        topic,
        legacy + " leads elsewhere",
        "older clients need ATM_SOCKET=" + socket + "; nothing else does");
  }
}
