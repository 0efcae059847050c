package dev.atmd.client.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The extensions of the harnesses that run code of ours, as files of this installation.
 *
 * @param directory where they are, one directory for each harness
 */
record Reporters(Path directory) {
  /** The text of one of them. */
  String of(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("this installation is incomplete: " + e.getMessage(), e);
    }
  }
}
