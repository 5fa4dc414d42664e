package io.fleetward.protocol.metrics;

import io.fleetward.protocol.labels.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The names and values of one series while they are read; used again for the next. Confined to one
/// thread.
final class LabelPairs {
  private final int mostLabels;
  private String[] pairs = new String[16];
  private int size;

  LabelPairs(int mostLabels) {
    this.mostLabels = mostLabels;
  }

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(String name, String value, int at) throws RejectedBodyException {
    if (size == 2 * mostLabels) {
      throw new RejectedBodyException("a series has more than %d labels".formatted(mostLabels), at);
    }
    if (name.isEmpty()) {
      throw new RejectedBodyException("a label has no name", at);
    }
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * size);
    }
    pairs[size++] = name;
    pairs[size++] = value;
  }

  /// The labels as remote-write 2.0 demands them: in order, each name once, no empty value.
  ///
  /// @param at where the series stands, for the rejection
  Labels strictly(int at) throws RejectedBodyException {
    for (int i = 0; i < size; i += 2) {
      if (pairs[i + 1].isEmpty()) {
        throw new RejectedBodyException("label \"%s\" has no value".formatted(pairs[i]), at);
      }
      if (i > 0) {
        int order = Labels.TEXT_ORDER.compare(pairs[i - 2], pairs[i]);
        if (order == 0) {
          throw new RejectedBodyException("label \"%s\" comes twice".formatted(pairs[i]), at);
        }
        if (order > 0) {
          throw new RejectedBodyException(
              "label \"%s\" comes after \"%s\"; labels must be sorted by name"
                  .formatted(pairs[i], pairs[i - 2]),
              at);
        }
      }
    }
    return Labels.ofSorted(Arrays.copyOf(pairs, size));
  }

  /// The labels of a 1.0 request, whose senders (vmagent, say) need not have sorted them.
  ///
  /// @param at where the series stands, for the rejection
  Labels leniently(int at) throws RejectedBodyException {
    if (areInOrder()) {
      return Labels.ofSorted(Arrays.copyOf(pairs, size));
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < size; i += 2) {
      if (values.put(pairs[i], pairs[i + 1]) != null) {
        throw new RejectedBodyException("label \"%s\" comes twice".formatted(pairs[i]), at);
      }
    }
    return Labels.from(values);
  }

  /// Whether the labels are as Prometheus sends them: sorted, each name once, no empty value.
  private boolean areInOrder() {
    for (int i = 0; i < size; i += 2) {
      if (pairs[i + 1].isEmpty()
          || (i > 0 && Labels.TEXT_ORDER.compare(pairs[i - 2], pairs[i]) >= 0)) {
        return false;
      }
    }
    return true;
  }
}
