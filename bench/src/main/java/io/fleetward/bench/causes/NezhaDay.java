package io.fleetward.bench.causes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetward.models.table.BadTableException;
import io.fleetward.models.table.CsvTable;
import io.fleetward.models.table.RowTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One day of Nezha: pods, who calls whom, and the faults injected into them.
///
/// Only the times written as text are right; the numbers beside them are not.
///
/// @param calls of each pod, the pods that it calls; empty where the day does not say
record NezhaDay(
    Map<String, PodRows> pods, Map<String, Set<String>> calls, List<InjectedFault> faults) {
  private static final String METRICS = "_metric.csv.gz";
  private static final Set<String> RESOURCES = Set.of("CpuUsage(m)", "MemoryUsage(Mi)");
  private static final Set<String> NOT_METRICS = Set.of("Time", "TimeStamp", "PodName");

  /// The metrics of one pod.
  ///
  /// @param own all about itself
  /// @param resources of them, those that it uses up
  /// @param answers of them, the latencies of a server
  /// @param waiting what it measures of the pods that it calls: the latencies of a client
  record PodRows(HostRows own, HostRows resources, HostRows answers, HostRows waiting) {}

  static NezhaDay read(Path folder) {
    Map<String, PodRows> pods = new TreeMap<>();
    for (Path file : metricFiles(folder)) {
      String name = file.getFileName().toString();
      String pod = name.substring(0, name.length() - METRICS.length());
      pods.put(
          pod,
          new PodRows(
              rows(file, NezhaDay::isOwn),
              rows(file, RESOURCES::contains),
              rows(file, NezhaDay::isAnswer),
              rows(file, NezhaDay::isWaiting)));
    }
    return new NezhaDay(
        pods, calls(folder.resolve("dependency.csv.gz"), pods.keySet()), faults(folder));
  }

  private static List<Path> metricFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(METRICS)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be listed".formatted(folder), e);
    }
  }

  /// What a node shows is not the pod's own, and neither is what the pod waits for.
  private static boolean isOwn(String column) {
    return !NOT_METRICS.contains(column) && !column.startsWith("Node") && !isWaiting(column);
  }

  private static boolean isAnswer(String column) {
    return column.startsWith("PodServer");
  }

  private static boolean isWaiting(String column) {
    return column.startsWith("PodClient");
  }

  private static HostRows rows(Path file, Predicate<String> wanted) {
    try (CsvTable table = CsvTable.open(file)) {
      int time = table.columns().indexOf("Time");
      int[] columns =
          IntStream.range(0, table.columns().size())
              .filter(column -> wanted.test(table.columns().get(column)))
              .toArray();
      List<Long> times = new ArrayList<>();
      List<double[]> rows = new ArrayList<>();
      while (table.next()) {
        times.add(seconds(table, time));
        double[] row = new double[columns.length];
        for (int i = 0; i < row.length; i++) {
          row[i] = table.number(columns[i]);
        }
        rows.add(row);
      }
      return new HostRows(
          times.stream().mapToLong(Long::longValue).toArray(), rows.toArray(double[][]::new));
    }
  }

  private static long seconds(CsvTable table, int column) {
    String text = table.text(column);
    return RowTimes.seconds(text.substring(0, Math.min(text.length(), 19)))
        .orElseThrow(() -> table.bad(column, "\"%s\" is no time".formatted(text)));
  }

  /// Services call each other; each has one pod here.
  private static Map<String, Set<String>> calls(Path file, Set<String> pods) {
    Map<String, Set<String>> calls = new HashMap<>();
    if (!Files.isRegularFile(file)) {
      return calls;
    }
    try (CsvTable table = CsvTable.open(file)) {
      while (table.next()) {
        String caller = pod(pods, table.text(0));
        String called = pod(pods, table.text(1));
        if (!caller.isEmpty() && !called.isEmpty()) {
          calls.computeIfAbsent(caller, _ -> new HashSet<>()).add(called);
        }
      }
    }
    return calls;
  }

  private static String pod(Set<String> pods, String service) {
    return pods.stream().filter(pod -> pod.startsWith(service + "-")).findFirst().orElse("");
  }

  private static List<InjectedFault> faults(Path folder) {
    Path file = folder.resolve("faults.json");
    List<InjectedFault> faults = new ArrayList<>();
    try {
      for (JsonNode hour : new ObjectMapper().readTree(file.toFile())) {
        for (JsonNode fault : hour) {
          String time = fault.at("/inject_time").asText();
          faults.add(
              new InjectedFault(
                  RowTimes.seconds(time)
                      .orElseThrow(() ->
                          new BadTableException("%s: \"%s\" is no time".formatted(file, time))),
                  fault.at("/inject_pod").asText(),
                  fault.at("/inject_type").asText()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
    return faults;
  }
}
