package io.fleetward.rules.language;

import io.fleetward.rules.language.Token.Kind;
import io.fleetward.rules.language.VectorMatching.Cardinality;
import java.util.List;
import java.util.OptionalDouble;

/// Reads `on (…) group_left (…)` behind an operator.
final class MatchingParser {
  private final Tokens tokens;
  private final SelectorParser selectors;
  private final Dialect dialect;

  MatchingParser(Tokens tokens, SelectorParser selectors, Dialect dialect) {
    this.tokens = tokens;
    this.selectors = selectors;
    this.dialect = dialect;
  }

  VectorMatching matching(BinaryOperator operator) {
    boolean isSet = operator.kind() == BinaryOperator.Kind.SET;
    Cardinality cardinality = isSet ? Cardinality.MANY_TO_MANY : Cardinality.ONE_TO_ONE;
    boolean on = false;
    List<String> labels = List.of();
    List<String> include = List.of();
    Token word = tokens.next();
    if (followedByParenthesis("on") || followedByParenthesis("ignoring")) {
      on = tokens.take().isWord("on");
      labels = selectors.labelNames();
      Token group = tokens.next();
      if (group.isWord("group_left") || group.isWord("group_right")) {
        refuseGroupingOfSets(isSet, operator);
        tokens.take();
        cardinality =
            group.isWord("group_left") ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        include = tokens.next().isSign("(") ? selectors.labelNames() : List.of();
        refuseSharedLabel(on, labels, include, group);
      }
    } else if (word.isWord("group_left") || word.isWord("group_right")) {
      throw new RefusalException(
          word.place(),
          "unexpected %s; write on (…) or ignoring (…) before it".formatted(word.described()));
    }
    return fill(
        new VectorMatching(
            cardinality, on, labels, include, OptionalDouble.empty(), OptionalDouble.empty()));
  }

  private boolean followedByParenthesis(String word) {
    return tokens.next().isWord(word) && tokens.following().isSign("(");
  }

  private void refuseGroupingOfSets(boolean isSet, BinaryOperator operator) {
    if (isSet) {
      throw new RefusalException(
          tokens.next().place(),
          "no grouping allowed for \"%s\" operation".formatted(operator.sign()));
    }
  }

  private static void refuseSharedLabel(
      boolean on, List<String> labels, List<String> include, Token group) {
    for (String label : include) {
      if (on && labels.contains(label)) {
        throw new RefusalException(
            group.place(),
            "label \"%s\" must not occur in ON and GROUP clause at once".formatted(label));
      }
    }
  }

  private VectorMatching fill(VectorMatching plain) {
    OptionalDouble left = OptionalDouble.empty();
    OptionalDouble right = OptionalDouble.empty();
    while (followedByParenthesis("fill")
        || followedByParenthesis("fill_left")
        || followedByParenthesis("fill_right")) {
      Token word = tokens.take();
      if (dialect == Dialect.STABLE) {
        throw new RefusalException(word.place(), "fill modifiers are experimental and not enabled");
      }
      OptionalDouble value = OptionalDouble.of(fillValue());
      left = word.isWord("fill_right") ? left : value;
      right = word.isWord("fill_left") ? right : value;
    }
    boolean isFilled = left.isPresent() || right.isPresent();
    if (isFilled && plain.cardinality() == Cardinality.MANY_TO_MANY) {
      throw new RefusalException(
          tokens.next().place(), "filling in missing series not allowed for set operators");
    }
    return new VectorMatching(
        plain.cardinality(), plain.on(), plain.labels(), plain.include(), left, right);
  }

  private double fillValue() {
    tokens.expectSign("(", "fill");
    double sign = tokens.takeNumberSign();
    Token token = tokens.take();
    OptionalDouble value =
        token.kind() == Kind.NUMBER || token.kind() == Kind.NAME
            ? Numbers.parse(token.text())
            : OptionalDouble.empty();
    tokens.expectSign(")", "fill");
    return sign
        * value.orElseThrow(() ->
            new RefusalException(
                token.place(), "unexpected %s, expected number".formatted(token.described())));
  }
}
