package dev.atmd.server.web;

import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryAnswer.Cost;
import dev.atmd.protocol.message.HistoryAnswer.Doing;
import dev.atmd.protocol.message.HistoryAnswer.Ended;
import dev.atmd.protocol.message.HistoryAnswer.Entries;
import dev.atmd.protocol.message.HistoryAnswer.Entry;
import dev.atmd.protocol.message.HistoryAnswer.Moment;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.HistoryAnswer.Sum;
import dev.atmd.protocol.message.HistoryAnswer.Wait;
import dev.atmd.protocol.message.HistoryAnswer.Waits;
import dev.atmd.protocol.message.Redaction;
import org.jspecify.annotations.Nullable;

/** What is known about the past without what was said: for a screen on a wall. Stateless. */
final class Veil {
  private Veil() {}

  static HistoryAnswer over(HistoryAnswer answer) {
    return switch (answer) {
      case Entries(var entries, var before) ->
          new Entries(entries.stream().map(Veil::over).toList(), before);
      case Cost(var sums) -> new Cost(sums.stream().map(Veil::over).toList());
      case Waits(var sessions) -> new Waits(sessions.stream().map(Veil::over).toList());
      case Moment(var at, var sessions) ->
          new Moment(at, sessions.stream().map(Veil::over).toList());
      case Ended(var sessions) -> new Ended(sessions.stream().map(Veil::over).toList());
    };
  }

  private static Entry over(Entry entry) {
    return new Entry(
        entry.at(),
        entry.session(),
        entry.harness(),
        lastName(entry.project()),
        entry.kind(),
        entry.status(),
        Redaction.word(entry.tool()),
        null,
        null,
        entry.rule());
  }

  /** A project is summed up under its path; a day, a model and a session have no slash in front. */
  private static Sum over(Sum sum) {
    var key = sum.key().startsWith("/") ? String.valueOf(lastName(sum.key())) : sum.key();
    return new Sum(key, sum.costUsd(), sum.tokensIn(), sum.tokensOut(), sum.sessions());
  }

  private static Wait over(Wait wait) {
    return new Wait(
        wait.session(),
        wait.harness(),
        lastName(wait.project()),
        wait.seconds(),
        wait.questions(),
        wait.openSince(),
        null);
  }

  private static Doing over(Doing doing) {
    return new Doing(
        doing.session(),
        doing.harness(),
        lastName(doing.project()),
        doing.status(),
        doing.since(),
        Redaction.word(doing.detail()),
        null);
  }

  private static Over over(Over over) {
    return new Over(
        over.at(),
        over.session(),
        over.harness(),
        lastName(over.project()),
        null,
        over.model(),
        over.reason(),
        over.began(),
        over.costUsd());
  }

  private static @Nullable String lastName(@Nullable String path) {
    return path == null ? null : path.substring(path.lastIndexOf('/') + 1);
  }
}
