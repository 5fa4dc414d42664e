package io.fleetward.rules.language;

import io.fleetward.rules.language.Expression.Place;
import io.fleetward.rules.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into tokens. Used once, by one thread.
final class Lexer {
  private static final List<String> LONG_SIGNS =
      List.of("==", "!=", "=~", "!~", "<=", ">=", "</", ">/");
  private static final String SHORT_SIGNS = "(){}[],=<>+-*/%^@:";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /// How many braces and brackets are open; within them a colon is a sign of its own.
  private int open;

  private Lexer(String text) {
    this.text = text;
  }

  /// @throws RefusalException at the first character that starts no token
  static List<Token> tokens(String text) {
    return new Lexer(text).run();
  }

  private List<Token> run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (" \t\r\n".indexOf(c) >= 0) {
        at++;
      } else if (c == '#') {
        skipComment();
      } else if (c == '"' || c == '\'' || c == '`') {
        string(c);
      } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
        number();
      } else if (isNameStart(c) || (c == ':' && open == 0)) {
        name();
      } else {
        sign(c);
      }
    }
    tokens.add(new Token(Kind.END, "", new Place(text.length(), text.length())));
    return tokens;
  }

  private void skipComment() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void add(Kind kind, String value, int start) {
    tokens.add(new Token(kind, value, new Place(start, at)));
  }

  private RefusalException refuse(int start, String message) {
    return new RefusalException(new Place(start, Math.max(at, start + 1)), message);
  }

  private void name() {
    int start = at;
    while (isNameStart(peek(0)) || isDigit(peek(0)) || (peek(0) == ':' && open == 0)) {
      at++;
    }
    add(Kind.NAME, text.substring(start, at), start);
  }

  private void string(char quote) {
    int start = at++;
    while (peek(0) != quote) {
      if (at >= text.length()) {
        throw refuse(start, "unterminated quoted string; close it with " + quote);
      }
      if (quote != '`' && peek(0) == '\n') {
        throw refuse(start, "unterminated quoted string; write a line break as \\n");
      }
      at += quote != '`' && peek(0) == '\\' ? 2 : 1;
    }
    String body = text.substring(start + 1, at++);
    String value =
        GoStrings.unquote(body, quote)
            .orElseThrow(() ->
                refuse(start, "unknown escape sequence in a string; write \\\\ for a backslash"));
    add(Kind.STRING, value, start);
  }

  private void number() {
    int start = at;
    if (peek(0) == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at += 2;
      skip("0123456789abcdefABCDEF_");
    } else {
      skip("0123456789_");
      if (isDurationUnit()) {
        duration(start);
        return;
      }
      if (peek(0) == '.') {
        at++;
        skip("0123456789_");
      }
      if (peek(0) == 'e' || peek(0) == 'E') {
        at += peek(1) == '+' || peek(1) == '-' ? 2 : 1;
        skip("0123456789_");
      }
    }
    refuseMoreDigits(start);
    add(Kind.NUMBER, text.substring(start, at), start);
  }

  private void refuseMoreDigits(int start) {
    if (isNameStart(peek(0)) || isDigit(peek(0)) || peek(0) == '.') {
      at++;
      throw refuse(
          start, "bad number or duration syntax: \"%s\"".formatted(text.substring(start, at)));
    }
  }

  private boolean isDurationUnit() {
    return at < text.length() && "smhdwy".indexOf(text.charAt(at)) >= 0;
  }

  private void duration(int start) {
    while (isDurationUnit()) {
      at += text.startsWith("ms", at) ? 2 : 1;
      skip("0123456789");
    }
    refuseMoreDigits(start);
    add(Kind.DURATION, text.substring(start, at), start);
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void sign(char c) {
    int start = at;
    String pair = text.substring(at, Math.min(at + 2, text.length()));
    if (LONG_SIGNS.contains(pair)) {
      at += 2;
      add(Kind.SIGN, pair, start);
    } else if (SHORT_SIGNS.indexOf(c) >= 0) {
      at++;
      open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      add(Kind.SIGN, String.valueOf(c), start);
    } else {
      throw refuse(
          start, "unexpected character: '%s'".formatted(Character.toString(text.codePointAt(at))));
    }
  }
}
