package io.fleetward.bench.causes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The metrics of one node of PetShop, such as `latency p90`, every five minutes.
final class PetshopNode {
  private static final int HEADERS = 4;

  /// The load on a node is no symptom.
  private static final String LOAD = "requests";

  private static final String AVAILABILITY = "availability";

  private final Map<String, double[]> metrics = new TreeMap<>();
  private final long[] times;

  private PetshopNode(long[] times) {
    this.times = times;
  }

  /// Reads a file with one header row each for node, metric and statistic.
  ///
  /// @return by node
  static Map<String, PetshopNode> read(Path file) {
    List<String[]> lines;
    try {
      lines = Files.readAllLines(file).stream().map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
    List<String[]> rows = lines.subList(HEADERS, lines.size());
    long[] times = rows.stream().mapToLong(row -> (long) Double.parseDouble(row[0])).toArray();
    Map<String, PetshopNode> nodes = new TreeMap<>();
    for (int column = 1; column < lines.getFirst().length; column++) {
      int index = column;
      String metric = lines.get(1)[column];
      if (!metric.equals(LOAD)) {
        nodes
            .computeIfAbsent(lines.get(0)[column], _ -> new PetshopNode(times))
            .metrics
            .put(
                metric + " " + lines.get(2)[column],
                rows.stream().mapToDouble(row -> worse(metric, number(row[index]))).toArray());
      }
    }
    return nodes;
  }

  /// The value, such that more is worse; availability is in percent.
  private static double worse(String metric, double value) {
    return metric.equals(AVAILABILITY) ? 100 - value : value;
  }

  private static double number(String text) {
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  /// For each column of [#rows] the smallest unit of a shift: half a point of availability.
  double[] leastUnits(PetshopNode like) {
    return metrics.keySet().stream()
        .filter(like.metrics::containsKey)
        .mapToDouble(metric -> metric.startsWith(AVAILABILITY) ? 0.5 : 0)
        .toArray();
  }

  /// The rows of those metrics that another node has, too; in the same order for both.
  HostRows rows(PetshopNode like) {
    double[][] columns =
        metrics.entrySet().stream()
            .filter(metric -> like.metrics.containsKey(metric.getKey()))
            .map(Map.Entry::getValue)
            .toArray(double[][]::new);
    double[][] rows = new double[times.length][];
    for (int row = 0; row < times.length; row++) {
      int index = row;
      rows[row] = Arrays.stream(columns).mapToDouble(column -> column[index]).toArray();
    }
    return new HostRows(times, rows);
  }
}
