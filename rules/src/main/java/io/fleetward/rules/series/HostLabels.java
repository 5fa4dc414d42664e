package io.fleetward.rules.series;

import io.fleetward.protocol.labels.Labels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The labels of many hosts' series with the name of the host left open, each kept once. Safe for
/// use by many threads.
public final class HostLabels {
  /// Stands for the host: a lone surrogate, which no text that was decoded has.
  private static final String HOST = "\uD800";

  /// Beyond this many the labels met so far are let go, which only costs memory.
  private static final int MOST = 200_000;

  private final Map<Labels, Labels> known = new ConcurrentHashMap<>();

  /// The labels of a series with the host left open, if they name it.
  Labels pattern(Labels labels, String host) {
    boolean namesHost = !host.isEmpty() && labels.value(Labels.INSTANCE).equals(host);
    Labels pattern = namesHost ? labels.with(Labels.INSTANCE, HOST) : labels;
    if (known.size() > MOST) {
      known.clear();
    }
    Labels before = known.putIfAbsent(pattern, pattern);
    return before == null ? pattern : before;
  }

  /// The labels that a pattern stands for on a host.
  public static Labels of(Labels pattern, String host) {
    return pattern.value(Labels.INSTANCE).equals(HOST)
        ? pattern.with(Labels.INSTANCE, host)
        : pattern;
  }

  /// Whether labels are those that a pattern stands for on a host.
  static boolean matches(Labels pattern, Labels labels, String host) {
    if (pattern.size() != labels.size()) {
      return false;
    }
    for (int i = 0; i < labels.size(); i++) {
      String value = pattern.valueAt(i);
      boolean isSame =
          value.equals(HOST) ? labels.valueAt(i).equals(host) : labels.valueAt(i).equals(value);
      if (!isSame || !labels.nameAt(i).equals(pattern.nameAt(i))) {
        return false;
      }
    }
    return true;
  }
}
