package io.fleetward.bench.causes;

import io.fleetward.bench.causes.InjectedFault.Verdict;
import io.fleetward.models.causes.CauseRanking;
import io.fleetward.models.causes.Suspect;
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
import java.util.stream.Stream;

/// Ranks the nodes of PetShop at each issue, with models that learned from normal operation.
final class PetshopRanking {
  private static final long STEP = 300;

  private final Map<String, PetshopNode> normal;

  /// @param normal a file of normal operation
  PetshopRanking(Path normal) {
    this.normal = PetshopNode.read(normal);
  }

  /// The verdicts on all issues of one kind of traffic, in the order of their folders.
  List<Verdict> verdicts(Path traffic) {
    CauseRanking ranking = new CauseRanking(calls(traffic.resolve("graph.csv")));
    return issues(traffic).stream()
        .map(issue -> verdict(PetshopIssue.read(issue), ranking))
        .toList();
  }

  private static List<Path> issues(Path traffic) {
    try (Stream<Path> files = Files.walk(traffic, 3)) {
      return files
          .filter(file -> file.endsWith("target.json"))
          .map(file -> file.resolveSibling("."))
          .map(Path::normalize)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be listed".formatted(traffic), e);
    }
  }

  private Verdict verdict(PetshopIssue issue, CauseRanking ranking) {
    long from = issue.at() - STEP;
    List<Suspect> suspects = new ArrayList<>();
    int delay = -1;
    for (Map.Entry<String, PetshopNode> node : issue.metrics().entrySet()) {
      PetshopNode before = normal.get(node.getKey());
      if (before == null) {
        suspects.add(new Suspect(node.getKey(), Double.NaN, Double.NaN, Double.NaN));
        continue;
      }
      HostRows usual = before.rows(node.getValue());
      HostRows now = node.getValue().rows(before);
      double worst =
          new HostShifts(usual, now, before.leastUnits(node.getValue()))
              .worst(from, Long.MAX_VALUE);
      suspects.add(new Suspect(node.getKey(), Double.NaN, worst, Double.NaN));
      if (node.getKey().equals(issue.cause())) {
        delay = HostAlarms.of(usual, now).delay(from, Long.MAX_VALUE);
      }
    }
    int rank = ranking.rank(suspects).indexOf(issue.cause()) + 1;
    return new Verdict(new InjectedFault(issue.at(), issue.cause(), issue.metric()), rank, delay);
  }

  /// A matrix: the node of the row calls the node of the column where it is not 0.
  private static Map<String, Set<String>> calls(Path graph) {
    List<String> lines;
    try {
      lines = Files.readAllLines(graph);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(graph), e);
    }
    String[] called = lines.getFirst().split(",", -1);
    Map<String, Set<String>> calls = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      for (int column = 1; column < cells.length; column++) {
        if (!cells[column].isEmpty() && Double.parseDouble(cells[column]) != 0) {
          calls.computeIfAbsent(cells[0], _ -> new HashSet<>()).add(called[column]);
        }
      }
    }
    return calls;
  }
}
