package io.fleetward.models.table;

import io.fleetward.models.stream.Times;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// A table whose rows a detector can read: numbers, with or without a time. Confined to one thread.
///
/// The column `timestamp` is the time, the column `label` is never read, all others are features.
public final class FeatureTable implements AutoCloseable {
  public static final String TIME = "timestamp";
  public static final String LABEL = "label";

  private static final long HOUR = 3_600;

  private final CsvTable table;
  private final int timeColumn;
  private final List<String> features;
  private final int[] featureColumns;
  private final double[] row;
  private long time;
  private long interval;
  private long setBack;
  private long count;

  private FeatureTable(CsvTable table, List<String> features) {
    this.table = table;
    this.features = features;
    timeColumn = table.columns().indexOf(TIME);
    featureColumns = features.stream().mapToInt(table.columns()::indexOf).toArray();
    row = new double[featureColumns.length];
  }

  /// Opens a file; its features come in the order of its columns.
  ///
  /// @throws BadTableException if it cannot be read, or its header is bad or names no feature
  public static FeatureTable open(Path file) {
    CsvTable table = CsvTable.open(file);
    List<String> features =
        table.columns().stream().filter(name -> !name.equals(TIME) && !name.equals(LABEL)).toList();
    if (features.isEmpty()) {
      table.close();
      throw new BadTableException(
          "%s:1: no column but \"%s\" and \"%s\"; a detector needs at least one with numbers"
              .formatted(file, TIME, LABEL));
    }
    return new FeatureTable(table, features);
  }

  /// Opens a file whose features are those of another one; they come in the other's order.
  ///
  /// @throws BadTableException if it cannot be read, its header is bad or names other features, or
  ///   only one of the files has times
  public static FeatureTable open(Path file, FeatureTable like) {
    FeatureTable own = open(file);
    try {
      own.refuseOtherThan(like);
      return new FeatureTable(own.table, like.features);
    } catch (BadTableException e) {
      own.close();
      throw e;
    }
  }

  private void refuseOtherThan(FeatureTable other) {
    for (String feature : other.features) {
      if (!features.contains(feature)) {
        throw new BadTableException(
            "%s:1: column \"%s\" of %s is missing; both need the same columns"
                .formatted(file(), feature, other.file()));
      }
    }
    for (String feature : features) {
      if (!other.features.contains(feature)) {
        throw new BadTableException(
            "%s:1: column \"%s\" is not in %s; both need the same columns"
                .formatted(file(), feature, other.file()));
      }
    }
    if (times() != other.times()) {
      FeatureTable without = times() == Times.ROWS ? this : other;
      throw new BadTableException(
          "%s:1: column \"%s\" is missing, but %s has it; give it to both or to neither"
              .formatted(without.file(), TIME, (without == this ? other : this).file()));
    }
  }

  private Path file() {
    return table.file();
  }

  /// The names of the features, in the order of [#row].
  public List<String> features() {
    return features;
  }

  /// Whether rows have times; without, they are numbered.
  public Times times() {
    return timeColumn < 0 ? Times.ROWS : Times.SECONDS;
  }

  /// Steps to the next row.
  ///
  /// @return false at the end
  /// @throws BadTableException if the file has no rows, or the row is ragged, has a field that is
  ///   no number, or a time before the row before, other than by a clock that is set back by an
  ///   hour
  public boolean next() {
    if (!table.next()) {
      if (count == 0) {
        throw new BadTableException(
            "%s:%d: no rows follow the header".formatted(file(), table.line()));
      }
      return false;
    }
    time = timeColumn < 0 ? count : readTime();
    for (int i = 0; i < row.length; i++) {
      row[i] = table.number(featureColumns[i]);
    }
    count++;
    return true;
  }

  private long readTime() {
    String text = table.text(timeColumn);
    OptionalLong seconds = RowTimes.seconds(text);
    if (seconds.isEmpty()) {
      throw table.bad(
          timeColumn,
          "\"%s\" is no time; write seconds since 1970 or 2026-11-22T09:30:00Z".formatted(text));
    }
    long read = seconds.getAsLong() + setBack;
    if (count > 0 && read < time) {
      if (!RowTimes.isWallClock(text) || read + HOUR != time + interval) {
        throw table.bad(
            timeColumn, "%s is before the row above; sort the file by its times".formatted(text));
      }
      // The same hour comes twice: the clock was set back, time went on.
      setBack += HOUR;
      read += HOUR;
    }
    interval = count > 0 ? read - time : 0;
    return read;
  }

  /// The time of the current row in seconds, or its number from 0 where the file has no times.
  public long time() {
    return time;
  }

  /// The features of the current row, NaN where a field is empty; overwritten by the next.
  public double[] row() {
    return row;
  }

  /// The number of rows read so far.
  public long count() {
    return count;
  }

  /// The names of features, strongest first, joined by `;`, as one field of a CSV file.
  public String joined(int[] indexes, int number) {
    String text =
        String.join(
            ";", IntStream.range(0, number).mapToObj(i -> features.get(indexes[i])).toList());
    return text.indexOf(',') < 0 && text.indexOf('"') < 0
        ? text
        : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() {
    table.close();
  }
}
