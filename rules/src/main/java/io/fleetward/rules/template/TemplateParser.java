package io.fleetward.rules.template;

import io.fleetward.rules.language.Expression.Place;
import io.fleetward.rules.language.SyntaxProblem;
import io.fleetward.rules.template.TemplateLexer.Kind;
import io.fleetward.rules.template.TemplateLexer.Piece;
import io.fleetward.rules.template.TemplateNode.Command;
import io.fleetward.rules.template.TemplateNode.Operand;
import io.fleetward.rules.template.TemplateNode.Pipeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads templates into trees. Used once, by one thread.
final class TemplateParser {
  private static final int MAX_DEPTH = 100;

  private final String text;
  private final List<Piece> pieces;
  private final Map<String, List<TemplateNode>> definitions = new HashMap<>();
  private final Deque<Set<String>> scopes = new ArrayDeque<>();
  private int at;
  private int depth;
  private int loops;

  /// @param variables names that are there from the start
  TemplateParser(String text, Set<String> variables) {
    this.text = text;
    this.pieces = TemplateLexer.pieces(text);
    this.scopes.push(new HashSet<>(variables));
  }

  /// The templates that were defined within, by name.
  Map<String, List<TemplateNode>> definitions() {
    return definitions;
  }

  /// Reads the whole text.
  ///
  /// @throws TemplateException at the first thing that cannot be read
  List<TemplateNode> parse() {
    List<TemplateNode> nodes = list();
    if (next().kind() != Kind.END) {
      throw refused(next(), "unexpected {{%s}}".formatted(pieces.get(at + 1).value()));
    }
    return nodes;
  }

  private Piece next() {
    return pieces.get(at);
  }

  private TemplateException refused(Piece piece, String message) {
    return TemplateException.at(text, piece.start(), message);
  }

