package dev.atmd.server.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A /proc of our own. */
record FakeProc(Path root) {
  void process(long pid, long parent, long startTicks, String state, String... commandLine)
      throws IOException {
    var directory = Files.createDirectories(root.resolve(Long.toString(pid)));
    Files.writeString(
        directory.resolve("stat"),
        pid
            + " (a (strange) name) "
            + state
            + " "
            + parent
            + " 1 1 0 -1 0 0 0 0 0 1 1 1 1 20 0 1 0 "
            + startTicks
            + " 1000 100 0\n");
    Files.writeString(directory.resolve("cmdline"), String.join("\0", commandLine) + "\0");
    Files.writeString(directory.resolve("environ"), "HOME=/home/dev\0TMUX_PANE=%" + pid + "\0");
    link(directory.resolve("cwd"), "/home/dev/shop");
    link(directory.resolve("exe"), "/usr/bin/node (deleted)");
  }

  private static void link(Path link, String target) throws IOException {
    if (!Files.isSymbolicLink(link)) {
      Files.createSymbolicLink(link, Path.of(target));
    }
  }
}
