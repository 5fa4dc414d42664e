package io.fleetward.rules.template;

import io.fleetward.rules.language.GoStrings;
import java.util.ArrayList;
import java.util.List;

/// Cuts a template into text and the tokens of its actions. Used once, by one thread.
final class TemplateLexer {
  /// One piece of a template.
  ///
  /// @param value the text, or the value of a string
  record Piece(Kind kind, String value) {}

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
        pieces.add(new Piece(Kind.TEXT, plain));
      }
      if (open < 0) {
        break;
      }
      at = trimsBefore(open) ? open + 3 : open + 2;
      action();
    }
    pieces.add(new Piece(Kind.END, ""));
    return pieces;
  }

  private boolean trimsBefore(int open) {
    return text.startsWith("-", open + 2)
        && open + 3 < text.length()
        && Character.isWhitespace(text.charAt(open + 3));
  }

  private void action() {
    skipSpace();
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at);
      if (end < 0) {
        throw new TemplateException("unclosed comment");
      }
      at = end + 2;
      skipSpace();
      if (!takeClose()) {
        throw new TemplateException("comment ends before closing delimiter");
      }
      return;
    }
    pieces.add(new Piece(Kind.OPEN, ""));
    while (!takeClose()) {
      if (at >= text.length()) {
        throw new TemplateException("unclosed action; end it with }}");
      }
      piece();
      skipSpace();
    }
    pieces.add(new Piece(Kind.CLOSE, ""));
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
    if (c == '"' || c == '`') {
      string(c);
    } else if (c == '\'') {
      string(c);
      String value = pieces.removeLast().value();
      pieces.add(new Piece(Kind.CHARACTER, String.valueOf(value.codePointAt(0))));
    } else if (c == '$') {
      at++;
      pieces.add(new Piece(Kind.VARIABLE, "$" + word()));
    } else if (c == '.' && at + 1 < text.length() && isWordStart(text.charAt(at + 1))) {
      boolean chained = at > 0 && isChainable(text.charAt(at - 1));
      at++;
      pieces.add(new Piece(chained ? Kind.CHAINED_FIELD : Kind.FIELD, word()));
    } else if (isNumberStart(c)) {
      number();
    } else if (c == '.') {
      at++;
      pieces.add(new Piece(Kind.DOT, "."));
    } else if (isWordStart(c)) {
      pieces.add(new Piece(Kind.WORD, word()));
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
    pieces.add(new Piece(Kind.NUMBER, text.substring(start, at)));
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
      throw new TemplateException("unterminated quoted string; close it with " + quote);
    }
    String value =
        GoStrings.unquote(text.substring(start, at), quote)
            .orElseThrow(() -> new TemplateException("invalid escape in a string"));
    if (quote == '\'' && value.isEmpty()) {
      throw new TemplateException("empty character constant");
    }
    at++;
    pieces.add(new Piece(Kind.STRING, value));
  }

  private void sign(char c) {
    if (text.startsWith(":=", at)) {
      pieces.add(new Piece(Kind.SIGN, ":="));
      at += 2;
    } else if ("()|,=".indexOf(c) >= 0) {
      pieces.add(new Piece(Kind.SIGN, String.valueOf(c)));
      at++;
    } else {
      throw new TemplateException("unexpected \"%s\" in an action".formatted(c));
    }
  }
}
