package io.fleetward.service.scoring;

import static java.util.Objects.requireNonNull;

import io.fleetward.models.forecast.RobustLine;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.evaluation.EvaluationException;
import io.fleetward.rules.evaluation.QueryResult;
import io.fleetward.rules.language.Dialect;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Parsed;
import io.fleetward.rules.language.PromQl;
import io.fleetward.service.scoring.ForecastEntries.Kept;
import io.fleetward.service.scoring.ForecastEntries.Observation;
import io.fleetward.service.scoring.ForecastEntries.Seen;
import io.fleetward.service.scoring.HostStore.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forecasts when a host's resources are exhausted, from series to series. On the stream thread.
///
/// In come the series named `fleetward_room`, which rules record: how much is left of something, in
/// any unit that is 0 when nothing is left, with any labels. Out go, with the same labels,
/// `fleetward_exhaustion_seconds{bound="lower|median|upper"}` while exhaustion is in sight (`+Inf`
/// for a bound that cannot be told, so that a condition on the upper bound needs an interval), and
/// `fleetward_exhaustion_horizon_seconds`, how far the forecast reaches.
///
/// After each observation an entry of what was seen and told goes to the store, and every fourth
/// time the state of one resource after the other: states and later entries give all back exactly.
final class HostForecaster {
  private static final Logger log = LoggerFactory.getLogger(HostForecaster.class);
  static final String ROOM = "fleetward_room";

  /// Resources of one host that are forecast; further ones are not.
  static final int MOST_RESOURCES = 64;

  private static final long EVERY_MILLIS = 15_000;
  private static final int OBSERVATIONS_FOR_A_STATE = 4;

  private static final long FORGOTTEN_AFTER_MILLIS = 6 * 3_600_000L;
  private static final Expression ROOMS = rooms();

  private final HostStore store;
  private final RobustLine line = new RobustLine();
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final TreeMap<Integer, ForecastResource> resources = new TreeMap<>();

  /// What was told at ticks of the past, while those are played again.
  private final Map<Long, Observation> past = new HashMap<>();

  private HostRules rules;

  /// The newest observation that each stored state knows.
  private final Map<Integer, Long> keptAt = new HashMap<>();

  private long oldestEntry;
  private boolean unreadable;
  private long last = Long.MIN_VALUE;
  private long observations;

  HostForecaster(HostStore store, HostRules rules) {
    this.store = store;
    this.rules = rules;
  }

  private static Expression rooms() {
    return switch (PromQl.parse(ROOM, Dialect.STABLE)) {
      case Parsed.Valid(Expression expression) -> expression;
      case Parsed.Invalid _ -> throw new IllegalStateException(ROOM + " is no PromQL");
    };
  }

  /// Reads from and writes to these rules from now on.
  void follow(HostRules others) {
    rules = others;
  }

  /// Observes and tells, if it is time.
  void observe(long tick) {
    if (last != Long.MIN_VALUE && period(tick) <= period(last)) {
      return;
    }
    last = tick;
    Map<Labels, Double> left = left(tick);
    left.keySet().forEach(room -> meet(room, tick));
    List<Seen> seen = new ArrayList<>();
    resources.forEach((number, resource) -> {
      double room = left.getOrDefault(resource.room(), Double.NaN);
      double[] told = resource.observe(tick, room);
      resource.tell(rules, tick, told);
      seen.add(new Seen(number, room, told));
    });
    forgetUnseen(tick);
    keep(new Observation(observations++, tick, seen));
  }

  private static long period(long tick) {
    return Math.floorDiv(tick, EVERY_MILLIS);
  }

  /// What is left of each resource; nothing where the series are too many to be read.
  private Map<Labels, Double> left(long tick) {
    Map<Labels, Double> left = new HashMap<>();
    try {
      if (rules.query(ROOM, ROOMS, tick).value() instanceof QueryResult.Vector vector) {
        vector.samples().stream()
            .filter(sample -> Double.isFinite(sample.value()))
            .forEach(sample -> left.put(sample.labels(), sample.value()));
      }
      unreadable = false;
    } catch (EvaluationException e) {
      if (!unreadable) {
        log.atWarn()
            .addKeyValue("instance", rules.instance())
            .addKeyValue("reason", e.getMessage())
            .log("resources cannot be forecast; record fewer series of the name " + ROOM);
      }
      unreadable = true;
    }
    return left;
  }

