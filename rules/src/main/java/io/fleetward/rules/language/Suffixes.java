package io.fleetward.rules.language;

import io.fleetward.rules.language.Expression.At;
import io.fleetward.rules.language.Expression.Place;
import io.fleetward.rules.language.Expression.RangeSelector;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.Expression.Subquery;
import io.fleetward.rules.language.Expression.VectorSelector;
import java.util.function.UnaryOperator;

/// Reads `offset …` and `@ …` behind a selector.
final class Suffixes {
  private final Tokens tokens;
  private final TimeSpanParser spans;

  Suffixes(Tokens tokens, TimeSpanParser spans) {
    this.tokens = tokens;
    this.spans = spans;
  }

  Expression offset(Expression operand) {
    tokens.take();
    TimeSpan offset = spans.offset();
    return shifted(
        operand,
        "offset",
        shift -> {
          if (!shift.offset().equals(TimeSpan.Fixed.ZERO)) {
            throw new RefusalException(operand.place(), "offset may not be set multiple times");
          }
          return new Shift(offset, shift.at());
        });
  }

  Expression at(Expression operand) {
    tokens.take();
    At at = time();
    return shifted(
        operand,
        "@",
        shift -> {
          if (!(shift.at() instanceof At.Tick)) {
            throw new RefusalException(
                operand.place(), "@ <timestamp> may not be set multiple times");
          }
          return new Shift(shift.offset(), at);
        });
  }

  private At time() {
    Token word = tokens.next();
    if (word.isWord("start") || word.isWord("end")) {
      tokens.take();
      tokens.expectSign("(", "@");
      tokens.expectSign(")", "@");
      return word.isWord("start") ? new At.Start() : new At.End();
    }
    double sign = tokens.takeNumberSign();
    double seconds = sign * spans.literal(tokens.take()).value();
    if (!(Math.abs(seconds) < Long.MAX_VALUE / 1000.0)) {
      throw new RefusalException(word.place(), "timestamp out of bounds for @ modifier");
    }
    return new At.Fixed(Math.round(seconds * 1000));
  }

  private Expression shifted(Expression operand, String word, UnaryOperator<Shift> change) {
    Place place = tokens.upToHere(operand.place());
    return switch (operand) {
      case VectorSelector selector -> selector.shifted(place, change.apply(selector.shift()));
      case RangeSelector(_, VectorSelector selector, TimeSpan range) ->
          new RangeSelector(
              place, selector.shifted(selector.place(), change.apply(selector.shift())), range);
      case Subquery(_, var inner, var range, var step, var shift) ->
          new Subquery(place, inner, range, step, change.apply(shift));
      default ->
          throw new RefusalException(
              place,
              word
                  + " modifier must be preceded by an instant vector selector or range vector"
                  + " selector or a subquery");
    };
  }
}
