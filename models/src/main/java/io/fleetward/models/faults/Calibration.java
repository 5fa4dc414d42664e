package io.fleetward.models.faults;

import java.util.List;

/// Makes a model's probabilities true on faults that it did not learn, and says from which
/// probability on a kind is named.
///
/// @param temperature above 1 makes probabilities more cautious, below 1 bolder
/// @param threshold a kind that is less probable is not named
public record Calibration(double temperature, double threshold) {
  /// Nothing is impossible: what a model gives no probability has this one.
  private static final double LEAST = 0.002;

  private static final double RIGHT = 0.9;
  private static final int STEPS = 40;

  public Calibration {
    if (!(temperature > 0) || !(threshold >= 0) || threshold > 1) {
      throw new IllegalArgumentException(
          "a temperature above 0 and a threshold from 0 to 1, not %s and %s"
              .formatted(temperature, threshold));
    }
  }

  /// A model's answer and what was true.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Answer(FaultKind truth, double[] probabilities, double weight) {
    FaultKind best() {
      int best = 0;
      for (int kind = 1; kind < probabilities.length; kind++) {
        best = probabilities[kind] > probabilities[best] ? kind : best;
      }
      return FaultKind.at(best);
    }

    double bestProbability() {
      return probabilities[best().place()];
    }
  }

  /// Fits the temperature to the least log-loss, and the threshold so that nine of ten named kinds
  /// are right.
  ///
  /// @param heldOut answers of models that had not seen the episode
  static Calibration fit(List<Answer> heldOut) {
    double temperature = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step <= STEPS; step++) {
      double tried = 0.3 * Math.pow(10, (double) step / STEPS);
      Calibration calibration = new Calibration(tried, 0);
      double loss = logLoss(heldOut.stream().map(calibration::apply).toList());
      if (loss < least) {
        least = loss;
        temperature = tried;
      }
    }
    Calibration calibration = new Calibration(temperature, 0);
    List<Answer> calibrated = heldOut.stream().map(calibration::apply).toList();
    double threshold = 0;
    while (threshold < RIGHT && rightAmongNamed(calibrated, threshold) < RIGHT) {
      threshold += 0.05;
    }
    return new Calibration(temperature, Math.round(threshold * 100) / 100.0);
  }

  static double logLoss(List<Answer> answers) {
    double loss = 0;
    double weight = 0;
    for (Answer each : answers) {
      loss -= each.weight() * Math.log(each.probabilities()[each.truth().place()]);
      weight += each.weight();
    }
    return loss / weight;
  }

  private static double rightAmongNamed(List<Answer> answers, double threshold) {
    double named = 0;
    double right = 0;
    for (Answer each : answers) {
      if (each.bestProbability() >= threshold) {
        named += each.weight();
        right += each.best() == each.truth() ? each.weight() : 0;
      }
    }
    return named == 0 ? 1 : right / named;
  }

  private Answer apply(Answer answer) {
    return new Answer(answer.truth(), apply(answer.probabilities()), answer.weight());
  }

  /// Calibrated probabilities; the kind UNKNOWN keeps none.
  double[] apply(double[] probabilities) {
    double[] calibrated = new double[probabilities.length];
    double sum = 0;
    for (int kind = 0; kind < calibrated.length; kind++) {
      if (kind != FaultKind.UNKNOWN.place()) {
        calibrated[kind] = Math.pow(probabilities[kind] + LEAST, 1 / temperature);
        sum += calibrated[kind];
      }
    }
    for (int kind = 0; kind < calibrated.length; kind++) {
      calibrated[kind] /= sum;
    }
    return calibrated;
  }
}
