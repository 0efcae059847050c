package dev.atmd.server.process;

import dev.atmd.core.registry.ProcessStamp;
import dev.atmd.core.registry.ProcessTable;
import dev.atmd.core.session.Pid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Linux's process table. Stateless and thread-safe; a process that cannot be read is not there. */
public final class ProcFs implements ProcessTable {
  private static final int MAX_ANCESTORS = 20;

  /** Positions in /proc/PID/stat behind the name, which is the second field and may hold blanks. */
  private static final int PARENT = 1;

  private static final int START_TIME = 19;

  /** A process may have megabytes of arguments; what tells agents apart stands at the beginning. */
  private static final int MAX_BYTES = 256 * 1024;

  private final Path root;

  public ProcFs() {
    this(Path.of("/proc"));
  }

  ProcFs(Path root) {
    this.root = root;
  }

  @Override
  public Optional<ProcessStamp> find(Pid pid) {
    return stat(pid).map(fields -> new ProcessStamp(pid, Long.parseLong(fields[START_TIME])));
  }

  @Override
  public boolean descends(Pid pid, Pid ancestor) {
    return ancestors(pid).contains(ancestor);
  }

  /** The processes that started this one, its parent first. */
  List<Pid> ancestors(Pid pid) {
    return Stream.iterate(parent(pid), Optional::isPresent, last -> last.flatMap(this::parent))
        .limit(MAX_ANCESTORS)
        .flatMap(Optional::stream)
        .toList();
  }

  Optional<Pid> parent(Pid pid) {
    return stat(pid)
        .map(fields -> Long.parseLong(fields[PARENT]))
        .filter(parent -> parent > 0)
        .map(Pid::new);
  }

  /** The working directory of a process, if it may be read. */
  public Optional<String> directory(Pid pid) {
    return link(pid, "cwd");
  }

  /** The file a process runs, also after it was replaced on disk. */
  Optional<String> executable(Pid pid) {
    return link(pid, "exe").map(ProcFs::withoutDeletedMark);
  }

  /** The command line; empty for a kernel thread. */
  List<String> commandLine(Pid pid) {
    return strings(pid, "cmdline");
  }

  /** A variable of the environment the process was started with. */
  Optional<String> environment(Pid pid, String name) {
    var prefix = name + "=";
    return strings(pid, "environ").stream()
        .filter(entry -> entry.startsWith(prefix))
        .map(entry -> entry.substring(prefix.length()))
        .findFirst();
  }

  /** All processes there are now. */
  public Set<Pid> all() {
    var pids = new HashSet<Pid>();
    try (var entries = Files.newDirectoryStream(root)) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        if (Character.isDigit(name.charAt(0))) {
          pids.add(new Pid(Long.parseLong(name)));
        }
      }
    } catch (IOException _) {
      // Without /proc there are no processes to see.
    }
    return pids;
  }

  private Optional<String[]> stat(Pid pid) {
    var text = read(pid, "stat");
    if (text == null) {
      return Optional.empty();
    }
    var line = new String(text, StandardCharsets.ISO_8859_1);
    var fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", START_TIME + 2);
    var isZombie = fields[0].equals("Z") || fields[0].equals("X");
    return fields.length > START_TIME && !isZombie ? Optional.of(fields) : Optional.empty();
  }

  private Optional<String> link(Pid pid, String name) {
    try {
      return Optional.of(Files.readSymbolicLink(file(pid, name)).toString());
    } catch (IOException | SecurityException _) {
      return Optional.empty();
    }
  }

  private List<String> strings(Pid pid, String name) {
    var bytes = read(pid, name);
    return bytes == null || bytes.length == 0
        ? List.of()
        : List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
  }

  private byte @Nullable [] read(Pid pid, String name) {
    try (var in = Files.newInputStream(file(pid, name))) {
      return in.readNBytes(MAX_BYTES);
    } catch (IOException | SecurityException _) {
      return null;
    }
  }

  private Path file(Pid pid, String name) {
    return root.resolve(pid.toString()).resolve(name);
  }

  private static String withoutDeletedMark(String target) {
    var mark = " (deleted)";
    return target.endsWith(mark) ? target.substring(0, target.length() - mark.length()) : target;
  }
}
