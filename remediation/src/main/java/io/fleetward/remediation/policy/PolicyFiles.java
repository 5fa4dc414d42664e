package io.fleetward.remediation.policy;

import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlFile;
import io.fleetward.protocol.configuration.YamlNode;
import io.fleetward.protocol.labels.LabelMatcher;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Reads policies, `policies/*.yaml`, and checks them against the action catalogue. Confined to one
/// thread.
public final class PolicyFiles {
  private final ActionCatalogue catalogue;
  private final Function<String, List<LabelMatcher>> selectors;
  private final Problems problems;
  private final Map<String, Policy> policies = new LinkedHashMap<>();

  /// @param selectors reads a PromQL selector such as `{alertname="Up"}`; throws
  ///   [IllegalArgumentException] with what is wrong
  /// @param problems gets everything that is wrong; while it has any, the policies are not for use
  public PolicyFiles(
      ActionCatalogue catalogue,
      Function<String, List<LabelMatcher>> selectors,
      Problems problems) {
    this.catalogue = catalogue;
    this.selectors = selectors;
    this.problems = problems;
  }

  /// Reads every `*.yaml` of a folder.
  public PolicySet read(Path folder) {
    for (Path file : YamlFolder.files(folder, problems)) {
      YamlFile.read(file, problems).ifPresent(this::add);
    }
    return set();
  }

  /// Reads one file's text.
  public PolicySet parse(String file, String text) {
    YamlFile.parse(file, text, problems).ifPresent(this::add);
    return set();
  }

  private PolicySet set() {
    return new PolicySet(List.copyOf(policies.values()), catalogue);
  }

  private void add(YamlNode root) {
    MappingReader reader = MappingReader.of(root, problems);
    List<YamlNode> items = reader.items("policies");
    if (items.isEmpty()) {
      problems.at(root, "holds no policies; write a list under \"policies\"");
    }
    reader.rejectUnknownKeys();
    for (YamlNode item : items) {
      new PolicyReader(item, catalogue, selectors, problems)
          .read()
          .ifPresent(policy -> {
            if (policies.putIfAbsent(policy.name(), policy) != null) {
              problems.at(
                  item,
                  "policy \"%s\" is written twice; rename or remove one".formatted(policy.name()));
            }
          });
    }
  }
}
