package dev.atmd.client.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Times as people write them on a command line: in the past, in their own time zone. Pure. */
record Moments(Instant now, ZoneId zone) {
  static final String FORMS = "14:05, 2026-11-21, 2026-11-21T14:05, 90m, 2h, 3d, today, yesterday";

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");

  /** The moment; a time of day is the last time it was that time. */
  Optional<Instant> parse(String text) {
    if (text.equals("today") || text.equals("yesterday")) {
      var today = LocalDate.ofInstant(now, zone);
      return Optional.of(start(text.equals("today") ? today : today.minusDays(1)));
    }
    var ago = AGO.matcher(text);
    if (ago.matches()) {
      return Optional.of(now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2))));
    }
    return tried(() -> OffsetDateTime.parse(text).toInstant())
        .or(() -> tried(() -> LocalDateTime.parse(text).atZone(zone).toInstant()))
        .or(() -> tried(() -> start(LocalDate.parse(text))))
        .or(() -> tried(() -> last(LocalTime.parse(text))));
  }

  private static Duration duration(long count, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  private Instant last(LocalTime time) {
    var today = ZonedDateTime.of(LocalDate.ofInstant(now, zone), time, zone);
    return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
  }

  private static Optional<Instant> tried(Supplier<Instant> form) {
    try {
      return Optional.of(form.get());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
