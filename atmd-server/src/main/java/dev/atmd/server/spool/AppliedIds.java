package dev.atmd.server.spool;

import dev.atmd.server.files.OwnFiles;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The ids of the latest events that were applied, kept from one run of the daemon to the next. A
 * sender that did not hear in time that its event was applied has put it into the spool as well,
 * and the next daemon must know. Thread-safe.
 */
public final class AppliedIds implements Consumer<String> {
  private final Map<String, Boolean> ids;

  public AppliedIds(int capacity) {
    this.ids = Collections.synchronizedMap(new Bounded(capacity));
  }

  @Override
  public void accept(String id) {
    ids.put(id, true);
  }

  boolean isEmpty() {
    return ids.isEmpty();
  }

  boolean contains(String id) {
    return ids.containsKey(id);
  }

  /** Takes over what an earlier run has left, and removes it: it is true only once. */
  void load(Path directory) throws IOException {
    var file = directory.resolve("applied");
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.readAllLines(file).forEach(this);
      Files.delete(file);
    }
  }

  /** Leaves them for the next run. */
  void save(Path directory) throws IOException {
    var file = directory.resolve("applied");
    Files.deleteIfExists(file);
    List<String> all;
    synchronized (ids) {
      all = List.copyOf(ids.keySet());
    }
    if (!all.isEmpty()) {
      var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (var out = Files.newByteChannel(file, options, OwnFiles.PRIVATE)) {
        var text = String.join("\n", all.stream().filter(id -> !id.contains("\n")).toList());
        out.write(StandardCharsets.UTF_8.encode(text));
      }
    }
  }

  /** Forgets the oldest. */
  private static final class Bounded extends LinkedHashMap<String, Boolean> {
    @Serial private static final long serialVersionUID = 1L;

    private final int capacity;

    Bounded(int capacity) {
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > capacity;
    }
  }
}
