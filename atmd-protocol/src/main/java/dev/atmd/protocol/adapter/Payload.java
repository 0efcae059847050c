package dev.atmd.protocol.adapter;

import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;

/** What the payload of one report says. */
public sealed interface Payload {
  record Status(StatusReport report) implements Payload {}

  record Lifecycle(LifecycleReport report) implements Payload {}

  /** It says nothing that we follow. */
  record Meaningless(String event) implements Payload {}

  /** An event that its harness is not known to have. */
  record Strange(Harness harness, String event) implements Payload {}

  /** It is not what its harness should send. The message is what the sender is told. */
  record Invalid(String message) implements Payload {}
}
