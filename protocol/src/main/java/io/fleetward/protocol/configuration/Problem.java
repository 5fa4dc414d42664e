package io.fleetward.protocol.configuration;

/// Something wrong in a file that a person wrote: what, where, and how to mend it.
///
/// @param line first line is 1; 0 where the problem concerns the whole file
/// @param column first column is 1; 0 where the problem concerns the whole line
/// @param message what is wrong and what to write instead
public record Problem(String file, int line, int column, String message) {
  public Problem {
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException("negative place %d:%d".formatted(line, column));
    }
  }

  /// A problem of a whole file.
  public static Problem of(String file, String message) {
    return new Problem(file, 0, 0, message);
  }

  /// Where it is: `FILE`, `FILE:LINE` or `FILE:LINE:COLUMN`.
  public String place() {
    return line == 0 ? file : "%s:%d%s".formatted(file, line, column == 0 ? "" : ":" + column);
  }

  @Override
  public String toString() {
    return place() + ": " + message;
  }
}
