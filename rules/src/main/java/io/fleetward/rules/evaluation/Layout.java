package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.series.Selection;
import java.util.ArrayList;
import java.util.List;

/// The series that an expression's selectors find, in order, by their labels. Immutable.
///
/// Hosts of one class have the same layouts but for the name of the host; what is bound to a layout
/// serves them all.
///
/// @param rows the labels of the series of each selector, in the order of the selectors
record Layout(List<List<Labels>> rows) {
  /// With all labels as they are.
  static Layout exact(List<Selection> inputs) {
    return new Layout(inputs.stream().map(Layout::exact).toList());
  }

  private static List<Labels> exact(Selection selection) {
    List<Labels> labels = new ArrayList<>(selection.size());
    for (int row = 0; row < selection.size(); row++) {
      labels.add(selection.labels(row));
    }
    return labels;
  }

  /// With the host's own name left open.
  static Layout ofAnyHost(List<Selection> inputs) {
    return new Layout(inputs.stream().map(Layout::ofAnyHost).toList());
  }

  private static List<Labels> ofAnyHost(Selection selection) {
    List<Labels> labels = new ArrayList<>(selection.size());
    for (int row = 0; row < selection.size(); row++) {
      labels.add(selection.at(row).pattern());
    }
    return labels;
  }

  /// The shape of what a selector finds.
  Shape shape(int selector) {
    return Shape.of(rows.get(selector).toArray(Labels[]::new));
  }
}
