package io.fleetward.rules.language;

/// Something wrong in an expression: what and where.
///
/// @param start position of the first character concerned, from 0
/// @param end position after the last character concerned
/// @param line from 1
/// @param column from 1
public record SyntaxProblem(String message, int start, int end, int line, int column) {
  /// A problem at a place of a text, with its line and column.
  public static SyntaxProblem at(String text, Expression.Place place, String message) {
    int start = Math.min(place.start(), text.length());
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < start; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int end = Math.min(Math.max(place.end(), start), text.length());
    return new SyntaxProblem(message, start, end, line, start - lineStart + 1);
  }

  /// The line of `text` that is concerned, with a caret under the place.
  public String caret(String text) {
    int lineStart = start == 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = text.indexOf('\n', lineStart);
    String lineText = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
    int width = Math.max(1, Math.min(end, lineStart + lineText.length()) - start);
    return lineText + "\n" + " ".repeat(start - lineStart) + "^".repeat(width);
  }

  /// `1:5: parse error: …`, as promtool writes it.
  @Override
  public String toString() {
    return "%d:%d: parse error: %s".formatted(line, column, message);
  }
}
