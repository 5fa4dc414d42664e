package io.fleetward.rules.placement;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Horizon;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Rule groups whose cross-host rules have to be evaluated in one place, because they read each
/// other's results. Immutable.
///
/// @param key the same in every rule set in which the first of the groups is the first
/// @param groups in the order in which they are evaluated: that of the files
/// @param needs the series that the component's cross-host rules read, template queries included;
///   what matches none of them need not leave its host
public record RuleComponent(String key, List<RuleGroup> groups, List<Need> needs) {
  public RuleComponent {
    groups = List.copyOf(groups);
    needs = List.copyOf(needs);
  }

  /// Series that are read.
  ///
  /// @param age of the oldest sample that can be seen
  /// @param onlyNewest whether only the newest sample is seen, however old that is
  public record Need(List<LabelMatcher> matchers, Duration age, boolean onlyNewest) {
    public Need {
      matchers = List.copyOf(matchers);
    }
  }

  /// How far into the past the component's rules can see.
  public Duration age() {
    return needs.stream().map(Need::age).max(Duration::compareTo).orElse(Horizon.LOOK_BACK);
  }

  /// The components of a set; none if no rule looks across hosts.
  public static List<RuleComponent> of(RuleSet rules, Placements placements) {
    List<List<RuleGroup>> components = new ArrayList<>();
    for (RuleGroup group : rules.groups()) {
      if (!crossing(group, placements).isEmpty()) {
        join(group, components, placements);
      }
    }
    return components.stream().map(groups -> component(groups, rules, placements)).toList();
  }

  private static void join(
      RuleGroup group, List<List<RuleGroup>> components, Placements placements) {
    List<RuleGroup> joined = new ArrayList<>();
    components.removeIf(known -> {
      boolean isRelated =
          known.stream()
              .anyMatch(
                  other -> reads(group, other, placements) || reads(other, group, placements));
      if (isRelated) {
        joined.addAll(known);
      }
      return isRelated;
    });
    joined.add(group);
    components.add(joined);
  }

  private static RuleComponent component(
      List<RuleGroup> members, RuleSet rules, Placements placements) {
    Set<RuleGroup> known = new HashSet<>(members);
    List<RuleGroup> groups = rules.groups().stream().filter(known::contains).toList();
    Set<Need> needs = new LinkedHashSet<>();
    for (RuleGroup group : groups) {
      for (Expression expression : expressions(group, placements)) {
        for (Horizon.Sight sight : Horizon.of(expression)) {
          needs.add(
              new Need(
                  sight.selector().matchers(),
                  sight.age().plus(group.queryOffset()),
                  sight.onlyNewest() && group.queryOffset().isZero()));
        }
      }
    }
    return new RuleComponent(keyOf(groups.getFirst()), groups, List.copyOf(needs));
  }

  /// The folder does not count: instances of the service may have theirs in different places.
  private static String keyOf(RuleGroup group) {
    return Path.of(group.file()).getFileName() + ";" + group.name();
  }

  private static boolean reads(RuleGroup reader, RuleGroup other, Placements placements) {
    Set<Labels> yielded = new HashSet<>();
    crossing(other, placements).forEach(rule -> yielded.addAll(Placements.yields(rule)));
    return expressions(reader, placements).stream()
        .flatMap(expression -> Horizon.of(expression).stream())
        .anyMatch(sight -> Placements.mayFind(sight.selector(), yielded));
  }

  private static List<Expression> expressions(RuleGroup group, Placements placements) {
    return crossing(group, placements).stream()
        .flatMap(rule -> Placements.expressions(rule).stream())
        .toList();
  }

  private static List<Rule> crossing(RuleGroup group, Placements placements) {
    return group.rules().stream()
        .filter(rule -> placements.of(rule) instanceof Placement.CrossHost)
        .toList();
  }
}
