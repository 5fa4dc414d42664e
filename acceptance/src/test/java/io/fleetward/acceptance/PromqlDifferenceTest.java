package io.fleetward.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetward.acceptance.Promtool.Case;
import io.fleetward.acceptance.Promtool.Objection;
import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.evaluation.EvaluationSettings;
import io.fleetward.rules.evaluation.Query;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.evaluation.QueryResult.Sample;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.PromQl;
import io.fleetward.rules.series.Retention;
import io.fleetward.rules.series.SeriesStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Made-up expressions on made-up series: our evaluator and Debian's promtool 2.42 are to say the
/// same. `-Dfleetward.seed=` takes another seed.
@Tag("debian")
class PromqlDifferenceTest {
  private static final int BATCHES = 4;
  private static final int CASES = 150;
  private static final int FIRST_MINUTE = 16;
  private static final int LAST_MINUTE = 44;

  /// What the last digits may differ by: 3.x sums with compensation, 2.42 mostly does not.
  private static final double SHARE = 1e-6;

  private static final double NEARLY_NOTHING = 1e-8;

  /// Fixed unless given, so that a build judges the change and not the dice.
  private final long seed = Long.getLong("fleetward.seed", 11);

  private final Random random = new Random(seed);

  /// What our evaluator makes of an expression.
  private sealed interface Ours {
    record Failed(String reason) implements Ours {}

    record Samples(Map<String, Double> samples) implements Ours {
      public Samples {
        samples = Map.copyOf(samples);
      }
    }
  }

  @Test
  void ourEvaluatorAndPromtoolSayTheSame(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Promtool.PROGRAM), "promtool is not installed");
    System.out.printf("%s: -Dfleetward.seed=%d%n", getClass().getSimpleName(), seed);
    List<String> differences = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      differences.addAll(differences(folder));
    }
    assertThat(differences).as("seed %d", seed).isEmpty();
  }

  private List<String> differences(Path folder) throws IOException, InterruptedException {
    List<RandomSeries.Line> series = new RandomSeries(random).lines();
    SeriesStore store = store(series);
    Map<Case, Ours> ours = new HashMap<>();
    while (ours.size() < CASES) {
      int seconds = 60 * random.nextInt(FIRST_MINUTE, LAST_MINUTE + 1);
      String expression = new RandomExpressions(random, seconds).vector(random.nextInt(4));
      Ours answer = ours(expression, store, seconds);
      Map<String, Double> expected =
          answer instanceof Ours.Samples(var samples) ? samples : Map.of();
      ours.put(new Case(expression, seconds, expected), answer);
    }
    List<Case> cases = List.copyOf(ours.keySet());
    Map<Case, Objection> objections = Promtool.judge(series, cases, folder);
    return ours.entrySet().stream()
        .filter(each -> !agree(each.getValue(), objections.get(each.getKey())))
        .map(Map.Entry::getKey)
        .map(one ->
            "%s at %d s%n  ours:     %s%n  promtool: %s"
                .formatted(one.expression(), one.seconds(), ours.get(one), objections.get(one)))
        .toList();
  }

  private static SeriesStore store(List<RandomSeries.Line> series) {
    SeriesStore store = new SeriesStore(Retention.everything());
    for (RandomSeries.Line line : series) {
      int slot = store.slot(line.labels());
      for (int step = 0; step < line.values().size(); step++) {
        String value = line.values().get(step);
        if (!RandomSeries.Line.isGap(value)) {
          store.append(slot, step * RandomSeries.GRID_MILLIS, RandomSeries.Line.number(value));
        }
      }
    }
    return store;
  }

  private static Ours ours(String text, SeriesStore store, int seconds) {
    return switch (PromQl.parse(text, Dialect.STABLE)) {
      case Parsed.Invalid invalid -> new Ours.Failed(invalid.toString());
      case Parsed.Valid(var expression) -> {
        try {
          Query query = new Query(text, expression, store, EvaluationSettings.standard());
          yield new Ours.Samples(samples(query.instant(1_000L * seconds).value()));
        } catch (EvaluationException e) {
          yield new Ours.Failed(e.reason());
        }
      }
    };
  }

  private static Map<String, Double> samples(QueryResult.Value value) {
    Map<String, Double> samples = new HashMap<>();
    switch (value) {
      case QueryResult.Scalar(double number) -> samples.put("{}", number);
      case QueryResult.Vector(var rows, _) -> {
        for (Sample row : rows) {
          samples.put(Promtool.text(row.labels()), row.value());
        }
      }
      case QueryResult.Matrix _, QueryResult.Text _ ->
          throw new IllegalStateException("no vector: " + value);
    }
    return samples;
  }

  private static boolean agree(Ours ours, @Nullable Objection objection) {
    return switch (ours) {
      case Ours.Failed _ -> objection instanceof Objection.Failed;
      case Ours.Samples(var samples) ->
          switch (objection) {
            case null -> true;
            case Objection.Failed _ -> false;
            case Objection.Other(var theirs) ->
                samples.keySet().equals(theirs.keySet())
                    && samples.entrySet().stream()
                        .allMatch(entry ->
                            same(
                                entry.getValue(), theirs.getOrDefault(entry.getKey(), Double.NaN)));
          };
    };
  }

  private static boolean same(double ours, double theirs) {
    return Double.compare(ours, theirs) == 0
        || Math.abs(ours - theirs)
            <= SHARE * Math.max(Math.abs(ours), Math.abs(theirs)) + NEARLY_NOTHING;
  }
}
