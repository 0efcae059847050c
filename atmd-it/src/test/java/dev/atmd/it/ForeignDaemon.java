package dev.atmd.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What another user of the machine puts where our daemon is looked for; it notes what it hears. */
final class ForeignDaemon implements AutoCloseable {
  private static final String LISTENER =
      """
      $| = 1;
      my $s;
      socket($s, PF_UNIX, SOCK_STREAM, 0) && bind($s, sockaddr_un($ARGV[0])) && listen($s, 9) or die;
      chmod 0666, $ARGV[0];
      print "ready\\n";
      my $c;
      while (accept($c, $s)) {
        my $heard = 0;
        while (my $n = sysread($c, my $bytes, 65536)) { $heard += $n }
        print "heard $heard\\n";
      }
      """;

  private final TestDirectory files;
  private final Process process;
  private final BufferedReader output;

  private ForeignDaemon(TestDirectory files, Process process) {
    this.files = files;
    this.process = process;
    this.output = process.inputReader();
  }

  /** How a process of another user can be started here; empty where that is not possible. */
  static List<List<String>> ways() {
    var isRoot = System.getProperty("user.name", "").equals("root");
    return isRoot && Files.isExecutable(Path.of("/usr/bin/setpriv"))
        ? List.of(
            List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"))
        : List.of();
  }

  static ForeignDaemon start(List<String> way) {
    var files = TestDirectory.create();
    try {
      var directory = Files.createDirectories(files.socket().getParent());
      for (var open : List.of(files.path(), directory)) {
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
      var command = new ArrayList<>(way);
      command.addAll(List.of("perl", "-MSocket", "-e", LISTENER, files.socket().toString()));
      var daemon =
          new ForeignDaemon(files, new ProcessBuilder(command).redirectErrorStream(true).start());
      daemon.expect("ready");
      return daemon;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path socket() {
    return files.socket();
  }

  /** The next connection came and went, and nothing was said on it. */
  void expectSilentVisitor() {
    expect("heard 0");
  }

  private void expect(String line) {
    try {
      var seen = output.readLine();
      if (!line.equals(seen)) {
        throw new AssertionError("expected `" + line + "`, saw `" + seen + "`");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    files.close();
  }
}
