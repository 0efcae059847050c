package dev.atmd.client.setup;

import dev.atmd.core.session.Harness;
import java.util.List;

/**
 * How one harness is connected.
 *
 * @param programs what it is called on the PATH
 * @param traces what lies about where it has run
 * @param advice what is left to the user; empty if nothing is
 */
record HarnessSetup(
    Harness harness,
    List<String> programs,
    List<Place> traces,
    List<SettingsFile> files,
    String advice) {
  HarnessSetup {
    programs = List.copyOf(programs);
    traces = List.copyOf(traces);
    files = List.copyOf(files);
  }

  /**
   * A file and what of ours belongs into it.
   *
   * @param isOurs whether nobody else writes into a file of this name
   */
  record SettingsFile(Place place, boolean isOurs, List<Part> parts) {
    SettingsFile {
      parts = List.copyOf(parts);
    }

    /** A file of the user, into which something of ours is put. */
    static SettingsFile settings(Place place, List<Part> parts) {
      return new SettingsFile(place, false, parts);
    }

    /** A file of a name that only we use. */
    static SettingsFile ours(Place place, List<Part> parts) {
      return new SettingsFile(place, true, parts);
    }

    /** A file that is ours from its first byte to its last. */
    static SettingsFile whole(Place place, String content) {
      return ours(place, List.of(new WholeFile(content)));
    }
  }
}
