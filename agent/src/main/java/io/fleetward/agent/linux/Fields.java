package io.fleetward.agent.linux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/// A cursor over the lines and fields of a text in a reused buffer; moving it and reading numbers
/// allocates nothing. Confined to one thread.
public final class Fields {
  private static final byte[] NOTHING = {};

  private final Supplier<String> file;
  private byte[] bytes = NOTHING;
  private int end;
  private int lineStart;
  private int nextLineStart;
  private int lineEnd;
  private int position;
  private int fieldStart;
  private int fieldEnd;
  private int line;

  /// @param file named in errors
  public Fields(String file) {
    this(() -> file);
  }

  /// @param file tells the name for errors
  public Fields(Supplier<String> file) {
    this.file = file;
  }

  /// A text without any line.
  public Fields clear() {
    return reset(NOTHING, 0);
  }

  /// Starts before the first line of a text.
  public Fields reset(byte[] text, int length) {
    bytes = text;
    end = length;
    lineStart = 0;
    nextLineStart = 0;
    lineEnd = 0;
    position = 0;
    fieldStart = 0;
    fieldEnd = 0;
    line = 0;
    return this;
  }

  /// Makes a range of bytes the only line, and that the current field.
  public Fields of(byte[] text, int from, int to) {
    bytes = text;
    end = to;
    lineStart = from;
    nextLineStart = to + 1;
    lineEnd = to;
    position = to;
    fieldStart = from;
    fieldEnd = to;
    line = 1;
    return this;
  }

  /// Moves to the next line; false at the end of the text.
  public boolean nextLine() {
    if (nextLineStart >= end) {
      return false;
    }
    lineStart = nextLineStart;
    position = lineStart;
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

  /// The current field as a whole number that may have a minus sign.
  public long signed() throws MalformedFileException {
    if (fieldStart < fieldEnd && bytes[fieldStart] == '-') {
      fieldStart++;
      return -number();
    }
    return number();
  }

  /// The current field as a number in base 16, without a prefix.
  public long hexadecimal() throws MalformedFileException {
    long value = 0;
    for (int i = fieldStart; i < fieldEnd; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        throw malformed("\"%s\" is not a hexadecimal number".formatted(text()));
      }
      value = value << 4 | digit;
    }
    if (fieldStart == fieldEnd) {
      throw malformed("has nothing where a hexadecimal number was expected");
    }
    return value;
  }

  /// The current field as a number: whole, with a fraction, negative, or in base 16 after `0x`; NaN
  /// if it is none.
  public double numberOrNaN() {
    return Numerals.anyOrNaN(bytes, fieldStart, fieldEnd);
  }

  /// The current field as a number with an optional fraction, such as `0.25`.
  public double decimal() throws MalformedFileException {
    double value = Numerals.decimalOrNaN(bytes, fieldStart, fieldEnd);
    if (Double.isNaN(value)) {
      throw malformed("\"%s\" is not a number".formatted(text()));
    }
    return value;
  }

  /// Whether the current field is this ASCII text.
  public boolean is(String text) {
    return fieldEnd - fieldStart == text.length() && startsWith(text);
  }

  /// Whether the current field is this ASCII text, which is in small letters.
  public boolean isIgnoringCase(String text) {
    if (fieldEnd - fieldStart != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.toLowerCase(bytes[fieldStart + i]) != text.charAt(i)) {
        return false;
      }
    }
    return true;
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

  /// Whether the current field ends with this ASCII text.
  public boolean endsWith(String text) {
    int start = fieldEnd - text.length();
    if (start < fieldStart) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether this ASCII text stands anywhere in the current field.
  public boolean contains(String text) {
    int last = fieldEnd - text.length();
    for (int start = fieldStart; start <= last; start++) {
      int i = 0;
      while (i < text.length() && bytes[start + i] == text.charAt(i)) {
        i++;
      }
      if (i == text.length()) {
        return true;
      }
    }
    return false;
  }

  /// Takes characters off the end of the current field.
  public Fields cut(int count) {
    fieldEnd = Math.max(fieldStart, fieldEnd - count);
    return this;
  }

  /// Takes characters off the start of the current field.
  public Fields cutStart(int count) {
    fieldStart = Math.min(fieldEnd, fieldStart + count);
    return this;
  }

  /// Makes the rest of the line, without the spaces around it, the current field.
  public Fields rest() {
    fieldStart = position;
    while (fieldStart < lineEnd && isSpace(bytes[fieldStart])) {
      fieldStart++;
    }
    fieldEnd = lineEnd;
    while (fieldEnd > fieldStart && isSpace(bytes[fieldEnd - 1])) {
      fieldEnd--;
    }
    position = lineEnd;
    return this;
  }

  /// Makes the first line, without the spaces around it, the current field; an empty one if there
  /// is no line.
  public Fields firstLine() {
    fieldStart = 0;
    fieldEnd = 0;
    position = 0;
    lineEnd = 0;
    nextLineStart = 0;
    return nextLine() ? rest() : this;
  }

  /// Whether the line begins with a space.
  public boolean isIndented() {
    return lineStart < lineEnd && isSpace(bytes[lineStart]);
  }

  /// Goes back to before the first field of the line.
  public void again() {
    position = lineStart;
  }

  /// The number of bytes of the current field.
  public int length() {
    return fieldEnd - fieldStart;
  }

  /// Copies the current field.
  ///
  /// @return where it ends in the target, which must be large enough
  public int copyTo(byte[] target, int at) {
    System.arraycopy(bytes, fieldStart, target, at, fieldEnd - fieldStart);
    return at + fieldEnd - fieldStart;
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
    return Arrays.equals(bytes, fieldStart, fieldEnd, other, 0, other.length);
  }

  /// Widens the current field back to the start of the line, so that it spans several fields.
  public void spanFromLineStart() {
    fieldStart = lineStart;
  }

  /// A failure at the current line.
  public MalformedFileException malformed(String problem) {
    return new MalformedFileException(file.get(), line, problem);
  }

  /// Whether the text has no byte at all.
  public boolean isEmpty() {
    return end == 0;
  }

  /// The whole text, all lines.
  public String wholeText() {
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  boolean hasText(byte[] other) {
    return Arrays.equals(bytes, 0, end, other, 0, other.length);
  }

  byte[] copyOfText() {
    return Arrays.copyOf(bytes, end);
  }

  byte[] copyOfField() {
    return Arrays.copyOfRange(bytes, fieldStart, fieldEnd);
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\t';
  }
}