  private String placeOf(Piece piece) {
    SyntaxProblem problem = SyntaxProblem.at(text, new Place(piece.start(), piece.start()), "");
    return problem.line() + ":" + problem.column();
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw refused(next(), "nested deeper than %d levels".formatted(MAX_DEPTH));
    }
  }

  private boolean isKeyword(String word) {
    return next().kind() == Kind.OPEN
        && pieces.get(at + 1).kind() == Kind.WORD
        && pieces.get(at + 1).value().equals(word);
  }

  /// Reads up to `{{end}}`, `{{else}}` or the end of the text.
  private List<TemplateNode> list() {
    deeper();
    List<TemplateNode> nodes = new ArrayList<>();
    while (next().kind() != Kind.END && !isKeyword("end") && !isKeyword("else")) {
      if (next().kind() == Kind.TEXT) {
        nodes.add(new TemplateNode.Text(pieces.get(at++).value()));
      } else {
        action(nodes);
      }
    }
    depth--;
    return nodes;
  }

  private void action(List<TemplateNode> nodes) {
    at++;
    Piece first = next();
    if (first.kind() == Kind.CLOSE) {
      throw refused(first, "missing value for command");
    }
    String word = first.kind() == Kind.WORD ? first.value() : "";
    switch (word) {
      case "if", "with", "range" -> nodes.add(block(word));
      case "define" -> define();
      case "block" -> nodes.add(inlineBlock());
      case "template" -> nodes.add(call());
      case "break", "continue" -> nodes.add(jump(word));
      default -> {
        nodes.add(new TemplateNode.Output(pipeline("command")));
        close();
      }
    }
  }

  private void close() {
    if (next().kind() != Kind.CLOSE) {
      throw refused(
          next(), "unexpected \"%s\" in an action; close it with }}".formatted(next().value()));
    }
    at++;
  }

  private TemplateNode block(String word) {
    deeper();
    at++;
    scopes.push(new HashSet<>(scopes.element()));
    Pipeline pipeline = pipeline(word);
    close();
    loops += word.equals("range") ? 1 : 0;
    List<TemplateNode> then = list();
    loops -= word.equals("range") ? 1 : 0;
    List<TemplateNode> otherwise = otherwise(word);
    scopes.pop();
    depth--;
    return switch (word) {
      case "if" -> new TemplateNode.If(pipeline, then, otherwise);
      case "with" -> new TemplateNode.With(pipeline, then, otherwise);
      default -> new TemplateNode.Range(pipeline, then, otherwise);
    };
  }

  /// Reads `{{else}}` or `{{else if …}}`, if it comes, and `{{end}}`.
  private List<TemplateNode> otherwise(String word) {
    if (isKeyword("else")) {
      at += 2;
      boolean chained =
          next().kind() == Kind.WORD && next().value().equals(word) && !word.equals("range");
      if (chained) {
        return List.of(block(word));
      }
      close();
      List<TemplateNode> otherwise = list();
      expectEnd();
      return otherwise;
    }
    expectEnd();
    return List.of();
  }

  private void expectEnd() {
    if (!isKeyword("end")) {
      throw refused(next(), "missing {{end}}");
    }
    at += 2;
    close();
  }

  private TemplateNode jump(String word) {
    if (loops == 0) {
      throw refused(next(), "{{%s}} outside {{range}}".formatted(word));
    }
    at++;
    close();
    return word.equals("break") ? new TemplateNode.Break() : new TemplateNode.Continue();
  }

  private String name() {
    at++;
    if (next().kind() != Kind.STRING) {
      throw refused(next(), "a template's name must be a string");
    }
    return pieces.get(at++).value();
  }

  private void define() {
    String name = name();
    close();
    scopes.push(new HashSet<>(Set.of("$")));
    definitions.put(name, list());
    scopes.pop();
    expectEnd();
  }

  private TemplateNode inlineBlock() {
    String place = placeOf(next());
    String name = name();
    Pipeline argument = pipeline("block");
    close();
    scopes.push(new HashSet<>(Set.of("$")));
    definitions.put(name, list());
    scopes.pop();
    expectEnd();
    return new TemplateNode.Call(name, argument, place);
  }

  private TemplateNode call() {
    String place = placeOf(next());
    String name = name();
    Pipeline argument = next().kind() == Kind.CLOSE ? null : pipeline("template");
    close();
    return new TemplateNode.Call(name, argument, place);
  }

  private Pipeline pipeline(String where) {
    List<Piece> set = new ArrayList<>();
    boolean declares = false;
    if (next().kind() == Kind.VARIABLE && setsVariable()) {
      set.add(pieces.get(at++));
      if (isSign(",")) {
        at++;
        set.add(pieces.get(at++));
      }
      declares = pieces.get(at++).value().equals(":=");
    }
    List<Command> commands = new ArrayList<>();
    commands.add(command(where));
    while (isSign("|")) {
      at++;
      commands.add(command(where));
    }
    List<String> variables = set.stream().map(Piece::value).toList();
    if (declares) {
      scopes.element().addAll(variables);
    }
    set.forEach(this::refuseUnknown);
    return new Pipeline(variables, declares, commands);
  }

  private boolean setsVariable() {
    Piece second = pieces.get(at + 1);
    boolean sets = second.value().equals(":=") || second.value().equals("=");
    boolean two = second.value().equals(",") && pieces.get(at + 2).kind() == Kind.VARIABLE;
    return second.kind() == Kind.SIGN && (sets || two);
  }

  private boolean isSign(String sign) {
    return next().kind() == Kind.SIGN && next().value().equals(sign);
  }

  private void refuseUnknown(Piece piece) {
    if (!scopes.element().contains(piece.value())) {
      throw refused(piece, "undefined variable \"%s\"".formatted(piece.value()));
    }
  }

  private Command command(String where) {
    Piece first = next();
    List<Operand> operands = new ArrayList<>();
    while (next().kind() != Kind.CLOSE && !isSign("|") && !isSign(")")) {
      operands.add(operand());
    }
    if (operands.isEmpty()) {
      throw refused(next(), "missing value for " + where);
    }
    return new Command(operands, placeOf(first));
  }

  private Operand operand() {
    Piece piece = pieces.get(at++);
    Operand operand =
        switch (piece.kind()) {
          case STRING -> new Operand.Literal(piece.value());
          case NUMBER -> new Operand.Literal(number(piece));
          case CHARACTER -> new Operand.Literal(Long.parseLong(piece.value()));
          case DOT -> new Operand.Dot();
          case VARIABLE -> {
            refuseUnknown(piece);
            yield new Operand.Variable(piece.value());
          }
          case FIELD -> {
            at--;
            yield new Operand.Dot();
          }
          case WORD -> word(piece);
          case SIGN -> nested(piece);
          case TEXT, OPEN, CLOSE, CHAINED_FIELD, END ->
              throw refused(piece, "unexpected \"%s\"".formatted(piece.value()));
        };
    List<String> fields = new ArrayList<>();
    if (piece.kind() == Kind.FIELD) {
      fields.add(pieces.get(at++).value());
    }
    while (next().kind() == Kind.CHAINED_FIELD) {
      fields.add(pieces.get(at++).value());
    }
    return fields.isEmpty() ? operand : new Operand.Fields(operand, fields);
  }

  private Operand word(Piece piece) {
    return switch (piece.value()) {
      case "true" -> new Operand.Literal(true);
      case "false" -> new Operand.Literal(false);
      case "nil" -> new Operand.Literal(GoValues.Nil.NIL);
      default -> {
        if (!Functions.isKnown(piece.value())) {
          throw refused(piece, "function \"%s\" not defined".formatted(piece.value()));
        }
        yield new Operand.Function(piece.value());
      }
    };
  }

  private Operand nested(Piece piece) {
    if (!piece.value().equals("(")) {
      throw refused(piece, "unexpected \"%s\" in operand".formatted(piece.value()));
    }
    deeper();
    Pipeline pipeline = pipeline("parenthesized pipeline");
    if (!isSign(")")) {
      throw refused(piece, "unclosed left paren");
    }
    at++;
    depth--;
    return new Operand.Nested(pipeline);
  }

  private Object number(Piece piece) {
    String digits = piece.value().replace("_", "");
    try {
      return Long.decode(digits);
    } catch (NumberFormatException _) {
      try {
        return Double.parseDouble(digits);
      } catch (NumberFormatException _) {
        throw refused(piece, "bad number syntax: \"%s\"".formatted(piece.value()));
      }
    }
  }
}
