package io.fleetward.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.labels.RelabelRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelabelFileTest {
  @TempDir private Path folder;

  private final Problems problems = new Problems();

  private List<RelabelRule> read(String text) throws IOException {
    return RelabelFile.read(Files.writeString(folder.resolve("relabel.yaml"), text), problems);
  }

  @Test
  void readsWhatPrometheusReadsWithItsDefaults() throws IOException {
    List<RelabelRule> rules =
        read(
            """
            relabel_configs:
              - source_labels: [host]
                target_label: instance
              - regex: host
                action: labeldrop
            """);

    assertThat(problems.list()).isEmpty();
    Labels labels = Labels.of("host", "a");
    for (RelabelRule rule : rules) {
      labels = rule.apply(labels).orElseThrow();
    }
    assertThat(labels).isEqualTo(Labels.of("instance", "a"));
  }

  @Test
  void saysWhereARuleCannotBeUsed() throws IOException {
    read(
        """
        relabel_configs:
          - action: keep
            regex: "("
          - action: mirror
          - source_labels: [a]
        """);

    assertThat(problems.list())
        .anySatisfy(problem -> {
          assertThat(problem.line()).isEqualTo(2);
          assertThat(problem.message()).contains("not a valid RE2 expression");
        })
        .anySatisfy(problem -> assertThat(problem.line()).isEqualTo(4))
        .anySatisfy(problem -> assertThat(problem.message()).contains("needs a target_label"));
  }
}
