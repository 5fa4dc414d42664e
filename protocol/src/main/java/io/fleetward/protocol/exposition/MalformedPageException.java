package io.fleetward.protocol.exposition;

/// Something in a page is not as its format has it. The message says where, what was found and what
/// belongs there. Carries no stack trace, since exporters can make as many as they like.
public final class MalformedPageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  MalformedPageException(int line, int column, String reason) {
    super("%d:%d: %s".formatted(line, column, reason), null, false, false);
    this.line = line;
    this.column = column;
  }

  /// From 1.
  public int line() {
    return line;
  }

  /// In characters, from 1.
  public int column() {
    return column;
  }
}
