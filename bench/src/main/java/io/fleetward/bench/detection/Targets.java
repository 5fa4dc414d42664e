package io.fleetward.bench.detection;

import io.fleetward.bench.causes.CauseResults;
import io.fleetward.bench.detection.SetSummary.NabScores;
import io.fleetward.bench.scoring.Decisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The goals of detection, and what they say about what was measured.
final class Targets {
  /// The machines for which there are published numbers.
  static final Set<String> PUBLISHED_MACHINES = Set.of("machine-2-1", "machine-3-4", "machine-2-7");

  static final Target SMD =
      Target.atLeast(
          "SMD 2-1, 3-4, 2-7: VUS-PR",
          0.60,
          0.65,
          "best published single detector .514, best choice for each machine .644");
  static final Target ASD = Target.atLeast("ASD: VUS-PR", 0.40, 0.45, "Mahalanobis .345");
  static final Target SERVICES2 =
      Target.atLeast("Services Dataset2: AUC-PR", 0.30, 0.35, "Mahalanobis .22");
  static final Target SERVICES3 =
      Target.atLeast("Services Dataset3: AUC-PR", 0.45, 0.50, "online EW z-score .28");
  static final Target KPI =
      Target.atLeast("KPI: VUS-PR", 0.40, 0.50, "MOMENT .377, POLY .310 (another cut)");
  static final List<Target> NAB =
      List.of(
          Target.atLeast("NAB standard", 77, Double.NaN, "ARTime 76.8, CAD OSE 73.2, HTM 72.0"),
          Target.atLeast("NAB reward low FP", 70.5, Double.NaN, "CAD OSE 70.4, ARTime 68.3"),
          Target.atLeast("NAB reward low FN", 82.2, Double.NaN, "ARTime 82.1, CAD OSE 76.4"));
  static final Target RECALL =
      Target.atLeast("SMD + ASD: event recall", 0.8, Double.NaN, "RCF .99 on SMD");
  static final Target FALSE_EPISODES =
      Target.atMost("SMD + ASD: false episodes", 2, "per host-day", 0.5, "RCF 31 on SMD");
  static final Target DELAY =
      Target.atMost("SMD + ASD: median delay", 3, "rows", 1, "RCF 1 on SMD");
  static final Target COST = Target.atMost("38 metrics: CPU", 20, "µs/row", 5, "RCF 240 to 350");
  static final Target NEZHA =
      Target.atLeast(
          "Nezha resource faults: right pod first",
          0.85,
          0.93,
          ".929 and .867 with traces and logs");

  private final Map<DetectionSet, List<Judgement>> judged;
  private final Map<DetectionSet, String> reasons;
  private final List<Target.Outcome> outcomes = new ArrayList<>();

  /// @param judged the series of all sets that were measured
  /// @param reasons why others were not
  Targets(Map<DetectionSet, List<Judgement>> judged, Map<DetectionSet, String> reasons) {
    this.judged = judged;
    this.reasons = reasons;
  }

  /// @param nezha null if it was not measured
  List<Target.Outcome> judge(@Nullable CauseResults nezha) {
    set(SMD, DetectionSet.SMD, _ -> published().volume());
    set(ASD, DetectionSet.ASD, SetSummary::volume);
    set(SERVICES2, DetectionSet.SERVICES2, SetSummary::area);
    set(SERVICES3, DetectionSet.SERVICES3, SetSummary::area);
    set(KPI, DetectionSet.KPI, SetSummary::volume);
    nab();
    decisions();
    set(COST, DetectionSet.SMD, SetSummary::microsPerRow);
    outcomes.add(
        nezha == null
            ? NEZHA.notMeasured(reason(DetectionSet.NEZHA))
            : NEZHA.judge(nezha.rightFirst()));
    return List.copyOf(outcomes);
  }

  private String reason(DetectionSet set) {
    return reasons.getOrDefault(set, "not asked for");
  }

  private List<Judgement> of(DetectionSet set) {
    return judged.getOrDefault(set, List.of());
  }

  private SetSummary published() {
    return SetSummary.of(
        "smd",
        of(DetectionSet.SMD).stream()
            .filter(each -> PUBLISHED_MACHINES.contains(each.result().series()))
            .toList());
  }

  private void set(Target target, DetectionSet set, ToDoubleFunction<SetSummary> value) {
    outcomes.add(
        of(set).isEmpty()
            ? target.notMeasured(reason(set))
            : target.judge(value.applyAsDouble(SetSummary.of(set.key(), of(set)))));
  }

  private void nab() {
    List<NabScores> scores = SetSummary.of("nab", of(DetectionSet.NAB)).nab();
    for (int i = 0; i < NAB.size(); i++) {
      outcomes.add(
          scores.isEmpty()
              ? NAB.get(i).notMeasured(reason(DetectionSet.NAB))
              : NAB.get(i).judge(scores.get(i).optimised().score()));
    }
  }

  private void decisions() {
    List<Judgement> hosts = new ArrayList<>(of(DetectionSet.SMD));
    hosts.addAll(of(DetectionSet.ASD));
    if (of(DetectionSet.SMD).isEmpty() || of(DetectionSet.ASD).isEmpty()) {
      DetectionSet missing = of(DetectionSet.SMD).isEmpty() ? DetectionSet.SMD : DetectionSet.ASD;
      for (Target target : List.of(RECALL, FALSE_EPISODES, DELAY)) {
        outcomes.add(target.notMeasured(missing.key() + ": " + reason(missing)));
      }
      return;
    }
    SetSummary both = SetSummary.of("hosts", hosts);
    Decisions decisions = both.decisions();
    outcomes.add(RECALL.judge(decisions.eventRecall()));
    outcomes.add(FALSE_EPISODES.judge(both.falseEpisodesPerHostDay()));
    outcomes.add(DELAY.judge(decisions.medianDelay()));
  }
}
