package io.fleetward.bench.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table of texts, for a terminal or as Markdown.
///
/// @param head names the columns
/// @param rows as long as the head, each
record Cells(List<String> head, List<List<String>> rows) {
  Cells {
    head = List.copyOf(head);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != head.size()) {
        throw new IllegalArgumentException(
            "a row of %d cells under %d columns".formatted(row.size(), head.size()));
      }
    }
  }

  /// A number with three digits behind the point as scores have them; a dash where there is none.
  static String score(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "–";
  }

  /// A number with some digits behind the point; a dash where there is none.
  static String number(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "–";
  }

  String text() {
    int[] widths = new int[head.size()];
    List<List<String>> all = new ArrayList<>(rows);
    all.addFirst(head);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return all.stream()
        .map(row ->
            IntStream.range(0, widths.length)
                .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  String markdown() {
    String line = IntStream.range(0, head.size()).mapToObj(_ -> "---").collect(bars());
    return rows.stream()
        .map(row -> row.stream().map(cell -> cell.replace("|", "\\|")).collect(bars()))
        .collect(
            Collectors.joining("\n", head.stream().collect(bars()) + "\n" + line + "\n", "\n"));
  }

  private static Collector<CharSequence, ?, String> bars() {
    return Collectors.joining(" | ", "| ", " |");
  }
}
