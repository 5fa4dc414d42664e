package io.fleetward.rules.language;

import io.fleetward.rules.language.Expression.Place;
import java.util.List;

/// The tokens of one expression with a reading position. Used once, by one thread.
final class Tokens {
  private final List<Token> tokens;
  private int at;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token next() {
    return tokens.get(at);
  }

  Token following() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token take() {
    Token token = tokens.get(at);
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  /// Takes a sign if it comes next.
  boolean takeSign(String sign) {
    if (next().isSign(sign)) {
      take();
      return true;
    }
    return false;
  }

  /// Takes a sign of a number if one comes next: -1 for a minus, else 1.
  double takeNumberSign() {
    if (takeSign("-")) {
      return -1;
    }
    takeSign("+");
    return 1;
  }

  /// Takes a keyword if it comes next.
  boolean takeWord(String word) {
    if (next().isWord(word)) {
      take();
      return true;
    }
    return false;
  }

  /// Takes a sign that has to come next.
  Token expectSign(String sign, String where) {
    if (!next().isSign(sign)) {
      throw unexpected(where, "\"%s\"".formatted(sign));
    }
    return take();
  }

  /// The end of the token taken last.
  Place upToHere(Place start) {
    return start.to(tokens.get(Math.max(at - 1, 0)).place());
  }

  RefusalException unexpected(String where, String expected) {
    return new RefusalException(
        next().place(),
        "unexpected %s in %s, expected %s".formatted(next().described(), where, expected));
  }
}
