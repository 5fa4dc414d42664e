package io.fleetward.rules.template;

import java.time.Instant;
import java.util.List;

/// Numbers written for people, as Prometheus' templates write them.
final class Humanize {
  private static final List<String> LARGE = List.of("k", "M", "G", "T", "P", "E", "Z", "Y");
  private static final List<String> LARGE_BINARY =
      List.of("ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi");
  private static final List<String> SMALL = List.of("m", "u", "n", "p", "f", "a", "z", "y");

  private Humanize() {}

  private static String four(double value) {
    return GoNumbers.general(value, 4);
  }

  private static boolean isPlain(double value) {
    return value == 0 || Double.isNaN(value) || Double.isInfinite(value);
  }

  static String decimal(double value) {
    if (isPlain(value)) {
      return four(value);
    }
    return Math.abs(value) >= 1 ? large(value, 1000, LARGE) : small(value);
  }

  static String binary(double value) {
    return isPlain(value) || Math.abs(value) <= 1 ? four(value) : large(value, 1024, LARGE_BINARY);
  }

  private static String large(double value, double base, List<String> prefixes) {
    double rest = value;
    String prefix = "";
    for (String next : prefixes) {
      if (Math.abs(rest) < base) {
        break;
      }
      prefix = next;
      rest /= base;
    }
    return four(rest) + prefix;
  }

  private static String small(double value) {
    double rest = value;
    String prefix = "";
    for (String next : SMALL) {
      if (Math.abs(rest) >= 1) {
        break;
      }
      prefix = next;
      rest *= 1000;
    }
    return four(rest) + prefix;
  }

  static String duration(double seconds) {
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      return four(seconds);
    }
    if (seconds == 0 || Math.abs(seconds) < 1) {
      return (seconds == 0 ? four(0) : small(seconds)) + "s";
    }
    String sign = seconds < 0 ? "-" : "";
    long whole = (long) Math.abs(seconds);
    long days = whole / 86_400;
    long hours = whole / 3600 % 24;
    long minutes = whole / 60 % 60;
    if (days > 0) {
      return "%s%dd %dh %dm %ds".formatted(sign, days, hours, minutes, whole % 60);
    }
    if (hours > 0) {
      return "%s%dh %dm %ds".formatted(sign, hours, minutes, whole % 60);
    }
    return minutes > 0
        ? "%s%dm %ds".formatted(sign, minutes, whole % 60)
        : sign + four(Math.abs(seconds)) + "s";
  }

  static String percentage(double ratio) {
    return four(ratio * 100) + "%";
  }

  static String timestamp(double seconds) {
    return Double.isNaN(seconds) || Double.isInfinite(seconds)
        ? four(seconds)
        : GoTimes.text(instant(seconds));
  }

  static Instant instant(double seconds) {
    double bounded = Math.max(-3e10, Math.min(3e11, seconds));
    return Instant.ofEpochMilli(Math.round(bounded * 1000));
  }
}
