package io.fleetward.protocol.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the scoring side says about one alert: a transition, or a refresh of one that still fires.
///
/// Alerts that fire, or resolved in the last 15 minutes, are told again at every refresh interval,
/// so that a reader knows how fresh its evidence is; silence means that nobody knows.
///
/// @param instance the host, or [#ofGroup] where the rule looks across hosts; also the record's key
/// @param labels all labels of the alert, `alertname` included
/// @param group the rule group that the rule belongs to
/// @param expression the rule's expression
/// @param value the value that the expression had
/// @param evaluatedAt the tick, in the broker's time
/// @param newestSampleAt when the host took its newest sample that the evaluation saw, in the
///   host's time
/// @param anomalousSince when the host's anomaly score first crossed its threshold in the present
///   episode, in the broker's time; null if the score is not anomalous
/// @param contributions what made the host's score, largest share first; empty if not anomalous
/// @param rulesVersion digest of the rule files in force
/// @param fault what kind of fault the host's anomaly looks like; null if it is not anomalous, or
///   no model in force tells kinds
/// @param provenance whether the samples are known to come from the host; null where nobody has
///   looked
public record AlertMessage(
    String instance,
    Map<String, String> labels,
    Map<String, String> annotations,
    String group,
    String expression,
    State state,
    double value,
    Instant evaluatedAt,
    Instant newestSampleAt,
    @Nullable Instant anomalousSince,
    List<Contribution> contributions,
    String rulesVersion,
    @Nullable FaultSigns fault,
    @Nullable Provenance provenance) {

  public AlertMessage {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    contributions = List.copyOf(contributions);
    if (instance.isEmpty() || !labels.containsKey("alertname")) {
      throw new IllegalArgumentException("an alert needs an instance and an alertname");
    }
  }

  /// One of which nobody has told kinds of faults, or looked yet where its samples came from.
  public AlertMessage(
      String instance,
      Map<String, String> labels,
      Map<String, String> annotations,
      String group,
      String expression,
      State state,
      double value,
      Instant evaluatedAt,
      Instant newestSampleAt,
      @Nullable Instant anomalousSince,
      List<Contribution> contributions,
      String rulesVersion) {
    this(
        instance,
        labels,
        annotations,
        group,
        expression,
        state,
        value,
        evaluatedAt,
        newestSampleAt,
        anomalousSince,
        contributions,
        rulesVersion,
        null,
        null);
  }

  /// The same, with where its samples came from.
  public AlertMessage from(Provenance known) {
    return new AlertMessage(
        instance,
        labels,
        annotations,
        group,
        expression,
        state,
        value,
        evaluatedAt,
        newestSampleAt,
        anomalousSince,
        contributions,
        rulesVersion,
        fault,
        known);
  }

  private static final String GROUP = "rule group ";

  /// What an alert has for an instance whose rule looks across hosts.
  public static String ofGroup(String group) {
    return GROUP + group;
  }

  /// Whether the alert comes from a rule that looks across hosts, and so from no host.
  public boolean concernsSeveralHosts() {
    return instance.startsWith(GROUP);
  }

  /// The state of an alert, with what is true in it.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = State.Pending.class, name = "pending"),
    @JsonSubTypes.Type(value = State.Firing.class, name = "firing"),
    @JsonSubTypes.Type(value = State.Resolved.class, name = "resolved"),
    @JsonSubTypes.Type(value = State.Dropped.class, name = "dropped")
  })
  public sealed interface State {
    /// The tick at which the expression first held.
    Instant activeAt();

    record Pending(Instant activeAt) implements State {}

    record Firing(Instant activeAt, Instant firedAt) implements State {}

    /// @param firedAt null if it ceased while pending
    record Resolved(Instant activeAt, @Nullable Instant firedAt, Instant resolvedAt)
        implements State {}

    /// Its rule is no longer in force, so nobody looks any more whether it lasts.
    record Dropped(Instant activeAt, Instant firedAt, Instant droppedAt) implements State {}
  }

  /// One feature's part in an anomaly score.
  ///
  /// @param expected the value that the nearest known behaviour has
  /// @param share the part of the score's distance, 0 to 1
  public record Contribution(String feature, double actual, double expected, double share) {}

  /// What kind of fault an anomaly looks like, judged at its strongest instant so far.
  ///
  /// @param at that instant, in the host's time
  /// @param kinds the most probable first; `unknown` first if none can be named
  /// @param reason why none can be named, for people; empty if one is
  /// @param deviations what the kinds were told from, farthest first
  public record FaultSigns(
      Instant at, List<KindProbability> kinds, String reason, List<Contribution> deviations) {
    public FaultSigns {
      kinds = List.copyOf(kinds);
      deviations = List.copyOf(deviations);
    }
  }

  /// @param kind such as `memory-leak`
  /// @param probability 0 to 1; of `unknown` the probability that the next in the list is wrong
  public record KindProbability(String kind, double probability) {}
}
