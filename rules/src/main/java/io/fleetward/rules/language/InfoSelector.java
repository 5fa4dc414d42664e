package io.fleetward.rules.language;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.LabelMatcher.Operator;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.Edges;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.Expression.VectorSelector;
import java.util.ArrayList;
import java.util.List;

/// Which metrics a call of `info` takes labels from.
public final class InfoSelector {
  private static final LabelMatcher DEFAULT =
      new LabelMatcher(Labels.METRIC_NAME, Operator.EQUAL, "target_info");

  private static final LabelMatcher CONVENTIONAL =
      new LabelMatcher(Labels.METRIC_NAME, Operator.MATCHES, ".+_info");

  private InfoSelector() {}

  public static boolean isInfo(Call call) {
    return call.function().name().equals("info");
  }

  /// What stands in the second argument; empty if there is none.
  public static List<LabelMatcher> given(Call call) {
    return call.arguments().size() > 1 && call.arguments().get(1) instanceof VectorSelector labels
        ? labels.matchers()
        : List.of();
  }

  /// The conditions on the name of the metrics; without any it is `target_info`, and those that
  /// only exclude names choose among all that end in `_info`.
  public static List<LabelMatcher> ofName(Call call) {
    List<LabelMatcher> named = given(call).stream().filter(InfoSelector::isOfName).toList();
    if (named.isEmpty()) {
      return List.of(DEFAULT);
    }
    if (named.stream().anyMatch(InfoSelector::includes)) {
      return named;
    }
    List<LabelMatcher> all = new ArrayList<>(named);
    all.addFirst(CONVENTIONAL);
    return all;
  }

  private static boolean includes(LabelMatcher matcher) {
    return matcher.operator() == Operator.EQUAL || matcher.operator() == Operator.MATCHES;
  }

  /// The conditions on the labels to take.
  public static List<LabelMatcher> ofLabels(Call call) {
    return given(call).stream().filter(matcher -> !isOfName(matcher)).toList();
  }

  private static boolean isOfName(LabelMatcher matcher) {
    return matcher.name().equals(Labels.METRIC_NAME);
  }

  /// Finds the series of these metrics.
  public static VectorSelector of(Call call) {
    List<LabelMatcher> matchers = new ArrayList<>(ofName(call));
    matchers.addAll(ofLabels(call));
    return new VectorSelector(call.place(), "", matchers, Shift.NONE, Edges.PLAIN);
  }
}
