package io.fleetward.rules.language;

import io.fleetward.rules.language.Expression.Place;
import java.util.Locale;

/// One word of an expression.
///
/// @param text the characters as written; for a string its value
record Token(Kind kind, String text, Place place) {
  enum Kind {
    END,
    NAME,
    NUMBER,
    DURATION,
    STRING,
    SIGN
  }

  /// Whether it is this sign, as `(` or `=~`.
  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /// Whether it is this keyword, in any case.
  boolean isWord(String word) {
    return kind == Kind.NAME && text.equalsIgnoreCase(word);
  }

  String lowerCase() {
    return text.toLowerCase(Locale.ROOT);
  }

  /// What a person would call it in a message.
  String described() {
    return switch (kind) {
      case END -> "end of input";
      case NAME -> "\"%s\"".formatted(text);
      case NUMBER -> "number \"%s\"".formatted(text);
      case DURATION -> "duration \"%s\"".formatted(text);
      case STRING -> "string " + GoStrings.quote(text);
      case SIGN -> "\"%s\"".formatted(text);
    };
  }
}
