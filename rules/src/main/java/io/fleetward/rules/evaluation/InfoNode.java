package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.evaluation.KnownValues.Row;
import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.InfoSelector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `info`: series with labels taken from info metrics.
///
/// Which labels that are depends on the time, so the rows are those met so far; a new one makes the
/// query bind anew.
final class InfoNode extends VectorNode implements Growing {
  private final VectorNode operand;
  private final InfoSeries infos;
  private final KnownValues known;

  /// The conditions on the labels to take; where there are any, only those labels are taken.
  private final List<LabelMatcher> ofLabels;

  private final Set<String> taken;

  /// The position of each known row.
  private final Map<Row, Integer> positions = new HashMap<>();

  /// Rows of the operand that are info metrics themselves.
  private final boolean[] isInfo;

  private boolean isOutgrown;

  /// @param known the rows met so far, shared with later bindings
  InfoNode(Call call, VectorNode operand, InfoSeries infos, KnownValues known) {
    super(shapeOf(known));
    this.operand = operand;
    this.infos = infos;
    this.known = known;
    this.ofLabels = InfoSelector.ofLabels(call);
    this.taken = ofLabels.stream().map(LabelMatcher::name).collect(Collectors.toSet());
    known.rows().forEach(row -> positions.put(row, positions.size()));
    this.isInfo = new boolean[operand.size()];
    for (int row = 0; row < isInfo.length; row++) {
      Labels labels = operand.shape().labels(row);
      isInfo[row] = InfoSelector.ofName(call).stream().allMatch(name -> name.matches(labels));
    }
  }

  private static Shape shapeOf(KnownValues known) {
    Shape.Builder rows = new Shape.Builder();
    known.rows().forEach(row -> rows.add(row.labels(), row.nameFallsAway()));
    return rows.build();
  }

  @Override
  public boolean isOutgrown() {
    return isOutgrown;
  }

  @Override
  void compute(Tick tick) {
    operand.evaluate(tick);
    Arrays.fill(values, StaleMarker.VALUE);
    Set<Labels> wanted = new HashSet<>();
    for (int row = 0; row < isInfo.length; row++) {
      if (operand.has(row) && !isInfo[row]) {
        wanted.add(InfoSeries.identity(operand.shape().labels(row)));
      }
    }
    infos.look(wanted, tick);
    for (int row = 0; row < isInfo.length; row++) {
      if (operand.has(row)) {
        Labels labels = operand.shape().labels(row);
        Optional<Labels> enriched = isInfo[row] ? Optional.of(labels) : enriched(labels);
        double value = operand.values[row];
        boolean fallsAway = operand.shape().nameFallsAway(row);
        enriched.ifPresent(result -> give(new Row(result, fallsAway), value));
      }
    }
  }

  private void give(Row row, double value) {
    Integer position = positions.get(row);
    if (position == null) {
      isOutgrown = true;
      known.rows().add(row);
      return;
    }
    if (has(position)) {
      throw new EvaluationException(duplicateMessage());
    }
    values[position] = value;
  }

  /// Labels with those of the info metrics; empty where a wanted label is nowhere.
  private Optional<Labels> enriched(Labels labels) {
    List<Labels> found = infos.about(InfoSeries.identity(labels));
    if (found.isEmpty()) {
      boolean allMayLack = ofLabels.stream().allMatch(matcher -> matcher.matchesValue(""));
      return allMayLack ? Optional.of(labels) : Optional.empty();
    }
    Map<String, String> added = new TreeMap<>();
    for (Labels info : found) {
      info.toMap()
          .forEach((name, value) -> {
            if (isWanted(name) && labels.value(name).isEmpty()) {
              String other = added.putIfAbsent(name, value);
              refuseConflict(name, other == null ? value : other, value);
            }
          });
    }
    return Optional.of(labels.withAll(Labels.from(added)));
  }

  private boolean isWanted(String name) {
    return !name.equals(Labels.METRIC_NAME) && (taken.isEmpty() || taken.contains(name));
  }

  private static void refuseConflict(String name, String one, String other) {
    if (!one.equals(other)) {
      throw new EvaluationException("conflicting label: " + name);
    }
  }
}
