package io.fleetward.protocol.labels;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Regular expressions of RE2 that others wrote.
public final class Re2Expression {
  /// As deep as Go's parser goes; deeper ones would exhaust the stack.
  private static final int MAX_DEPTH = 1000;

  private Re2Expression() {}

  /// @param flags of [Pattern]
  /// @throws PatternSyntaxException if the text is no expression, or nests too deeply
  public static Pattern compile(String text, int flags) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      i += c == '\\' ? 1 : 0;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth > MAX_DEPTH) {
        throw new PatternSyntaxException("expression nests too deeply", text);
      }
    }
    return Pattern.compile(text, flags);
  }
}
