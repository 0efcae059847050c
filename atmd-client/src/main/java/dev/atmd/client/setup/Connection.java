package dev.atmd.client.setup;

import dev.atmd.core.session.Harness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A harness of this user, and how it is connected to the daemon. Reads files when asked. */
public final class Connection {
  private final HarnessSetup setup;
  private final boolean isFound;
  private final List<FilePlan> files;

  Connection(HarnessSetup setup, boolean isFound, List<FilePlan> files) {
    this.setup = setup;
    this.isFound = isFound;
    this.files = List.copyOf(files);
  }

  public Harness harness() {
    return setup.harness();
  }

  /** Whether its program or its settings are there. */
  public boolean isFound() {
    return isFound;
  }

  /** What is left to the user after setup; empty if nothing is. */
  public String advice() {
    return setup.advice();
  }

  public List<Path> files() {
    return files.stream().map(FilePlan::path).toList();
  }

  /** What is to be done to connect it. */
  public Todo install() {
    return todo(files, FilePlan::install);
  }

  /** What is to be done to forget it: backwards, since the first file made the directories. */
  public Todo uninstall() {
    return todo(files.reversed(), FilePlan::uninstall);
  }

  /** Files in which the user has switched all hooks off. */
  public List<Path> switchedOff() {
    return files.stream().filter(FilePlan::isSwitchedOff).map(FilePlan::path).toList();
  }

  /** How much of ours its files have, the sender where it is now. */
  public Presence presence() throws IOException {
    var seen = new ArrayList<Presence>();
    for (var file : files) {
      seen.add(file.presence());
    }
    return seen.stream().distinct().count() == 1 ? seen.getFirst() : Presence.OUTDATED;
  }

  private static Todo todo(List<FilePlan> files, Step step) {
    var changes = new ArrayList<Change>();
    var problems = new ArrayList<String>();
    for (var file : files) {
      try {
        step.of(file).ifPresent(changes::add);
      } catch (IOException e) {
        problems.add(e.getMessage());
      }
    }
    return new Todo(changes, problems);
  }

  /**
   * Changes to make, and what hinders others.
   *
   * @param problems each names a file that is left alone, and why
   */
  public record Todo(List<Change> changes, List<String> problems) {
    public Todo {
      changes = List.copyOf(changes);
      problems = List.copyOf(problems);
    }
  }

  @FunctionalInterface
  private interface Step {
    Optional<Change> of(FilePlan file) throws IOException;
  }
}
