package io.fleetward.protocol.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The identity of a series: label names with values, sorted by name, empty values left out.
///
/// As in Prometheus a label with an empty value and a missing label are the same thing. Immutable;
/// the hash is computed once.
public final class Labels implements Comparable<Labels> {
  /// The label that holds a series' metric name.
  public static final String METRIC_NAME = "__name__";

  /// The label that holds a host's identity; also the Kafka key of everything about that host.
  public static final String INSTANCE = "instance";

  /// The label that holds an alerting rule's name.
  public static final String ALERT_NAME = "alertname";

  public static final Labels EMPTY = new Labels(new String[0]);

  /// How label names and values are ordered: by code point, which is the order of their UTF-8 bytes
  /// and so Prometheus' order. Java's own order differs beyond U+D7FF.
  public static final Comparator<String> TEXT_ORDER = Labels::compareCodePoints;

  /// name 0, value 0, name 1, value 1, …, sorted by name.
  private final String[] pairs;

  private final int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /// Makes labels from names and values in turn: `of("__name__", "up", "instance", "web-1")`.
  ///
  /// @throws IllegalArgumentException if a value is missing or a name comes twice
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "name without a value: " + namesAndValues[namesAndValues.length - 1]);
    }
    TreeMap<String, String> sorted = new TreeMap<>(TEXT_ORDER);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (sorted.put(namesAndValues[i], namesAndValues[i + 1]) != null) {
        throw new IllegalArgumentException("label given twice: " + namesAndValues[i]);
      }
    }
    return fromSorted(sorted);
  }

  /// Makes labels from a map of names to values.
  public static Labels from(Map<String, String> values) {
    TreeMap<String, String> sorted = new TreeMap<>(TEXT_ORDER);
    sorted.putAll(values);
    return fromSorted(sorted);
  }

  /// Makes labels from names and values in turn that are already as labels are held; for decoders,
  /// which would else sort every series of every scrape. The array is handed over, not copied.
  ///
  /// @throws IllegalArgumentException if a value is missing or empty, or a name does not come after
  ///   the one before it
  public static Labels ofSorted(String[] namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1].isEmpty()) {
        throw new IllegalArgumentException("empty value of label " + namesAndValues[i]);
      }
      if (i > 0 && compareCodePoints(namesAndValues[i - 2], namesAndValues[i]) >= 0) {
        throw new IllegalArgumentException("label out of order: " + namesAndValues[i]);
      }
    }
    return new Labels(namesAndValues);
  }

  private static int compareCodePoints(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // a surrogate stands for a code point above every other char
        return Character.isSurrogate(a) == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static Labels fromSorted(SortedMap<String, String> sorted) {
    List<String> pairs = new ArrayList<>(2 * sorted.size());
    for (Map.Entry<String, String> entry : sorted.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        pairs.add(entry.getKey());
        pairs.add(entry.getValue());
      }
    }
    return new Labels(pairs.toArray(String[]::new));
  }

  /// The value of a label, empty if there is no such label.
  public String value(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return "";
  }

  public boolean has(String name) {
    return !value(name).isEmpty();
  }

  /// The metric name, empty if these labels have none.
  public String metricName() {
    return value(METRIC_NAME);
  }

  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /// The name of the label at a position, 0 to [#size] - 1, in the order of names.
  public String nameAt(int position) {
    return pairs[2 * position];
  }

  /// The value of the label at a position, 0 to [#size] - 1, in the order of names.
  public String valueAt(int position) {
    return pairs[2 * position + 1];
  }

  /// These labels with one set to a value; an empty value removes it.
  public Labels with(String name, String value) {
    SortedMap<String, String> changed = toMap();
    changed.put(name, value);
    return fromSorted(changed);
  }

  /// These labels with all of `other` set over them.
  public Labels withAll(Labels other) {
    if (other.isEmpty()) {
      return this;
    }
    SortedMap<String, String> changed = toMap();
    changed.putAll(other.toMap());
    return fromSorted(changed);
  }

  /// These labels without the named ones.
  public Labels without(Collection<String> names) {
    SortedMap<String, String> changed = toMap();
    return changed.keySet().removeAll(Set.copyOf(names)) ? fromSorted(changed) : this;
  }

  /// These labels without the named ones.
  public Labels without(String... names) {
    return without(List.of(names));
  }

  /// Only the named ones of these labels.
  public Labels keep(Collection<String> names) {
    SortedMap<String, String> changed = toMap();
    return changed.keySet().retainAll(Set.copyOf(names)) ? fromSorted(changed) : this;
  }

  /// A modifiable copy, sorted by name.
  public SortedMap<String, String> toMap() {
    TreeMap<String, String> map = new TreeMap<>(TEXT_ORDER);
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /// Orders as Prometheus does: label by label, name first, then value; the shorter set first.
  @Override
  public int compareTo(Labels other) {
    int common = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < common; i++) {
      int order = compareCodePoints(pairs[i], other.pairs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pairs.length, other.pairs.length);
  }

  @Override
  public boolean equals(Object object) {
    return this == object
        || (object instanceof Labels other
            && hash == other.hash
            && Arrays.equals(pairs, other.pairs));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// As Prometheus writes a series: `up{instance="web-1"}`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(metricName()).append('{');
    for (int i = 0; i < pairs.length; i += 2) {
      if (!Objects.equals(pairs[i], METRIC_NAME)) {
        text.append(text.charAt(text.length() - 1) == '{' ? "" : ", ")
            .append(pairs[i])
            .append("=\"")
            .append(escape(pairs[i + 1]))
            .append('"');
      }
    }
    return text.append('}').toString();
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
