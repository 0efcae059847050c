package dev.atmd.client.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * What each file held before we changed it, and what we left behind. It makes it possible to give
 * back every byte; without it only our entries can be taken out.
 *
 * <pre>
 * DIRECTORY/settings.json-3f2a9c10/receipt     digest of what we wrote; directories we made
 * DIRECTORY/settings.json-3f2a9c10/original    the backup; missing if there was no file
 * </pre>
 *
 * @param directory where they are kept, for the owner alone
 */
record Receipts(Path directory) {
  private static final String RECEIPT = "receipt";
  private static final String ORIGINAL = "original";

  /**
   * @param written the digest of what we wrote
   * @param made directories we made for it, outermost first
   */
  record Receipt(String written, Contents original, List<Path> made) {
    Receipt {
      made = List.copyOf(made);
    }
  }

  Optional<Receipt> of(Path target) throws IOException {
    var place = place(target);
    if (!Files.exists(place.resolve(RECEIPT))) {
      return Optional.empty();
    }
    var lines = Files.readAllLines(place.resolve(RECEIPT));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var original = DiskFile.at(place.resolve(ORIGINAL)).read();
    var made = lines.stream().skip(1).map(Path::of).toList();
    return Optional.of(new Receipt(lines.getFirst(), original, made));
  }

  /** Keeps a receipt, the backup first; answers where that is. */
  Path keep(Path target, Receipt receipt) throws IOException {
    var place = place(target);
    makePrivate(place);
    var backup = DiskFile.at(place.resolve(ORIGINAL));
    backup.replace(backup.read(), receipt.original());
    var file = DiskFile.at(place.resolve(RECEIPT));
    var lines = new StringBuilder(receipt.written()).append('\n');
    receipt.made().forEach(path -> lines.append(path).append('\n'));
    file.replace(file.read(), Contents.of(lines.toString().getBytes(StandardCharsets.UTF_8)));
    return place.resolve(ORIGINAL);
  }

  /** Forgets a file, and takes away the directories made for it that are empty now. */
  void forget(Path target) throws IOException {
    var made = of(target).map(Receipt::made).orElse(List.of());
    var place = place(target);
    Files.deleteIfExists(place.resolve(RECEIPT));
    Files.deleteIfExists(place.resolve(ORIGINAL));
    removeIfEmpty(place);
    removeIfEmpty(directory);
    removeIfEmpty(directory.resolveSibling(""));
    for (var path : made.reversed()) {
      removeIfEmpty(path);
    }
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException _) {
      // Somebody uses it.
    }
  }

  private static void makePrivate(Path directory) throws IOException {
    Files.createDirectories(directory);
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (UnsupportedOperationException _) {
      // The files are for the owner alone anyway.
    }
  }

  private Path place(Path target) {
    var path = Contents.of(target.toString().getBytes(StandardCharsets.UTF_8));
    return directory.resolve(target.getFileName() + "-" + path.digest().substring(0, 8));
  }
}
