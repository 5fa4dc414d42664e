package io.fleetward.protocol.exposition;

import io.fleetward.protocol.labels.Labels;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.TreeMap;

/// Name and labels as a page writes them: `name{a="b"}`, or `{"any name", a="b"}`. Confined to one
/// thread.
final class SeriesText {
  private final PageCursor cursor;
  private final ExpositionLimits limits;
  private final Utf8Text utf8 = new Utf8Text();
  private int end;
  private boolean hasName;

  /// While labels are being made; else nothing is kept.
  private boolean isKeeping;

  private final Map<String, String> kept = new TreeMap<>(Labels.TEXT_ORDER);

  SeriesText(PageCursor cursor, ExpositionLimits limits) {
    this.cursor = cursor;
    this.limits = limits;
  }

  /// Goes over name and labels.
  ///
  /// @param isStrict without blanks anywhere
  void skip(boolean isStrict) throws MalformedPageException {
    hasName = cursor.peek() != '{';
    if (hasName) {
      int start = cursor.position();
      cursor.skipName(true, limits.nameBytes());
      keep(Labels.METRIC_NAME, start, cursor.position(), false);
      end = cursor.position();
      if (!isStrict) {
        cursor.skipBlanks();
      }
    }
    if (cursor.peek() == '{') {
      skipLabels(isStrict);
      end = cursor.position();
    }
    if (!hasName) {
      throw cursor.malformed("a series without a name");
    }
  }

  /// Behind the last byte of what was gone over last.
  int end() {
    return end;
  }

  /// Goes over labels in braces.
  void skipLabels(boolean isStrict) throws MalformedPageException {
    cursor.expect('{');
    int count = 0;
    blanks(isStrict);
    while (cursor.peek() != '}') {
      if (count == limits.labels()) {
        throw cursor.malformed("more than %d labels".formatted(limits.labels()));
      }
      skipLabel(isStrict);
      count++;
      blanks(isStrict);
      if (cursor.peek() == ',') {
        cursor.skip();
        blanks(isStrict);
      } else if (cursor.peek() != '}') {
        throw cursor.expected("',' or '}'");
      }
    }
    cursor.skip();
  }

  private void blanks(boolean isStrict) {
    if (!isStrict) {
      cursor.skipBlanks();
    }
  }

  private void skipLabel(boolean isStrict) throws MalformedPageException {
    int nameStart = cursor.position();
    boolean isQuoted = cursor.peek() == '"';
    if (isQuoted) {
      cursor.skipQuoted(limits.nameBytes(), "name");
    } else {
      cursor.skipName(false, limits.nameBytes());
    }
    int nameEnd = cursor.position();
    blanks(isStrict);
    if (isQuoted && !hasName && cursor.peek() != '=') {
      hasName = true;
      keep(Labels.METRIC_NAME, nameStart, nameEnd, true);
      return;
    }
    cursor.expect('=');
    blanks(isStrict);
    int valueStart = cursor.position();
    cursor.skipQuoted(limits.valueBytes(), "label's value");
    if (isKeeping) {
      keep(text(nameStart, nameEnd, isQuoted), valueStart, cursor.position(), true);
    }
  }

  private void keep(String name, int start, int valueEnd, boolean isQuoted)
      throws MalformedPageException {
    if (isKeeping && name.isEmpty()) {
      throw cursor.malformedAt(start, "a label without a name");
    }
    if (isKeeping && kept.put(name, text(start, valueEnd, isQuoted)) != null) {
      throw cursor.malformedAt(start, "label \"%s\" comes twice".formatted(name));
    }
  }

  private String text(int start, int textEnd, boolean isQuoted) throws MalformedPageException {
    try {
      return isQuoted
          ? utf8.ofQuoted(cursor.bytes(), start + 1, textEnd - 1)
          : utf8.of(cursor.bytes(), start, textEnd);
    } catch (CharacterCodingException _) {
      throw cursor.malformedAt(start, "a text that is not UTF-8");
    }
  }

  /// The labels that begin at a position in the line that was read last.
  Labels labels(int start) throws MalformedPageException {
    PageCursor.Mark mark = cursor.backTo(start);
    kept.clear();
    isKeeping = true;
    try {
      skip(false);
      if (kept.getOrDefault(Labels.METRIC_NAME, "").isEmpty()) {
        throw cursor.malformedAt(start, "a series without a name");
      }
      return Labels.from(kept);
    } finally {
      isKeeping = false;
      cursor.forwardTo(mark);
    }
  }
}
