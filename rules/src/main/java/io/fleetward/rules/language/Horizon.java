package io.fleetward.rules.language;

import io.fleetward.rules.language.Expression.Call;
import io.fleetward.rules.language.Expression.RangeSelector;
import io.fleetward.rules.language.Expression.Shift;
import io.fleetward.rules.language.Expression.Subquery;
import io.fleetward.rules.language.Expression.VectorSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How far into the past each selector of an expression can see.
public final class Horizon {
  /// How old a sample may be that an instant selector still sees.
  public static final Duration LOOK_BACK = Duration.ofMinutes(5);

  private Horizon() {}

  /// A selector and the age of the oldest sample that it can see.
  ///
  /// @param onlyNewest whether it sees only the newest sample, however old that is
  public record Sight(VectorSelector selector, Duration age, boolean onlyNewest) {}

  /// Every selector of an expression, in the order of the text.
  public static List<Sight> of(Expression expression) {
    List<Sight> sights = new ArrayList<>();
    collect(expression, 0, sights);
    return sights;
  }

  private static void collect(Expression expression, long outerMillis, List<Sight> sights) {
    switch (expression) {
      case VectorSelector selector ->
          sights.add(
              new Sight(
                  selector,
                  Duration.ofMillis(outerMillis + LOOK_BACK.toMillis() + offset(selector.shift())),
                  outerMillis == 0
                      && selector.shift().equals(Shift.NONE)
                      && selector.edges() == Expression.Edges.PLAIN));
      case Call call when InfoSelector.isInfo(call) -> collectInfo(call, outerMillis, sights);
      case RangeSelector(_, VectorSelector selector, TimeSpan range) -> {
        // a smoothed range looks for a sample before its start
        long before = selector.edges() == Expression.Edges.PLAIN ? 0 : LOOK_BACK.toMillis();
        long millis = outerMillis + before + range.millis(0, 0) + offset(selector.shift());
        sights.add(new Sight(selector, Duration.ofMillis(millis), false));
      }
      case Subquery subquery ->
          collect(
              subquery.inner(),
              outerMillis + subquery.range().millis(0, 0) + offset(subquery.shift()),
              sights);
      default -> expression.children().forEach(child -> collect(child, outerMillis, sights));
    }
  }

  /// Labels are taken as of the time that the first argument looks at.
  private static void collectInfo(Call call, long outerMillis, List<Sight> sights) {
    List<Sight> ofOperand = new ArrayList<>();
    collect(call.arguments().getFirst(), outerMillis, ofOperand);
    Duration age =
        ofOperand.stream()
            .map(Sight::age)
            .max(Comparator.naturalOrder())
            .orElse(LOOK_BACK.plusMillis(outerMillis));
    sights.addAll(ofOperand);
    sights.add(new Sight(InfoSelector.of(call), age, false));
  }

  private static long offset(Shift shift) {
    return Math.max(0, shift.offset().millis(0, 0));
  }
}
