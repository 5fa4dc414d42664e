package io.fleetward.rules.template;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as Go prints them.
final class GoTimes {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private GoTimes() {}

  /// `2006-01-02 15:04:05.999 +0000 UTC`
  static String text(Instant time) {
    long nanos = Math.floorMod(time.toEpochMilli(), 1000L) * 1_000_000;
    String fraction = nanos == 0 ? "" : "." + "%09d".formatted(nanos).replaceFirst("0+$", "");
    return SECONDS.format(time) + fraction + " +0000 UTC";
  }

  /// `1h2m3.5s`
  static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    Duration size = duration.abs();
    String sign = duration.isNegative() ? "-" : "";
    double seconds = size.toSecondsPart() + size.toNanosPart() / 1e9;
    if (size.toMinutes() == 0 && seconds < 1) {
      double millis = seconds * 1000;
      return millis >= 1
          ? sign + GoNumbers.plain(millis) + "ms"
          : sign + GoNumbers.plain(seconds * 1e6) + "µs";
    }
    StringBuilder text = new StringBuilder(sign);
    if (size.toHours() > 0) {
      text.append(size.toHours()).append('h');
    }
    if (size.toMinutes() > 0) {
      text.append(size.toMinutesPart()).append('m');
    }
    return text.append(GoNumbers.plain(seconds)).append('s').toString();
  }
}
