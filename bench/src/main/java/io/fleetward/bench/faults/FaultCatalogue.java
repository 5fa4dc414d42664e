package io.fleetward.bench.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Every fault that is made, by which programs and how strongly.
///
/// Programs in Perl, Python and shell are trained on. Those in Java and JavaScript, at rates in
/// between, are held out, and so are two whole kinds, which stand for all faults never thought of.
public final class FaultCatalogue {
  /// Kinds that no model is trained on.
  public static final Set<String> UNKNOWN = Set.of("connection-churn", "memory-churn");

  /// Programs that no model is trained on.
  public static final Set<String> HELD_OUT = Set.of("java", "node");

  private static final long SHUFFLE = 4;
  private static final int QUIET_RUNS = 24;

  /// Three rates for training, two for holding out.
  private static final Map<String, double[]> RATES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("cpu-hog", new double[] {0.4, 0.7, 1.0, 0.55, 0.9}),
              Map.entry("memory-leak", new double[] {15, 30, 60, 22, 45}),
              Map.entry("memory-hog", new double[] {250, 500, 800, 350, 650}),
              Map.entry("healthy-load", new double[] {0.2, 0.4, 0.7, 0.3, 0.55}),
              Map.entry("disk-filling", new double[] {15, 35, 70, 25, 50}),
              Map.entry("inode-filling", new double[] {400, 1200, 4000, 800, 2500}),
              Map.entry("disk-load", new double[] {20, 60, 150, 35, 100}),
              Map.entry("sync-storm", new double[] {50, 200, 1000, 100, 500}),
              Map.entry("log-flood", new double[] {2000, 10000, 40000, 5000, 20000}),
              Map.entry("crash-loop", new double[] {3, 8, 20, 5, 12}),
              Map.entry("fork-storm", new double[] {150, 500, 2000, 300, 1000}),
              Map.entry("task-leak", new double[] {10, 25, 50, 15, 35}),
              Map.entry("fd-leak", new double[] {100, 300, 1000, 200, 600}),
              Map.entry("socket-leak", new double[] {50, 150, 400, 100, 250}),
              Map.entry("network-flood", new double[] {5000, 15000, 50000, 10000, 30000}),
              Map.entry("packet-loss", new double[] {3000, 10000, 30000, 6000, 20000}),
              Map.entry("context-switches", new double[] {5000, 15000, 60000, 10000, 30000}),
              Map.entry("connection-churn", new double[] {300, 600, 1000, 400, 800}),
              Map.entry("memory-churn", new double[] {10, 20, 40, 15, 30})));

  /// Shell programs have units of their own: what they do at a time.
  private static final Map<String, double[]> SHELL_RATES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("cpu-hog", new double[] {1}),
              Map.entry("healthy-load", new double[] {20, 60}),
              Map.entry("disk-filling", new double[] {20, 50}),
              Map.entry("inode-filling", new double[] {500, 2000}),
              Map.entry("disk-load", new double[] {30, 80}),
              Map.entry("sync-storm", new double[] {100}),
              Map.entry("log-flood", new double[] {200, 2000}),
              Map.entry("crash-loop", new double[] {1, 3}),
              Map.entry("fork-storm", new double[] {1}),
              Map.entry("task-leak", new double[] {10, 30})));

  /// Python loses packets of connections, fifty times rarer than datagrams.
  private static final double HANDSHAKES = 50;

  private FaultCatalogue() {}

  /// All runs in an order that mixes kinds; the first half has each fault once.
  public static List<FaultRun> runs() {
    List<FaultRun> all = new ArrayList<>(round(1));
    all.addAll(round(2));
    return all;
  }

  private static List<FaultRun> round(int round) {
    List<FaultRun> runs = new ArrayList<>();
    RATES.forEach((kind, rates) -> addRuns(runs, kind, rates, round));
    for (int i = 0; i < QUIET_RUNS / 2; i++) {
      runs.add(new FaultRun(FaultRun.NONE, "nothing", 0, round * QUIET_RUNS + i));
    }
    Collections.shuffle(runs, new Random(SHUFFLE + round));
    return runs;
  }

  private static void addRuns(List<FaultRun> runs, String kind, double[] rates, int round) {
    boolean isUnknown = UNKNOWN.contains(kind);
    for (int i = 0; i < 3; i++) {
      if (!isUnknown || i == round) {
        runs.add(new FaultRun(kind, "perl", rates[i], 10 * round + i));
        double rate = kind.equals("packet-loss") ? rates[i] / HANDSHAKES : rates[i];
        runs.add(new FaultRun(kind, "python", rate, 20 * round + i));
      }
    }
    for (double rate : SHELL_RATES.getOrDefault(kind, new double[0])) {
      runs.add(new FaultRun(kind, "sh", rate, 30 * round));
    }
    runs.add(new FaultRun(kind, "java", rates[2 + round], 40 * round));
    runs.add(new FaultRun(kind, "node", rates[5 - round], 50 * round));
  }
}
