package io.fleetward.protocol.exposition;

import java.util.Set;

/// The lines that begin with `#`: what they say of types is checked and not kept. Confined to one
/// thread.
final class Comments {
  private static final Set<String> TEXT_TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");
  private static final Set<String> OPEN_METRICS_TYPES =
      Set.of(
          "counter",
          "gauge",
          "histogram",
          "gaugehistogram",
          "stateset",
          "info",
          "summary",
          "unknown");

  private final PageCursor cursor;
  private final ExpositionLimits limits;

  Comments(PageCursor cursor, ExpositionLimits limits) {
    this.cursor = cursor;
    this.limits = limits;
  }

  /// Goes over a comment's line.
  ///
  /// @return whether it ends the page
  boolean skip(PageFormat format) throws MalformedPageException {
    return switch (format) {
      case TEXT -> {
        skipText();
        yield false;
      }
      case OPEN_METRICS -> skipOpenMetrics();
    };
  }

  private void skipText() throws MalformedPageException {
    cursor.skip();
    cursor.skipBlanks();
    boolean isType = cursor.looksAt("TYPE ") || cursor.looksAt("TYPE\t");
    if (isType || cursor.looksAt("HELP ") || cursor.looksAt("HELP\t")) {
      cursor.skip("TYPE");
      cursor.skipBlanks();
      skipMetricName();
      cursor.skipBlanks();
      if (isType) {
        skipType(TEXT_TYPES);
        cursor.skipBlanks();
        if (!cursor.isLineEnd()) {
          throw cursor.expected("the end of the line");
        }
      }
    }
    cursor.skipLine();
  }

  private boolean skipOpenMetrics() throws MalformedPageException {
    if (cursor.looksAt("# EOF")) {
      cursor.skip("# EOF");
      if (!cursor.isLineEnd()) {
        throw cursor.expected("the end of the line");
      }
      cursor.nextLine();
      if (!cursor.isAtEnd()) {
        throw cursor.malformed("something follows # EOF");
      }
      return true;
    }
    boolean isType = cursor.looksAt("# TYPE ");
    if (!isType && !cursor.looksAt("# HELP ") && !cursor.looksAt("# UNIT ")) {
      throw cursor.malformed("expected # TYPE, # HELP, # UNIT or # EOF");
    }
    cursor.skip("# TYPE ");
    skipMetricName();
    cursor.expect(' ');
    if (isType) {
      skipType(OPEN_METRICS_TYPES);
      if (!cursor.isLineEnd()) {
        throw cursor.expected("the end of the line");
      }
    }
    cursor.skipLine();
    return false;
  }

  private void skipMetricName() throws MalformedPageException {
    if (cursor.peek() == '"') {
      cursor.skipQuoted(limits.nameBytes(), "name");
    } else {
      cursor.skipName(true, limits.nameBytes());
    }
  }

  private void skipType(Set<String> types) throws MalformedPageException {
    for (String type : types) {
      if (cursor.looksAtWord(type)) {
        cursor.skip(type);
        return;
      }
    }
    throw cursor.expected("a type, one of " + String.join(", ", types.stream().sorted().toList()));
  }
}
