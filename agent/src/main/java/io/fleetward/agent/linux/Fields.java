package io.fleetward.agent.linux;

import java.nio.charset.StandardCharsets;

/// A cursor over the lines and fields of a text in a reused buffer; moving it and reading numbers
/// allocates nothing. Confined to one thread.
public final class Fields {
  private final String file;
  private byte[] bytes = new byte[0];
  private int end;
  private int nextLineStart;
  private int lineEnd;
  private int position;
  private int fieldStart;
  private int fieldEnd;
  private int line;

  /// @param file named in errors
  public Fields(String file) {
    this.file = file;
  }

  /// Starts before the first line of a text.
  public Fields reset(byte[] text, int length) {
    bytes = text;
    end = length;
    nextLineStart = 0;
    lineEnd = 0;
    position = 0;
    fieldStart = 0;
    fieldEnd = 0;
    line = 0;
    return this;
  }

  /// Moves to the next line; false at the end of the text.
  public boolean nextLine() {
    if (nextLineStart >= end) {
      return false;
    }
    position = nextLineStart;
    lineEnd = position;
    while (lineEnd < end && bytes[lineEnd] != '\n') {
      lineEnd++;
    }
    nextLineStart = lineEnd + 1;
    fieldStart = position;
    fieldEnd = position;
    line++;
    return true;
  }

  /// Moves to the next field of the line, which ends at a space or tab; false if there is none.
  public boolean nextField() {
    return nextField((byte) ' ');
  }

  /// Moves to the next field of the line, which ends at a space, a tab or the separator.
  public boolean nextField(byte separator) {
    while (position < lineEnd && isSpace(bytes[position])) {
      position++;
    }
    if (position >= lineEnd) {
      fieldStart = lineEnd;
      fieldEnd = lineEnd;
      return false;
    }
    fieldStart = position;
    while (position < lineEnd && !isSpace(bytes[position]) && bytes[position] != separator) {
      position++;
    }
    fieldEnd = position;
    if (position < lineEnd) {
      position++;
    }
    return true;
  }

  /// Moves to the field after the last closing parenthesis of the line, as in `/proc/PID/stat`; the
  /// current field becomes what stands between the parentheses.
  public void parenthesised() throws MalformedFileException {
    int open = position;
    while (open < lineEnd && bytes[open] != '(') {
      open++;
    }
    int close = lineEnd - 1;
    while (close > open && bytes[close] != ')') {
      close--;
    }
    if (close <= open) {
      throw malformed("has no name in parentheses");
    }
    fieldStart = open + 1;
    fieldEnd = close;
    position = close + 1;
  }

  /// Moves on by some fields.
  ///
  /// @throws MalformedFileException if the line ends before
  public void skip(int count) throws MalformedFileException {
    for (int i = 0; i < count; i++) {
      if (!nextField()) {
        throw malformed("ends too early");
      }
    }
  }

  /// Moves to the next field and reads it as a number.
  public long nextNumber() throws MalformedFileException {
    if (!nextField()) {
      throw malformed("ends where a number was expected");
    }
    return number();
  }

  /// The current field as a whole number, 0 or more; values past 2^63 wrap as the kernel's do.
  public long number() throws MalformedFileException {
    if (fieldStart == fieldEnd) {
      throw malformed("has nothing where a number was expected");
    }
    long value = 0;
    for (int i = fieldStart; i < fieldEnd; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw malformed("\"%s\" is not a whole number".formatted(text()));
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /// The current field as a number with an optional fraction, such as `0.25`.
  public double decimal() throws MalformedFileException {
    long digits = 0;
    double scale = 1;
    boolean fraction = false;
    boolean any = false;
    for (int i = fieldStart; i < fieldEnd; i++) {
      int digit = bytes[i] - '0';
      if (bytes[i] == '.' && !fraction) {
        fraction = true;
      } else if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        scale = fraction ? scale * 10 : scale;
        any = true;
      } else {
        throw malformed("\"%s\" is not a number".formatted(text()));
      }
    }
    if (!any) {
      throw malformed("\"%s\" is not a number".formatted(text()));
    }
    return digits / scale;
  }

  /// Whether the current field is this ASCII text.
  public boolean is(String text) {
    return fieldEnd - fieldStart == text.length() && startsWith(text);
  }

  /// Whether the current field begins with this ASCII text.
  public boolean startsWith(String text) {
    if (fieldEnd - fieldStart < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[fieldStart + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The first byte of the current field.
  public byte first() throws MalformedFileException {
    if (fieldStart == fieldEnd) {
      throw malformed("ends too early");
    }
    return bytes[fieldStart];
  }

  /// A copy of the current field as text.
  public String text() {
    return new String(bytes, fieldStart, fieldEnd - fieldStart, StandardCharsets.UTF_8);
  }

  /// Whether the current field has these bytes.
  public boolean hasBytes(byte[] other) {
    return java.util.Arrays.equals(bytes, fieldStart, fieldEnd, other, 0, other.length);
  }

  /// Widens the current field back to the start of the line, so that it spans several fields.
  public void spanFromLineStart() {
    int start = fieldStart;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    fieldStart = start;
  }

  /// A failure at the current line.
  public MalformedFileException malformed(String problem) {
    return new MalformedFileException(file, line, problem);
  }

  byte[] copyOfField() {
    return java.util.Arrays.copyOfRange(bytes, fieldStart, fieldEnd);
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\t';
  }
}
