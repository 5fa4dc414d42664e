package io.fleetward.rules.template;

import io.fleetward.rules.language.GoStrings;
import java.util.ArrayList;
import java.util.List;

/// Cuts a template into text and the tokens of its actions. Used once, by one thread.
final class TemplateLexer {
  /// One piece of a template.
  ///
  /// @param value the text, or the value of a string
  /// @param start where it stands in the template, from 0
  record Piece(Kind kind, String value, int start) {}

  enum Kind {
    TEXT,
    /// `{{`
    OPEN,
    /// `}}`
    CLOSE,
    WORD,
    VARIABLE,
    /// `.Name`
    FIELD,
    /// a field right behind the piece before it
    CHAINED_FIELD,
    DOT,
    STRING,
    NUMBER,
    CHARACTER,
    /// `(`, `)`, `|`, `,`, `:=`, `=`
    SIGN,
    END
  }

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private int at;
  private boolean trimsNext;

  private TemplateLexer(String text) {
    this.text = text;
  }

  /// @throws TemplateException if an action is malformed
  static List<Piece> pieces(String text) {
    return new TemplateLexer(text).run();
  }

  private List<Piece> run() {
    while (at < text.length()) {
      int open = text.indexOf("{{", at);
      String plain = text.substring(at, open < 0 ? text.length() : open);
      plain = trimsNext ? plain.stripLeading() : plain;
      trimsNext = false;
      if (open >= 0 && trimsBefore(open)) {
        plain = plain.stripTrailing();
      }
      if (!plain.isEmpty()) {
        add(Kind.TEXT, plain, at);
      }
      if (open < 0) {
        break;
      }
      at = trimsBefore(open) ? open + 3 : open + 2;
      action();
    }
    add(Kind.END, "", text.length());
    return pieces;
  }

  private boolean trimsBefore(int open) {
    return text.startsWith("-", open + 2)
        && open + 3 < text.length()
        && Character.isWhitespace(text.charAt(open + 3));
  }

  private void add(Kind kind, String value, int start) {
    pieces.add(new Piece(kind, value, start));
  }

  private TemplateException refused(int start, String message) {
    return TemplateException.at(text, start, message);
  }

  private void action() {
    int start = text.lastIndexOf("{{", at);
    skipSpace();
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at);
      if (end < 0) {
        throw refused(at, "unclosed comment");
      }
      at = end + 2;
      skipSpace();
      if (!takeClose()) {
        throw refused(at, "comment ends before closing delimiter");
      }
      return;
    }
    add(Kind.OPEN, "", start);
    while (!takeClose()) {
      if (at >= text.length()) {
        throw refused(start, "unclosed action; end it with }}");
      }
      piece();
      skipSpace();
    }
    add(Kind.CLOSE, "}}", at - 2);
  }

  private boolean takeClose() {
    boolean trims =
        text.startsWith("-}}", at) && at > 0 && Character.isWhitespace(text.charAt(at - 1));
    if (trims || text.startsWith("}}", at)) {
      trimsNext = trims;
      at += trims ? 3 : 2;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void piece() {
    char c = text.charAt(at);
    int start = at;
    if (c == '"' || c == '`') {
      string(c);
    } else if (c == '\'') {
      string(c);
      String value = pieces.removeLast().value();
      add(Kind.CHARACTER, String.valueOf(value.codePointAt(0)), start);
    } else if (c == '$') {
      at++;
      add(Kind.VARIABLE, "$" + word(), start);
    } else if (c == '.' && at + 1 < text.length() && isWordStart(text.charAt(at + 1))) {
      boolean chained = at > 0 && isChainable(text.charAt(at - 1));
      at++;
      add(chained ? Kind.CHAINED_FIELD : Kind.FIELD, word(), start);
    } else if (isNumberStart(c)) {
      number();
    } else if (c == '.') {
      at++;
      add(Kind.DOT, ".", start);
    } else if (isWordStart(c)) {
      add(Kind.WORD, word(), start);
    } else {
      sign(c);
    }
  }

  private static boolean isChainable(char before) {
    return isWordStart(before) || Character.isDigit(before) || before == ')' || before == '$';
  }

  private boolean isNumberStart(char c) {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    return isDigit(c)
        || ((c == '-' || c == '+') && (isDigit(next) || next == '.'))
        || (c == '.' && isDigit(next));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (isWordStart(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
      at++;
    }
    return text.substring(start, at);
  }

  private void number() {
    int start = at++;
    while (at < text.length() && isNumberPart(text.charAt(at))) {
      boolean exponent = "eE".indexOf(text.charAt(at)) >= 0;
      at++;
      if (exponent && at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
    add(Kind.NUMBER, text.substring(start, at), start);
  }

  private static boolean isNumberPart(char c) {
    return isDigit(c) || c == '.' || c == '_' || "abcdefxABCDEFX".indexOf(c) >= 0;
  }

  private void string(char quote) {
    int start = ++at;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw refused(start - 1, "unterminated quoted string; close it with " + quote);
    }
    String value =
        GoStrings.unquote(text.substring(start, at), quote)
            .orElseThrow(() -> refused(start - 1, "invalid escape in a string"));
    if (quote == '\'' && value.isEmpty()) {
      throw refused(start - 1, "empty character constant");
    }
    at++;
    add(Kind.STRING, value, start - 1);
  }

  private void sign(char c) {
    if (text.startsWith(":=", at)) {
      add(Kind.SIGN, ":=", at);
      at += 2;
    } else if ("()|,=".indexOf(c) >= 0) {
      add(Kind.SIGN, String.valueOf(c), at);
      at++;
    } else {
      throw refused(at, "unexpected \"%s\" in an action".formatted(c));
    }
  }
}
