package io.fleetward.protocol.configuration;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Prometheus writes them: `1h30m`, `500ms`, `7d`; a week has 7 days, a year 365.
public final class PrometheusDuration {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(\\d{1,12})y)?(?:(\\d{1,12})w)?(?:(\\d{1,12})d)?(?:(\\d{1,12})h)?(?:(\\d{1,12})m)?"
              + "(?:(\\d{1,12})s)?(?:(\\d{1,12})ms)?");
  private static final long[] UNIT_MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

  private PrometheusDuration() {}

  /// @return empty if the text is no duration, or longer than 292 million years
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher matcher = SYNTAX.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    long millis = 0;
    try {
      for (int unit = 0; unit < UNIT_MILLIS.length; unit++) {
        String count = matcher.group(unit + 1);
        if (count != null) {
          millis =
              Math.addExact(millis, Math.multiplyExact(Long.parseLong(count), UNIT_MILLIS[unit]));
        }
      }
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis(millis));
  }

  /// The shortest writing that [#parse] reads back, in whole milliseconds.
  public static String format(Duration duration) {
    long left = duration.toMillis();
    if (left == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(left < 0 ? "-" : "");
    left = Math.abs(left);
    for (int unit = 0; unit < UNITS.length; unit++) {
      long count = left / UNIT_MILLIS[unit];
      // Prometheus writes years and weeks only where nothing smaller follows.
      if (count > 0 && (unit > 1 || left % UNIT_MILLIS[unit] == 0)) {
        text.append(count).append(UNITS[unit]);
        left %= UNIT_MILLIS[unit];
      }
    }
    return text.toString();
  }
}
