package io.fleetward.models.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.OptionalLong;

/// Reads the times that files give their rows.
public final class RowTimes {
  /// A number from here on is milliseconds: as seconds it would lie in the year 5138 or later.
  private static final double FIRST_MILLIS = 1e11;

  private static final double LAST_MILLIS = 1e14;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("[ ]['T']['t']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[ ][XXX][XX][X]")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private RowTimes() {}

  /// The seconds since 1970 that a text means: seconds or milliseconds as a number, or a date of
  /// ISO 8601 with or without time and offset (UTC if none). Empty if it means no time.
  public static OptionalLong seconds(String text) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    return text.length() >= 10 && text.charAt(4) == '-' ? iso(text) : number(text);
  }

  /// Whether a text is a date without an offset: what a wall clock showed, which may have been set
  /// back for the winter.
  static boolean isWallClock(String text) {
    if (text.length() < 11 || text.charAt(4) != '-') {
      return false;
    }
    String time = text.substring(10);
    return time.indexOf('+') < 0 && time.indexOf('-') < 0 && !time.endsWith("Z");
  }

  private static OptionalLong number(String text) {
    char last = text.charAt(text.length() - 1);
    if (last != '.' && (last < '0' || last > '9')) {
      return OptionalLong.empty();
    }
    try {
      double value = Double.parseDouble(text);
      double size = Math.abs(value);
      if (!(size < LAST_MILLIS)) {
        return OptionalLong.empty();
      }
      return OptionalLong.of((long) Math.floor(size < FIRST_MILLIS ? value : value / 1_000));
    } catch (NumberFormatException _) {
      // Not a time, as the caller is told.
      return OptionalLong.empty();
    }
  }

  private static OptionalLong iso(String text) {
    try {
      TemporalAccessor parsed = ISO.parse(text);
      LocalTime time = parsed.query(TemporalQueries.localTime());
      ZoneOffset offset =
          parsed.isSupported(ChronoField.OFFSET_SECONDS)
              ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))
              : ZoneOffset.UTC;
      return OptionalLong.of(
          LocalDate.from(parsed)
              .atTime(time == null ? LocalTime.MIDNIGHT : time)
              .toEpochSecond(offset));
    } catch (DateTimeException _) {
      // Not a time, as the caller is told.
      return OptionalLong.empty();
    }
  }
}
