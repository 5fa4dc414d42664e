package io.fleetward.cli.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Aligned columns, for a terminal of 100 columns.
public final class Table {
  private static final int LINE = 100;
  private static final int LAST_COLUMN_AT_LEAST = 12;

  private final String indent;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String indent, String... heads) {
    this.indent = indent;
    rows.add(List.of(heads));
  }

  /// @param cells as many as there are heads
  public void row(String... cells) {
    rows.add(Arrays.stream(cells).map(Output::clean).toList());
  }

  /// Lines of at most 100 columns.
  List<String> lines() {
    return lines(LINE);
  }

  /// Lines as long as they need to be.
  List<String> wholeLines() {
    return lines(Integer.MAX_VALUE);
  }

  private List<String> lines(int columns) {
    int last = rows.getFirst().size() - 1;
    int[] widths = new int[last];
    for (List<String> row : rows) {
      for (int column = 0; column < last; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    int used = indent.length() + Arrays.stream(widths).sum() + 2 * last;
    int room = Math.max(LAST_COLUMN_AT_LEAST, columns - used);
    return rows.stream().map(row -> line(row, widths, room)).toList();
  }

  private String line(List<String> row, int[] widths, int room) {
    StringBuilder line = new StringBuilder(indent);
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell).repeat(" ", widths[column] - cell.length() + 2);
    }
    String rest = row.getLast();
    line.append(rest.length() <= room ? rest : rest.substring(0, room - 1) + "…");
    return line.toString().stripTrailing();
  }
}
