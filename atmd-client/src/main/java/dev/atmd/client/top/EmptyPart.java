package dev.atmd.client.top;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is shown where there is nothing to show: why, and what to do. Pure. */
record EmptyPart(Size size, Path socket) {
  List<Line> lines(boolean isListed, boolean isDisconnected, Controls controls, int sessions) {
    var texts =
        sessions > 0
            ? List.of(
                "None of the " + sessions + " sessions has “" + controls.filter() + "”.",
                "Esc shows all.")
            : isListed
                ? noSessions()
                : isDisconnected
                    ? List.of("No daemon listens at " + socket + ".", "Start it: atmd start")
                    : List.of("Asking the daemon …");
    return Stream.concat(
            Stream.of(Line.of(size.columns(), Tone.PLAIN, "")),
            texts.stream().map(text -> Line.of(size.columns(), Tone.PLAIN, " " + text)))
        .toList();
  }

  private List<String> noSessions() {
    return size.isNarrow()
        ? List.of(
            "No sessions yet.",
            "Connect your agents:",
            "  atm setup",
            "Find running ones:",
            "  atm discover")
        : List.of(
            "No sessions yet: the daemon is there, but no agent has reported to it.",
            "",
            "  atm setup      connects your agents; each reports from its next prompt on",
            "  atm discover   looks for agents that run already",
            "  atm doctor     says why one is not seen",
            "",
            "  socket: " + socket);
  }
}
