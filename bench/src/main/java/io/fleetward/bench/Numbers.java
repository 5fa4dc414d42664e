package io.fleetward.bench;

import java.util.Locale;

/// Numbers as people read them: three digits where they are small, none after the point where they
/// are large.
public final class Numbers {
  private Numbers() {}

  public static String text(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) || size >= 100) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }
}
