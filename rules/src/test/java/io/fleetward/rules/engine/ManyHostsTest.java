package io.fleetward.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleGroup;
import io.fleetward.rules.file.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hosts under one plan share what rules are bound to; none may see another's series or name.
class ManyHostsTest {
  private static final String RULES =
      """
      groups:
        - name: all
          rules:
            - record: used
              expr: sum by (instance) (load{cpu=~".+"}) / on (instance) group_left () size
            - record: renamed
              expr: label_replace(load, "host", "$1", "instance", "(.*)")
            - record: joined
              expr: size * on (instance) load
            - alert: Loaded
              expr: used > 4
              annotations:
                summary: "{{ $labels.instance }} is loaded"
      """;

  @TempDir Path folder;

  private static Labels series(String name, String host, String... rest) {
    Labels labels = Labels.of(rest);
    return labels.with(Labels.METRIC_NAME, name).with(Labels.INSTANCE, host);
  }

  private static void append(HostRules host, Labels series, long time, double value) {
    host.append(host.slot(series), time, value);
  }

  @Test
  void keepHostsApart() throws IOException {
    RuleSet rules = RuleFiles.load(List.of(Files.writeString(folder.resolve("r.yaml"), RULES)));
    RulePlan plan = RulePlan.of(rules);
    RuleGroup group = rules.groups().getFirst();
    List<HostRules> hosts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      hosts.add(new HostRules(plan, "web-" + i));
    }
    for (long time = 15_000; time <= 60_000; time += 15_000) {
      for (int i = 0; i < 5; i++) {
        HostRules host = hosts.get(i);
        String name = "web-" + i;
        append(host, series("load", name, "cpu", "0"), time, i);
        append(host, series("load", name, "cpu", "1"), time, i);
        append(host, series("size", name), time, i == 4 ? 0.5 : 1);
        RoundResult result = host.evaluate(group, time);
        assertThat(result.failures())
            .singleElement()
            .satisfies(failure -> assertThat(failure.reason()).contains("instance=\"" + name));
        assertThat(host.newest(series("used", name), time)).isEqualTo(i == 4 ? 16 : 2 * i);
        assertThat(host.newest(series("renamed", name, "cpu", "0", "host", name), time))
            .isEqualTo(i);
        assertThat(host.newest(series("load", "web-9", "cpu", "0"), time)).isNaN();
      }
    }
    assertThat(hosts.get(2).alerts()).isEmpty();
    assertThat(hosts.get(4).alerts())
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.labels()).containsEntry("instance", "web-4");
          assertThat(alert.annotations()).containsEntry("summary", "web-4 is loaded");
        });
  }
}
