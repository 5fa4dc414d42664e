package io.fleetward.rules.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.LabelMatcher.Operator;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Series share their times, come and go; what they hold must be what was appended.
class SeriesStoreTest {
  private static final long LATE = 30_000;
  private static final long RANGE = 300_000;
  private static final long LONG_RANGE = 3_600_000;

  private static Labels series(String name, int number) {
    return Labels.of("__name__", name, "instance", "web-1", "number", "" + number);
  }

  private static Retention retention() {
    Retention.Builder retention = Retention.builder(LATE, RANGE);
    retention.add(List.of(named("ranged")), RANGE + LATE);
    retention.add(List.of(named("long")), LONG_RANGE + LATE);
    return retention.build();
  }

  private static LabelMatcher named(String name) {
    return new LabelMatcher(Labels.METRIC_NAME, Operator.EQUAL, name);
  }

  private static SeriesStore store() {
    return new SeriesStore(retention(), new HostLabels(), "web-1");
  }

  /// What was appended to each series, by time: the plain way to hold it.
  private static final class Model {
    private final Map<Labels, TreeMap<Long, Double>> series = new HashMap<>();

    Appended append(Labels labels, long time, double value) {
      TreeMap<Long, Double> samples = series.computeIfAbsent(labels, _ -> new TreeMap<>());
      if (!samples.isEmpty() && time <= samples.lastKey()) {
        boolean isSame =
            Double.doubleToRawLongBits(samples.lastEntry().getValue())
                == Double.doubleToRawLongBits(value);
        return time < samples.lastKey()
            ? Appended.OUT_OF_ORDER
            : isSame ? Appended.REPEATED : Appended.DUPLICATE;
      }
      samples.put(time, value);
      return Appended.STORED;
    }

    NavigableMap<Long, Double> of(Labels labels) {
      return series.getOrDefault(labels, new TreeMap<>());
    }

    double newest(Labels labels, long after, long until) {
      Map.Entry<Long, Double> entry = of(labels).floorEntry(until);
      return entry == null || entry.getKey() <= after ? StaleMarker.VALUE : entry.getValue();
    }

    List<String> range(Labels labels, long after, long until) {
      List<String> range = new ArrayList<>();
      of(labels)
          .subMap(after, false, until, true)
          .forEach((time, value) -> {
            if (!StaleMarker.is(value)) {
              range.add(time + " " + value);
            }
          });
      return range;
    }
  }

  private static List<String> range(Series series, Window window, long after, long until) {
    series.fill(window, after, until);
    List<String> range = new ArrayList<>();
    for (int i = 0; i < window.size(); i++) {
      range.add(window.time(i) + " " + window.value(i));
    }
    return range;
  }

  @Test
  void holdsWhatWasAppendedWhoeverSharesItsTimes() {
    long seed = Long.getLong("fleetward.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 30; round++) {
      String what = "seed %d, round %d".formatted(seed, round);
      compare(random, what);
    }
  }

  /// Scrapes that come whole, with gaps, in two halves of different times, late or twice.
  private static void compare(SplittableRandom random, String what) {
    SeriesStore store = store();
    Model model = new Model();
    Window window = new Window();
    String[] names = {"newest", "ranged", "long"};
    int each = random.nextInt(1, 6);
    int gaps = random.nextInt(2, 40);
    long step = random.nextBoolean() ? 15_000 : 1_000;
    long time = 1_700_000_000_000L + random.nextInt(1_000);
    for (int scrape = 0; scrape < 400; scrape++) {
      time += step + (random.nextInt(50) == 0 ? random.nextInt(200_000) : 0);
      for (String name : names) {
        for (int number = 0; number < each; number++) {
          if (random.nextInt(gaps) == 0) {
            continue;
          }
          long late = random.nextInt(60) == 0 ? random.nextInt(40_000) : 0;
          long at = time - late + (number % 2 == 1 && round(scrape) ? 7 : 0);
          double value =
              random.nextInt(80) == 0 ? StaleMarker.VALUE : (double) random.nextInt(3) * scrape;
          Labels labels = series(name, number);
          assertThat(store.append(store.slot(labels), at, value))
              .as(what)
              .isEqualTo(model.append(labels, at, value));
        }
      }
      if (scrape % 7 == 0) {
        for (Labels labels : model.series.keySet()) {
          check(store, model, labels, window, time - random.nextInt((int) LATE), what);
        }
      }
    }
  }

  private static boolean round(int scrape) {
    return scrape / 50 % 2 == 1;
  }

