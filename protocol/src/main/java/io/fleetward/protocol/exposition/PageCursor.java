package io.fleetward.protocol.exposition;

/// A position in a page, with what every part of the reading needs. Confined to one thread.
final class PageCursor {
  private byte[] bytes = new byte[0];
  private int end;
  private int position;
  private int line;
  private int lineStart;

  void reset(byte[] page, int length) {
    bytes = page;
    end = length;
    position = 0;
    line = 1;
    lineStart = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  boolean isAtEnd() {
    return position >= end;
  }

  /// The next byte; a line's end also where the page ends without one.
  byte peek() {
    return position < end ? bytes[position] : (byte) '\n';
  }

  void skip() {
    position++;
  }

  /// Where the cursor stood before [#backTo].
  record Mark(int position, int line, int lineStart) {}

  /// Goes back to a position in the line before this one.
  Mark backTo(int earlier) {
    Mark mark = new Mark(position, line, lineStart);
    position = earlier;
    line--;
    lineStart = earlier;
    while (lineStart > 0 && bytes[lineStart - 1] != '\n') {
      lineStart--;
    }
    return mark;
  }

  void forwardTo(Mark mark) {
    position = mark.position();
    line = mark.line();
    lineStart = mark.lineStart();
  }

  boolean isLineEnd() {
    return peek() == '\n';
  }

  /// Goes behind the line's end.
  void nextLine() {
    position++;
    line++;
    lineStart = position;
  }

  void skipLine() {
    while (!isLineEnd()) {
      position++;
    }
    nextLine();
  }

  /// Goes over spaces and tabs.
  ///
  /// @return whether there were any
  boolean skipBlanks() {
    int before = position;
    while (position < end && (bytes[position] == ' ' || bytes[position] == '\t')) {
      position++;
    }
    return position > before;
  }

  /// Goes over a byte that has to be there.
  void expect(char wanted) throws MalformedPageException {
    if (isAtEnd() || peek() != wanted) {
      throw expected(wanted == ' ' ? "a space" : "'%c'".formatted(wanted));
    }
    position++;
  }

  /// Goes over everything up to a blank or the line's end.
  void skipWord() {
    while (position < end
        && bytes[position] != ' '
        && bytes[position] != '\t'
        && bytes[position] != '\n') {
      position++;
    }
  }

  /// Whether a text stands here; nothing is gone over.
  boolean looksAt(String text) {
    if (end - position < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[position + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a word stands here, up to a blank or the line's end.
  boolean looksAtWord(String word) {
    int after = position + word.length();
    return looksAt(word)
        && (after >= end || bytes[after] == ' ' || bytes[after] == '\t' || bytes[after] == '\n');
  }

  void skip(String text) {
    position += text.length();
  }

  /// Goes over a name.
  ///
  /// @param mayHaveColons metric names may
  void skipName(boolean mayHaveColons, int mostBytes) throws MalformedPageException {
    int start = position;
    if (isNameByte(peek(), mayHaveColons) && !isDigit(peek())) {
      while (isNameByte(peek(), mayHaveColons)) {
        position++;
      }
    }
    if (position == start) {
      throw expected("a name");
    }
    checkLength(start, mostBytes, "name");
  }

  /// Goes over a text in quotes.
  void skipQuoted(int mostBytes, String what) throws MalformedPageException {
    int start = position;
    expect('"');
    while (peek() != '"') {
      if (isLineEnd()) {
        throw expected("'\"' at the end of the " + what);
      }
      if (peek() == '\\') {
        position++;
        if (isLineEnd()) {
          throw expected("a character after '\\'");
        }
      }
      position++;
    }
    position++;
    checkLength(start, mostBytes + 2, what);
  }

  private void checkLength(int start, int mostBytes, String what) throws MalformedPageException {
    if (position - start > mostBytes) {
      int length = position - start;
      position = start;
      throw malformed(
          "the %s takes %d bytes; at most %d are read".formatted(what, length, mostBytes));
    }
  }

  private static boolean isNameByte(byte b, boolean mayHaveColons) {
    return switch (b) {
      case ':' -> mayHaveColons;
      case '_' -> true;
      default -> isDigit(b) || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
    };
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  MalformedPageException expected(String what) {
    return malformed("expected %s, found %s".formatted(what, found()));
  }

  private String found() {
    if (isAtEnd()) {
      return "the end of the page";
    }
    byte b = bytes[position];
    if (b == '\n') {
      return "the end of the line";
    }
    return b >= ' ' && b < 0x7f ? "'%c'".formatted((char) b) : "byte 0x%02x".formatted(b & 0xff);
  }

  MalformedPageException malformed(String reason) {
    return malformedAt(position, reason);
  }

  /// @param at a position in the present line
  MalformedPageException malformedAt(int at, String reason) {
    int column = 1;
    for (int i = lineStart; i < at && i < end; i++) {
      // all but the first byte of a character begin with 10
      column += (bytes[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return new MalformedPageException(line, column, reason);
  }
}
