package dev.atmd.client.setup;

import dev.atmd.client.setup.HarnessSetup.SettingsFile;
import dev.atmd.client.setup.Receipts.Receipt;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decides what becomes of one settings file. Reads it, writes nothing.
 *
 * @param path where the user has it
 */
record FilePlan(SettingsFile settings, Path path, Sender sender, Receipts receipts) {
  /** What is missing; nothing if all is there as this version would write it. */
  Optional<Change> install() throws IOException {
    return telling(() -> {
      var file = DiskFile.at(path);
      var before = file.read();
      if (presence(before.text()) == Presence.CURRENT) {
        return Optional.empty();
      }
      var original = original(file, before);
      var text = original.text();
      for (var part : settings.parts()) {
        text = part.add(text, sender);
      }
      var after = original.with(text);
      return Optional.of(Change.install(path, file, before, after, receipts, original));
    });
  }

  /** What is to be taken out; nothing if nothing of ours is there. */
  Optional<Change> uninstall() throws IOException {
    return telling(() -> {
      var file = DiskFile.at(path);
      var before = file.read();
      if (!before.exists() || presence(before.text()) == Presence.MISSING) {
        return Optional.empty();
      }
      return Optional.of(Change.uninstall(path, file, before, original(file, before), receipts));
    });
  }

  Presence presence() throws IOException {
    return telling(() -> presence(DiskFile.at(path).read().text()));
  }

  /** Whether the user has switched hooks off in this file. */
  boolean isSwitchedOff() {
    try {
      var text = DiskFile.at(path).read().text();
      for (var part : settings.parts()) {
        if (part instanceof HookTable table && table.isSwitchedOff(text)) {
          return true;
        }
      }
      return false;
    } catch (IOException _) {
      // A file that cannot be read is told of elsewhere.
      return false;
    }
  }

  /** The least of its parts, but outdated as soon as one of them is there. */
  private Presence presence(String text) throws IOException {
    var current = 0;
    var missing = 0;
    for (var part : settings.parts()) {
      switch (part.presence(text, sender)) {
        case CURRENT -> current++;
        case MISSING -> missing++;
        case OUTDATED -> {}
      }
    }
    var all = settings.parts().size();
    return current == all
        ? Presence.CURRENT
        : missing == all ? Presence.MISSING : Presence.OUTDATED;
  }

  /** The file as it would be without us: what was kept of it, or else what is left of it. */
  private Contents original(DiskFile file, Contents before) throws IOException {
    var receipt = receipts.of(file.target());
    if (receipt.isPresent() && receipt.get().written().equals(before.digest())) {
      return receipt.get().original();
    }
    if (!before.exists()) {
      return before;
    }
    var wasThere = receipt.map(Receipt::original).filter(Contents::exists);
    var known = wasThere.isPresent() ? wasThere.get().text() : "";
    var text = before.text();
    var left = text;
    for (var part : settings.parts()) {
      left = part.remove(left, known);
    }
    var isOurs = settings.isOurs() || (receipt.isPresent() && wasThere.isEmpty());
    return isOurs && !left.equals(text) && isNothing(left) ? Contents.ABSENT : before.with(left);
  }

  private boolean isNothing(String text) throws IOException {
    for (var part : settings.parts()) {
      if (!part.isNothing(text)) {
        return false;
      }
    }
    return true;
  }

  /** Whatever is wrong is told with the file that it is about. */
  private <T> T telling(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (JsonSyntaxException e) {
      throw new SetupException(path + ": " + e.getMessage() + "; the file is left as it is");
    } catch (SetupException e) {
      throw new SetupException(path + " " + e.getMessage());
    } catch (FileSystemException e) {
      throw new SetupException(path + ": " + e);
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }
}
