package io.fleetward.models.faults;

import io.fleetward.models.faults.Calibration.Answer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How well answers were, in numbers. Immutable.
///
/// @param instants how many were judged
/// @param macroRecall mean over kinds of the share whose most probable kind was right
/// @param right the share whose most probable kind was right
/// @param rightInThree the share whose kind was among the three most probable
/// @param logLoss mean of -log of the probability of the true kind
/// @param named the share that was not called unknown
/// @param rightAmongNamed of these, the share that was right
public record FaultReport(
    int instants,
    double macroRecall,
    double right,
    double rightInThree,
    double logLoss,
    double named,
    double rightAmongNamed,
    Map<FaultKind, Map<FaultKind, Integer>> confusion) {
  public FaultReport {
    confusion = Map.copyOf(confusion);
  }

  static FaultReport of(List<Answer> raw, Calibration calibration) {
    List<Answer> answers =
        raw.stream()
            .map(each ->
                new Answer(each.truth(), calibration.apply(each.probabilities()), each.weight()))
            .toList();
    Map<FaultKind, Map<FaultKind, Integer>> confusion = new EnumMap<>(FaultKind.class);
    int right = 0;
    int inThree = 0;
    int named = 0;
    int rightNamed = 0;
    for (Answer each : answers) {
      FaultKind best = each.best();
      confusion
          .computeIfAbsent(each.truth(), _ -> new EnumMap<>(FaultKind.class))
          .merge(best, 1, Integer::sum);
      boolean isRight = best == each.truth();
      boolean isNamed = each.bestProbability() >= calibration.threshold();
      right += isRight ? 1 : 0;
      inThree += rank(each) < 3 ? 1 : 0;
      named += isNamed ? 1 : 0;
      rightNamed += isNamed && isRight ? 1 : 0;
    }
    double macro =
        confusion.entrySet().stream()
            .mapToDouble(
                row -> (double) row.getValue().getOrDefault(row.getKey(), 0) / sum(row.getValue()))
            .average()
            .orElse(Double.NaN);
    double count = answers.size();
    return new FaultReport(
        answers.size(),
        macro,
        right / count,
        inThree / count,
        Calibration.logLoss(answers),
        named / count,
        rightNamed / (double) named,
        confusion);
  }

  private static long rank(Answer answer) {
    double own = answer.probabilities()[answer.truth().place()];
    return Arrays.stream(answer.probabilities()).filter(other -> other > own).count();
  }

  private static int sum(Map<FaultKind, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// A row of a Markdown table with the columns of [#HEADER].
  String row(String name) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.2f | %.3f |%n",
        name,
        instants,
        macroRecall,
        right,
        rightInThree,
        logLoss,
        named,
        rightAmongNamed);
  }

  /// The head of the table for [#row].
  static final String HEADER =
      """
      | held out | instants | macro recall | right | among three | log-loss | named | right of named |
      |---|---|---|---|---|---|---|---|
      """;

  /// Which kinds are taken for which: lines such as `memory-leak: 8 of 9; memory-hog 1`.
  String confusions() {
    StringBuilder text = new StringBuilder();
    for (FaultKind kind : FaultKind.values()) {
      Map<FaultKind, Integer> row = confusion.get(kind);
      if (row != null) {
        text.append("%s: %d of %d".formatted(kind.text(), row.getOrDefault(kind, 0), sum(row)));
        String separator = "; taken for ";
        for (Map.Entry<FaultKind, Integer> other : row.entrySet()) {
          if (other.getKey() != kind) {
            text.append(separator)
                .append("%s %d".formatted(other.getKey().text(), other.getValue()));
            separator = ", ";
          }
        }
        text.append(System.lineSeparator());
      }
    }
    return text.toString();
  }
}
