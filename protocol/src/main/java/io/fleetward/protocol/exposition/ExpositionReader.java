package io.fleetward.protocol.exposition;

import io.fleetward.protocol.labels.Labels;

/// Reads a page sample by sample. Where the caller knows a series by its bytes, nothing is made
/// into objects; else [#labels] does. Each line is checked when it is reached: samples before a
/// malformed line have been given out. Reused from page to page; confined to one thread.
public final class ExpositionReader {
  private final ExpositionLimits limits;
  private final PageCursor cursor = new PageCursor();
  private final DecimalNumber number = new DecimalNumber();
  private final SeriesText series;
  private final Comments comments;
  private PageFormat format = PageFormat.TEXT;
  private boolean hasEnded;
  private int samples;
  private int seriesStart;
  private int seriesEnd;
  private double value;
  private boolean isTimed;
  private long timeMillis;

  public ExpositionReader(ExpositionLimits limits) {
    this.limits = limits;
    this.series = new SeriesText(cursor, limits);
    this.comments = new Comments(cursor, limits);
  }

  /// Starts before the first line of a page; the array must not change while it is read.
  public void reset(byte[] page, int length, PageFormat pageFormat) {
    cursor.reset(page, length);
    format = pageFormat;
    hasEnded = false;
    samples = 0;
  }

  /// Moves to the next sample.
  ///
  /// @return false at the end of the page
  /// @throws MalformedPageException if the page is not as its format has it, or beyond a limit
  public boolean next() throws MalformedPageException {
    boolean isStrict = format == PageFormat.OPEN_METRICS;
    while (!hasEnded && !cursor.isAtEnd()) {
      if (!isStrict) {
        cursor.skipBlanks();
      }
      if (cursor.peek() == '#') {
        hasEnded = comments.skip(format);
      } else if (cursor.isLineEnd() && !isStrict) {
        cursor.nextLine();
      } else {
        readSample(isStrict);
        return true;
      }
    }
    if (isStrict && !hasEnded) {
      throw cursor.malformed("the page ends without # EOF");
    }
    return false;
  }

  private void readSample(boolean isStrict) throws MalformedPageException {
    if (samples == limits.samples()) {
      throw cursor.malformed("more than %d samples; raise the limit".formatted(limits.samples()));
    }
    samples++;
    seriesStart = cursor.position();
    series.skip(isStrict);
    seriesEnd = series.end();
    if (isStrict) {
      cursor.expect(' ');
    } else {
      cursor.skipBlanks();
    }
    value = readNumber("a value");
    readTime(isStrict);
    if (isStrict && cursor.looksAt(" # ")) {
      readExemplar();
    }
    if (!cursor.isLineEnd()) {
      throw cursor.expected("the end of the line");
    }
    cursor.nextLine();
  }

  private double readNumber(String what) throws MalformedPageException {
    int start = cursor.position();
    cursor.skipWord();
    if (!number.read(cursor.bytes(), start, cursor.position())) {
      throw cursor.malformedAt(start, "expected %s, found %s".formatted(what, word(start)));
    }
    return number.value();
  }

  private String word(int start) {
    int length = Math.min(cursor.position() - start, 40);
    return length == 0
        ? "nothing"
        : "\"%s\"".formatted(new Utf8Text().ofAny(cursor.bytes(), start, start + length));
  }

  private void readTime(boolean isStrict) throws MalformedPageException {
    isTimed = false;
    if (isStrict) {
      if (cursor.peek() == ' ' && !cursor.looksAt(" # ")) {
        cursor.skip();
        timeMillis = millis(cursor.position(), readNumber("a time in seconds"));
        isTimed = true;
      }
    } else if (cursor.skipBlanks() && !cursor.isLineEnd()) {
      int start = cursor.position();
      double read = readNumber("a time in milliseconds");
      if (read != Math.rint(read) || Math.abs(read) > 1e15) {
        throw cursor.malformedAt(
            start, "expected a time in milliseconds, found %s".formatted(word(start)));
      }
      timeMillis = (long) read;
      isTimed = true;
      cursor.skipBlanks();
    }
  }

  private long millis(int start, double seconds) throws MalformedPageException {
    if (Double.isNaN(seconds) || Math.abs(seconds) > 1e12) {
      throw cursor.malformedAt(
          start, "expected a time in seconds, found %s".formatted(word(start)));
    }
    return Math.round(seconds * 1e3);
  }

  /// An exemplar: checked, not kept.
  private void readExemplar() throws MalformedPageException {
    cursor.skip(" # ");
    series.skipLabels(true);
    cursor.expect(' ');
    var _ = readNumber("the exemplar's value");
    if (cursor.peek() == ' ') {
      cursor.skip();
      int start = cursor.position();
      var _ = millis(start, readNumber("the exemplar's time in seconds"));
    }
  }

  /// Where the sample's name and labels begin in the page.
  public int seriesStart() {
    return seriesStart;
  }

  /// Where they end.
  public int seriesEnd() {
    return seriesEnd;
  }

  public double value() {
    return value;
  }

  /// Whether the page says when the sample was taken.
  public boolean isTimed() {
    return isTimed;
  }

  /// When it was taken, in ms since the epoch, if it [#isTimed].
  public long timeMillis() {
    return timeMillis;
  }

  /// The sample's name and labels.
  ///
  /// @throws MalformedPageException if a name comes twice, or a text is not UTF-8
  public Labels labels() throws MalformedPageException {
    return series.labels(seriesStart);
  }
}
