package dev.atmd.client;

import dev.atmd.client.AtmdException.Untrusted;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/**
 * Whose daemon is spoken to: what agents do is for their user, so a daemon that runs as another
 * user, who may have put a socket where ours is looked for, hears nothing. Stateless.
 */
final class DaemonOwner {
  /** The JDK takes a number that is no user's name for the number of the user. */
  private static final String ROOT = "0";

  private DaemonOwner() {}

  /** Throws unless the other end runs as this user or as root; passes where nobody can tell. */
  static void require(SocketChannel connected, Path socket) throws IOException {
    if (!connected.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
      return;
    }
    var daemon = connected.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    var users = FileSystems.getDefault().getUserPrincipalLookupService();
    if (!isTrusted(daemon, self(), users.lookupPrincipalByName(ROOT))) {
      throw Untrusted.runBy(daemon.getName(), socket);
    }
  }

  static boolean isTrusted(UserPrincipal daemon, UserPrincipal self, UserPrincipal root) {
    return daemon.equals(self) || daemon.equals(root);
  }

  /** Without /proc the owner of the home directory stands for the user, as for the socket. */
  private static UserPrincipal self() throws IOException {
    var process = Path.of("/proc/self");
    return Files.getOwner(
        Files.exists(process, LinkOption.NOFOLLOW_LINKS)
            ? process
            : Path.of(System.getProperty("user.home", "/")),
        LinkOption.NOFOLLOW_LINKS);
  }
}