  private void meet(Labels room, long tick) {
    if (numbers.containsKey(room) || resources.size() == MOST_RESOURCES) {
      return;
    }
    int number = 0;
    while (resources.containsKey(number)) {
      number++;
    }
    add(number, new ForecastResource(room, line));
    keep(number, tick - 1, observations - 1);
  }

  private void add(int number, ForecastResource resource) {
    numbers.put(resource.room(), number);
    resources.put(number, resource);
  }

  private void forgetUnseen(long tick) {
    List<Integer> gone = new ArrayList<>();
    resources.forEach((number, resource) -> {
      if (resource.seen() < tick - FORGOTTEN_AFTER_MILLIS) {
        gone.add(number);
      }
    });
    for (int number : gone) {
      numbers.remove(requireNonNull(resources.remove(number)).room());
      keptAt.remove(number);
      store.delete(Kind.FORECAST, number);
    }
  }

  private void keep(Observation observation) {
    if (resources.isEmpty()) {
      return;
    }
    long number = observation.number();
    store.put(Kind.FORECAST_ENTRY, number, observation.toBytes());
    int turn = (int) (number / OBSERVATIONS_FOR_A_STATE % (resources.lastKey() + 1));
    if (number % OBSERVATIONS_FOR_A_STATE == 0 && resources.containsKey(turn)) {
      keep(turn, observation.tick(), number);
    }
    forgetEntries(number);
  }

  /// @param observation the newest that the state knows
  private void keep(int number, long tick, long observation) {
    ForecastResource resource = requireNonNull(resources.get(number));
    store.put(Kind.FORECAST, number, new Kept(resource.room(), tick, resource.state()).toBytes());
    keptAt.put(number, observation);
  }

  /// Deletes entries that every state knows, and that are older than what rules look back on.
  private void forgetEntries(long newest) {
    long lookedAt = newest - rules.rules().retention().toMillis() / EVERY_MILLIS - 1;
    long known = keptAt.values().stream().mapToLong(Long::longValue).min().orElse(newest);
    while (oldestEntry <= Math.min(known, lookedAt)) {
      store.delete(Kind.FORECAST_ENTRY, oldestEntry++);
    }
  }

  /// Takes back what was stored. What was told waits for [#replay].
  void restore() {
    Map<Integer, Long> known = new HashMap<>();
    store.forEach(
        Kind.FORECAST,
        0,
        MOST_RESOURCES,
        (number, bytes) ->
            Kept.fromBytes(bytes)
                .ifPresent(kept -> {
                  ForecastResource resource = new ForecastResource(kept.room(), line);
                  if (resource.restore(kept.state(), kept.tick())) {
                    add((int) number, resource);
                    known.put((int) number, kept.tick());
                  }
                }));
    List<Observation> entries = entries();
    oldestEntry = entries.isEmpty() ? observations : entries.getFirst().number();
    known.keySet().forEach(number -> keptAt.put(number, oldestEntry - 1));
    for (Observation entry : entries) {
      catchUp(entry, known);
      past.put(entry.tick(), entry);
    }
  }

  /// The entries, oldest first; those of another version are deleted.
  private List<Observation> entries() {
    List<Observation> entries = new ArrayList<>();
    List<Long> unreadable = new ArrayList<>();
    store.forEach(
        Kind.FORECAST_ENTRY,
        0,
        Long.MAX_VALUE,
        (number, bytes) ->
            Observation.fromBytes(bytes)
                .ifPresentOrElse(entries::add, () -> unreadable.add(number)));
    unreadable.forEach(number -> store.delete(Kind.FORECAST_ENTRY, number));
    return entries;
  }

  private void catchUp(Observation entry, Map<Integer, Long> known) {
    last = Math.max(last, entry.tick());
    observations = Math.max(observations, entry.number() + 1);
    for (Seen seen : entry.seen()) {
      ForecastResource resource = resources.get(seen.number());
      if (resource == null) {
        continue;
      }
      if (entry.tick() > known.getOrDefault(seen.number(), Long.MAX_VALUE)) {
        resource.observe(entry.tick(), seen.left());
      } else {
        keptAt.put(seen.number(), entry.number());
      }
    }
  }

  /// Tells again what was told at a tick.
  void replay(long tick) {
    Observation entry = past.remove(tick);
    if (entry != null) {
      for (Seen seen : entry.seen()) {
        ForecastResource resource = resources.get(seen.number());
        if (resource != null) {
          resource.tell(rules, tick, seen.told());
        }
      }
    }
  }

  /// The past has been played again.
  void caughtUp() {
    past.clear();
  }
}