  private static void check(
      SeriesStore store, Model model, Labels labels, Window window, long at, String what) {
    long newest = model.of(labels).lastKey();
    if (newest <= at - RANGE || newest > at + LATE) {
      return;
    }
    Series series = store.series(store.find(labels).orElseThrow());
    double expected = model.newest(labels, at - RANGE, at);
    double given = series.newest(at - RANGE, at);
    assertThat(Double.doubleToRawLongBits(given))
        .as("%s: %s at %d: %s, not %s", what, labels, at, given, expected)
        .isEqualTo(Double.doubleToRawLongBits(expected));
    long range =
        switch (labels.metricName()) {
          case "ranged" -> RANGE;
          case "long" -> LONG_RANGE;
          default -> 0;
        };
    assertThat(range(series, window, at - range, at))
        .as("%s: %s at %d", what, labels, at)
        .isEqualTo(model.range(labels, at - range, at));
  }

  @Test
  void seesTheSampleBeforeTheNewestWhenAnEvaluationIsLate() {
    SeriesStore store = store();
    int slot = store.slot(series("newest", 1));
    for (int minute = 0; minute <= 60; minute++) {
      store.append(slot, minute * 60_000L, minute);
    }
    assertThat(store.series(slot).newest(3_590_000 - RANGE, 3_590_000)).isEqualTo(59);
    assertThat(store.series(slot).newest(3_600_000 - RANGE, 3_600_000)).isEqualTo(60);
  }

  @Test
  void goesOnAfterWeeksOfSilence() {
    SeriesStore store = store();
    Labels other = series("ranged", 2);
    int slot = store.slot(series("ranged", 1));
    long month = 30L * 24 * 3_600_000;
    for (long time = 0; time < 600_000; time += 15_000) {
      store.append(slot, time, 1);
      store.append(store.slot(other), time, 2);
    }
    for (long time = month; time < month + 600_000; time += 15_000) {
      assertThat(store.append(slot, time, 3)).isEqualTo(Appended.STORED);
    }
    long end = month + 585_000;
    assertThat(range(store.series(slot), new Window(), end - 60_000, end))
        .containsExactly(
            end - 45_000 + " 3.0", end - 30_000 + " 3.0", end - 15_000 + " 3.0", end + " 3.0");
    assertThat(range(store.series(store.slot(other)), new Window(), 540_000, 600_000))
        .containsExactly("555000 2.0", "570000 2.0", "585000 2.0");
  }

  @Test
  void selectionsFollowSeriesThatComeAndGo() {
    SeriesStore store = store();
    store.append(store.slot(series("newest", 1)), 0, 1);
    Selection selection = store.select(List.of(named("newest")));
    assertThat(selection.size()).isEqualTo(1);
    long before = selection.version();

    store.append(store.slot(series("newest", 2)), 200_000, 2);
    assertThat(selection.size()).isEqualTo(2);
    assertThat(selection.version()).isNotEqualTo(before);

    long slots = store.version();
    store.forgetUnseen(299_999);
    assertThat(store.version()).isEqualTo(slots);
    store.forgetUnseen(300_000);
    assertThat(store.version()).isNotEqualTo(slots);
    assertThat(selection.size()).isEqualTo(1);
    assertThat(selection.labels(0)).isEqualTo(series("newest", 2));
    assertThat(store.find(series("newest", 1))).isEmpty();

    store.append(store.slot(series("newest", 1)), 300_000, 3);
    assertThat(selection.size()).isEqualTo(2);
    assertThat(store.size()).isEqualTo(2);
  }

  @Test
  void forgottenSeriesLeaveTheTimesToOthers() {
    SeriesStore store = store();
    for (long time = 0; time < 4_000_000; time += 15_000) {
      for (int number = 0; number < 4; number++) {
        boolean comesNow = time / 600_000 % 4 != number;
        if (comesNow) {
          store.append(store.slot(series("ranged", number)), time, (double) (time + number));
        }
      }
      store.forgetUnseen(time);
    }
    long end = 3_990_000;
    for (int number = 0; number < 4; number++) {
      if (end / 600_000 % 4 != number) {
        Series series = store.series(store.find(series("ranged", number)).orElseThrow());
        int last = number;
        series.fill(new Window(), end - RANGE, end);
        assertThat(range(series, new Window(), end - 30_000, end))
            .containsExactly(
                end - 15_000 + " " + (double) (end - 15_000 + last),
                end + " " + (double) (end + last));
      }
    }
  }
}
