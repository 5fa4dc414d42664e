package io.fleetward.rules.series;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import java.util.ArrayList;
import java.util.List;

/// The series of a store that satisfy a selector, kept up to date as series come and go. Confined
/// to its store's thread.
public final class Selection {
  private final List<LabelMatcher> matchers;
  private final String host;
  private final List<Series> series = new ArrayList<>(1);
  private long version;

  /// @param host the host whose series these are; empty for many hosts'
  Selection(List<LabelMatcher> matchers, String host) {
    this.host = host;
    this.matchers = List.copyOf(matchers);
  }

  /// Changes whenever a series comes or goes.
  public long version() {
    return version;
  }

  public int size() {
    return series.size();
  }

  public Series at(int position) {
    return series.get(position);
  }

  public Labels labels(int position) {
    return HostLabels.of(series.get(position).pattern(), host);
  }

  List<LabelMatcher> matchers() {
    return matchers;
  }

  boolean selects(Labels labels) {
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  void came(Series one) {
    series.add(one);
    version++;
  }

  void went(Series one) {
    if (series.remove(one)) {
      version++;
    }
  }
}
