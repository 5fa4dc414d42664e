package io.fleetward.rules.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleComponentTest {
  @TempDir private Path folder;

  private List<RuleComponent> components(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("fleet.yaml"), text);
    RuleSet rules = RuleFiles.load(List.of(file));
    return RuleComponent.of(rules, Placements.of(rules));
  }

  private static List<List<String>> groups(List<RuleComponent> components) {
    return components.stream()
        .map(component -> component.groups().stream().map(RuleGroup::name).toList())
        .toList();
  }

  @Test
  void areOneWhereGroupsReadEachOthersResultsAndSeveralWhereNot() throws IOException {
    List<RuleComponent> components =
        components(
            """
            groups:
              - name: a
                rules: [{record: "fleet:x:sum", expr: sum(x)}]
              - name: local
                rules: [{record: "host:x", expr: x * 2}]
              - name: b
                rules: [{record: "fleet:y:sum", expr: sum(y)}]
              - name: c
                rules: [{alert: Much, expr: "fleet:z:sum > 1"}]
              - name: d
                rules: [{record: "fleet:z:sum", expr: "fleet:x:sum + sum(host:x)"}]
            """);
    assertThat(groups(components)).containsExactlyInAnyOrder(List.of("b"), List.of("a", "c", "d"));
    assertThat(components)
        .extracting(RuleComponent::key)
        .containsExactlyInAnyOrder("fleet.yaml;b", "fleet.yaml;a");
  }

  @Test
  void nameWhatTheirRulesReadAndHowFarBack() throws IOException {
    RuleComponent component =
        components(
                """
                groups:
                  - name: a
                    query_offset: 1m
                    rules:
                      - {record: "host:w", expr: "w"}
                      - {record: "fleet:x:sum", expr: "sum(rate(x[10m])) + sum(y)"}
                  - name: b
                    rules:
                      - alert: Much
                        expr: fleet:x:sum > 1
                        annotations: {summary: '{{ query "z" | first | value }}'}
                """)
            .getFirst();
    assertThat(component.needs())
        .extracting(need -> need.matchers().getFirst().value(), need -> need.age().toMinutes())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("x", 11L),
            org.assertj.core.groups.Tuple.tuple("y", 6L),
            org.assertj.core.groups.Tuple.tuple("fleet:x:sum", 5L),
            org.assertj.core.groups.Tuple.tuple("z", 5L));
    assertThat(component.needs())
        .extracting(RuleComponent.Need::onlyNewest)
        .containsExactly(false, false, true, true);
    assertThat(component.age()).isEqualTo(Duration.ofMinutes(11));
  }

  @Test
  void holdWhatAsksWhichHostsAreThere() throws IOException {
    assertThat(
            groups(
                components(
                    """
                    groups:
                      - name: silence
                        rules: [{alert: Silent, expr: "fleetward_host_up == 0"}]
                      - name: host
                        rules: [{alert: Odd, expr: '{__name__=~"node_.*"} > 1'}]
                    """)))
        .containsExactly(List.of("silence"));
  }
}
