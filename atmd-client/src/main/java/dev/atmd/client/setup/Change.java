package dev.atmd.client.setup;

import dev.atmd.client.setup.Receipts.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file that is to be changed, as it is and as it will be. Nothing happens before apply. */
public final class Change {
  private final Path path;
  private final DiskFile file;
  private final Contents before;
  private final Contents after;
  private final Receipts receipts;

  /** What uninstall would give back; null if this change is that. */
  private final @Nullable Contents original;

  private Change(
      Path path,
      DiskFile file,
      Contents before,
      Contents after,
      Receipts receipts,
      @Nullable Contents original) {
    this.path = path;
    this.file = file;
    this.before = before;
    this.after = after;
    this.receipts = receipts;
    this.original = original;
  }

  static Change install(
      Path path, DiskFile file, Contents before, Contents after, Receipts r, Contents original) {
    return new Change(path, file, before, after, r, original);
  }

  static Change uninstall(
      Path path, DiskFile file, Contents before, Contents after, Receipts receipts) {
    return new Change(path, file, before, after, receipts, null);
  }

  /** The file as the user knows it; a link perhaps. */
  public Path path() {
    return path;
  }

  /** Whether there is no file afterwards. */
  public boolean isRemoval() {
    return !after.exists();
  }

  /** What changes, as {@code diff -u} shows it. */
  public List<String> diff() throws IOException {
    var nothing = "/dev/null";
    var lines = new ArrayList<String>();
    lines.add("--- " + (before.exists() ? path : nothing));
    lines.add("+++ " + (after.exists() ? path : nothing));
    lines.addAll(UnifiedDiff.of(before.text(), after.text()));
    return lines;
  }

  /** Writes it; answers where the backup is, if there was something to keep. */
  public Optional<Path> apply() throws IOException {
    var target = file.target();
    if (original == null) {
      file.replace(before, after);
      receipts.forget(target);
      return Optional.empty();
    }
    var earlier = receipts.of(target).map(Receipt::made).orElse(List.of());
    var backup = receipts.keep(target, new Receipt(after.digest(), original, earlier));
    var made = file.replace(before, after);
    if (!made.isEmpty()) {
      receipts.keep(target, new Receipt(after.digest(), original, made));
    }
    return original.exists() ? Optional.of(backup) : Optional.empty();
  }
}
