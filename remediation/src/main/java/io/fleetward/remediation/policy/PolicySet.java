package io.fleetward.remediation.policy;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.remediation.digest.ContentDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The policies in force with the catalogue they were checked against. Immutable.
public record PolicySet(List<Policy> policies, ActionCatalogue catalogue) {
  public PolicySet {
    policies = List.copyOf(policies);
  }

  public List<Policy> matching(Labels alert) {
    return policies.stream().filter(policy -> policy.matches(alert)).toList();
  }

  public Optional<Policy> find(String name) {
    return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }

  /// SHA-256, in hexadecimal, of all that the policies and actions say; comments and order in the
  /// files do not count.
  public String version() {
    Map<String, String> versions = new TreeMap<>();
    policies.forEach(policy -> versions.put(policy.name(), versionOf(policy)));
    return new ContentDigest("policies").field("policies", versions).hex();
  }

  /// SHA-256, in hexadecimal, of one policy and the actions on its ladder, so that a change
  /// elsewhere leaves its proposals and approvals alone.
  public String versionOf(Policy policy) {
    ContentDigest digest =
        new ContentDigest("policy")
            .field("name", policy.name())
            .field("on", policy.on().stream().map(LabelMatcher::toString).sorted().toList())
            .field("mode", policy.mode().name())
            .field("fresh", policy.fresh().toString())
            .field("approvals", Integer.toString(policy.approvals()))
            .field("expires", policy.expires().toString())
            .field("limits", policy.limits().toString())
            .field("resolved_within", policy.resolvedWithin().toString())
            .field("rungs", Integer.toString(policy.ladder().size()));
    for (Rung rung : policy.ladder()) {
      digest.field("action", rung.action()).field("timeout", rung.timeout().toString());
      digest.field("with", texts(rung.with()));
      catalogue.find(rung.action()).ifPresent(action -> add(action, digest));
    }
    return digest.hex();
  }

  private static Map<String, String> texts(Map<String, ParameterTemplate> templates) {
    return templates.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));
  }

  private static void add(Action action, ContentDigest digest) {
    Map<String, String> patterns = new TreeMap<>();
    action.parameters().keySet().forEach(name -> patterns.put(name, action.patternOf(name)));
    digest
        .field("risk", action.risk().name())
        .field("parameters", patterns)
        .field("undo", action.undo());
  }
}
