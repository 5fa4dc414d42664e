package io.fleetward.remediation.policy;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.protocol.labels.LabelMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads one policy. Confined to one thread.
final class PolicyReader {
  private static final Duration FRESH = Duration.ofSeconds(60);
  private static final Duration EXPIRES = Duration.ofHours(1);
  private static final Duration RESOLVED_WITHIN = Duration.ofMinutes(10);

  /// How many people a word asks for.
  private enum Approval {
    NONE(0),
    ONE(1),
    TWO(2);

    private final int people;

    Approval(int people) {
      this.people = people;
    }
  }

  private final YamlNode node;
  private final MappingReader reader;
  private final ActionCatalogue catalogue;
  private final Function<String, List<LabelMatcher>> selectors;
  private final Problems problems;
  private final String name;

  PolicyReader(
      YamlNode node,
      ActionCatalogue catalogue,
      Function<String, List<LabelMatcher>> selectors,
      Problems problems) {
    this.node = node;
    this.reader = MappingReader.of(node, problems);
    this.catalogue = catalogue;
    this.selectors = selectors;
    this.problems = problems;
    this.name = reader.requiredText("name");
  }

  /// @return empty if it has no matcher or no ladder; `problems` then says why
  Optional<Policy> read() {
    List<LabelMatcher> on = selector();
    Mode mode = reader.word("mode", Mode.class).orElse(Mode.OBSERVE);
    List<Rung> ladder = ladder();
    Optional<Approval> approval = reader.word("approval", Approval.class);
    boolean limited = reader.node("limits").isPresent();
    Limits limits = reader.nested("limits").map(this::limits).orElse(Limits.STRICT);
    Duration fresh = nestedDuration("evidence", "fresh", FRESH);
    Duration resolvedWithin = nestedDuration("verify", "resolved_within", RESOLVED_WITHIN);
    Duration expires = positive(reader, "expires", EXPIRES);
    reader.rejectUnknownKeys();

    checkApproval(mode, approval);
    checkRisks(ladder, mode, approval.isPresent(), limited);
    int approvals = approval.orElse(Approval.ONE).people;
    return name.isEmpty() || on.isEmpty() || ladder.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Policy(name, on, mode, fresh, ladder, approvals, expires, limits, resolvedWithin));
  }

  private List<LabelMatcher> selector() {
    String text = reader.requiredText("on");
    YamlNode place = reader.node("on").orElse(node);
    if (text.isEmpty()) {
      return List.of();
    }
    try {
      List<LabelMatcher> matchers = selectors.apply(text);
      if (matchers.stream().allMatch(matcher -> matcher.matchesValue(""))) {
        problems.at(
            place,
            "%s matches every alert; name at least one label that must have a value"
                .formatted(text));
        return List.of();
      }
      return matchers;
    } catch (IllegalArgumentException e) {
      problems.at(
          place,
          "%s is not a selector (%s); write it like '{alertname=\"HostDown\"}'"
              .formatted(text, e.getMessage()));
      return List.of();
    }
  }

  private List<Rung> ladder() {
    List<Rung> rungs = new ArrayList<>();
    List<YamlNode> items = reader.items("ladder");
    if (items.isEmpty()) {
      problems.at(node, "policy \"%s\" has no ladder; name at least one action".formatted(name));
    }
    for (YamlNode item : items) {
      new RungReader(item, catalogue, problems)
          .read()
          .ifPresent(rung -> {
            if (rungs.contains(rung)) {
              problems.at(
                  item,
                  "action \"%s\" with the same parameters is on the ladder twice; what did not help once is not tried again by itself"
                      .formatted(rung.action()));
            }
            rungs.add(rung);
          });
    }
    return rungs;
  }

  private Limits limits(MappingReader limits) {
    Limits strict = Limits.STRICT;
    Limits read =
        new Limits(
            limits.word("scope", Limits.Scope.class).orElse(strict.scope()),
            limits.integer("at_most", 1, 100_000).orElse(strict.atMost()),
            limits.number("percent", 0.001, 100).orElse(strict.percent()),
            limits.duration("cooldown").orElse(strict.cooldown()),
            limits.integer("attempts", 1, 100).orElse(strict.attempts()));
    limits.rejectUnknownKeys();
    return read;
  }

  private Duration nestedDuration(String key, String nestedKey, Duration fallback) {
    return reader
        .nested(key)
        .map(nested -> {
          Duration value = positive(nested, nestedKey, fallback);
          nested.rejectUnknownKeys();
          return value;
        })
        .orElse(fallback);
  }

  private Duration positive(MappingReader mapping, String key, Duration fallback) {
    Duration value = mapping.duration(key).orElse(fallback);
    if (value.isZero()) {
      problems.at(
          mapping.node(key).orElse(node), "\"%s\" is 0; write a longer time".formatted(key));
    }
    return value;
  }

  private void checkApproval(Mode mode, Optional<Approval> approval) {
    if (mode == Mode.APPROVE && approval.equals(Optional.of(Approval.NONE))) {
      problems.at(
          reader.node("approval").orElse(node),
          "mode approve with approval none contradict each other; write approval: one, or mode: automatic");
    }
  }

  private void checkRisks(List<Rung> ladder, Mode mode, boolean approvalWritten, boolean limited) {
    for (Rung rung : ladder) {
      Risk risk = catalogue.find(rung.action()).map(Action::risk).orElse(Risk.LOW);
      String kind = risk.name().toLowerCase(java.util.Locale.ROOT);
      if (risk == Risk.DISRUPTIVE && !limited) {
        problems.at(
            node,
            "policy \"%s\" uses the disruptive action \"%s\" without limits; write them out, such as limits: { scope: fleet, at_most: 1 }"
                .formatted(name, rung.action()));
      }
      if (mode == Mode.AUTOMATIC && risk != Risk.LOW && !approvalWritten) {
        problems.at(
            node,
            "policy \"%s\" is automatic and its action \"%s\" is %s; write approval: out, so that everyone can read who decides"
                .formatted(name, rung.action(), kind));
      }
    }
  }
}
