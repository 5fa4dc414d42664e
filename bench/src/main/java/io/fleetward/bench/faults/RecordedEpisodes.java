package io.fleetward.bench.faults;

import io.fleetward.models.faults.Episode;
import io.fleetward.models.faults.Episode.Origin;
import io.fleetward.models.faults.FaultFeatures;
import io.fleetward.models.faults.FaultKind;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage.Contribution;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RulePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a recording into episodes: the host's features, as the rules make them, during a fault
/// against the median of the quiet seconds just before it. The last quiet second before each fault
/// is an episode, too, of nothing, against the pauses before. Confined to one thread.
final class RecordedEpisodes implements RecordingReader.Sink {
  /// Instants kept of each fault: its last seconds.
  private static final int INSTANTS = 3;

  private static final long REMEMBERED_MILLIS = 60_000;

  /// Quiet seconds longer ago belong to the pause before the last fault.
  private static final long PAUSE_MILLIS = 15_000;

  private static final String INSTANCE = "recorder";

  private final String name;
  private final long windowMillis;
  private final HostRules rules;
  private final List<Labels> features;
  private final List<Episode> episodes = new ArrayList<>();
  private final Deque<Row> quiet = new ArrayDeque<>();
  private final List<Row> during = new ArrayList<>();
  private int[] slots = new int[0];
  private boolean[] ended = new boolean[0];
  private long slotsVersion = Long.MIN_VALUE;
  private @Nullable FaultRun present;
  private long since = Long.MIN_VALUE;

  @SuppressWarnings("ArrayRecordComponent") // stays here, never compared
  private record Row(long timeMillis, double[] values) {}

  private RecordedEpisodes(RulePlan plan, long windowMillis, String name) {
    this.name = name;
    this.windowMillis = windowMillis;
    this.rules = new HostRules(plan, INSTANCE);
    this.features =
        FaultFeatures.series().stream()
            .map(series -> Labels.of(Labels.METRIC_NAME, series, Labels.INSTANCE, INSTANCE))
            .toList();
  }

  /// @param windowMillis how far the rules look back; a fault lasts longer
  /// @throws IOException if the recording cannot be read
  static List<Episode> of(Path recording, RulePlan plan, long windowMillis) throws IOException {
    String name = String.valueOf(recording.getFileName()).replaceFirst("\\..*", "");
    RecordedEpisodes result = new RecordedEpisodes(plan, windowMillis, name);
    RecordingReader.read(recording, result);
    return result.episodes;
  }

  @Override
  public void scrape(long timeMillis, List<Labels> series, double[] values) {
    since = since == Long.MIN_VALUE ? timeMillis : since;
    append(timeMillis, series, values);
    rules.rules().groups().forEach(group -> rules.evaluate(group, timeMillis));
    if (timeMillis - since < windowMillis) {
      return;
    }
    double[] row = features.stream().mapToDouble(each -> rules.newest(each, timeMillis)).toArray();
    if (present == null) {
      quiet.add(new Row(timeMillis, row));
    } else {
      during.add(new Row(timeMillis, row));
    }
  }

  private void append(long timeMillis, List<Labels> series, double[] values) {
    if (rules.slotsVersion() != slotsVersion || slots.length < values.length) {
      slots = series.stream().mapToInt(rules::slot).toArray();
      ended = Arrays.copyOf(ended, values.length);
      slotsVersion = rules.slotsVersion();
    }
    for (int i = 0; i < values.length; i++) {
      boolean ends = Double.isNaN(values[i]);
      if (!ends) {
        rules.append(slots[i], timeMillis, values[i]);
      } else if (!ended[i]) {
        rules.append(slots[i], timeMillis, StaleMarker.VALUE);
      }
      ended[i] = ends;
    }
  }

  @Override
  public void start(FaultRun run, long timeMillis) {
    while (!quiet.isEmpty() && timeMillis - quiet.getFirst().timeMillis() > REMEMBERED_MILLIS) {
      quiet.removeFirst();
    }
    List<Row> before = usual(timeMillis - REMEMBERED_MILLIS, timeMillis - PAUSE_MILLIS);
    if (!before.isEmpty() && !quiet.isEmpty()) {
      add(FaultKind.HEALTHY_LOAD, Origin.NOTHING, 0, List.of(quiet.getLast()), before);
    }
    present = run;
    since = timeMillis;
  }

  @Override
  public void end(long timeMillis) {
    FaultRun run = present;
    List<Row> before = usual(since - PAUSE_MILLIS, since);
    if (run != null && !before.isEmpty()) {
      List<Row> last = during.subList(Math.max(0, during.size() - INSTANTS), during.size());
      add(kind(run), run.program(), run.rate(), last, before);
    }
    during.clear();
    present = null;
    since = timeMillis;
  }

  private void add(
      FaultKind kind, String program, double rate, List<Row> instants, List<Row> before) {
    double[] expected = new double[features.size()];
    Arrays.setAll(expected, feature -> median(feature, before));
    for (Row row : instants) {
      long second = instants.getFirst().timeMillis() / 1000 % 100_000;
      Origin origin = new Origin(program, rate, name + "-" + second);
      episodes.add(new Episode(kind, origin, deviations(row.values(), expected)));
    }
  }

  /// Faults of kinds that nobody is to know are unknown; nothing at all is healthy load.
  private static FaultKind kind(FaultRun run) {
    if (run.kind().equals(FaultRun.NONE)) {
      return FaultKind.HEALTHY_LOAD;
    }
    return FaultKind.of(run.kind()).orElse(FaultKind.UNKNOWN);
  }

  private List<Row> usual(long from, long to) {
    return quiet.stream().filter(row -> row.timeMillis() >= from && row.timeMillis() < to).toList();
  }

  private static double median(int feature, List<Row> rows) {
    double[] values =
        rows.stream()
            .mapToDouble(row -> row.values()[feature])
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }

  private static double[] deviations(double[] actual, double[] expected) {
    List<Contribution> contributions = new ArrayList<>();
    for (int i = 0; i < actual.length; i++) {
      contributions.add(new Contribution(FaultFeatures.series().get(i), actual[i], expected[i], 0));
    }
    return FaultFeatures.deviations(contributions);
  }
}
