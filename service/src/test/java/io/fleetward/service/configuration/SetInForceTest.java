package io.fleetward.service.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.configuration.Problem;
import io.fleetward.service.configuration.SetInForce.Part;
import io.fleetward.service.configuration.SetInForce.PostponedException;
import io.fleetward.service.configuration.SetInForce.Reload;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetInForceTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final List<String> done = new ArrayList<>();
  private Instant now = START;
  private boolean isPostponing;
  private SetFolder files;
  private SetInForce set;
  private String first = "";

  @BeforeEach
  void begin() {
    files = SetFolder.good(folder);
    ActiveSet read = files.read();
    first = read.version();
    Part control =
        next -> {
          done.add("prepared");
          return () -> {
            if (isPostponing) {
              throw new PostponedException("the database is away", new IllegalStateException());
            }
            done.add("policies " + next.policies().policies().size());
          };
        };
    Part scoring = next -> () -> done.add("groups " + next.rules().groups().size());
    set =
        new SetInForce(
            files.files(), read, List.of(control, scoring), new ReloadMetrics(registry), () -> now);
  }

  private double metric(String name) {
    return registry.scrape(name::equals).stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .mapToDouble(point -> ((GaugeDataPointSnapshot) point).getValue())
        .findFirst()
        .orElseThrow();
  }

  private boolean wasSuccessful() {
    return metric("fleetward_config_last_reload_successful") == 1;
  }

  private Instant succeededAt() {
    double seconds = metric("fleetward_config_last_reload_success_timestamp_seconds");
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  private Reload reload() {
    now = now.plusSeconds(60);
    return set.reload("a test");
  }

  @Test
  void isGoodFromTheStart() {
    assertThat(wasSuccessful()).isTrue();
    assertThat(succeededAt()).isEqualTo(START);
  }

  @Test
  void isReplacedInAllPartsOnceEveryPartIsReady() {
    files.write("rules/more.yaml", SetFolder.RULES.replace("instance:load", "instance:more"));
    assertThat(reload()).isEqualTo(new Reload.Activated(files.read().version()));
    assertThat(done).containsExactly("prepared", "policies 1", "groups 2");
    assertThat(wasSuccessful()).isTrue();
    assertThat(succeededAt()).isEqualTo(now);
  }

  @Test
  void staysWhileAnyFileIsBroken() {
    files.write("rules/load.yaml", "groups:\n- name: g\n  rule: []\n");
    files.write("policies/load.yaml", "policies: nothing\n");
    Reload refused = reload();
    assertThat(refused).isInstanceOf(Reload.Refused.class);
    Reload.Refused problems = (Reload.Refused) refused;
    assertThat(problems.version()).isEqualTo(first);
    assertThat(problems.problems())
        .extracting(Problem::place)
        .contains(
            folder.resolve("rules/load.yaml") + ":3:3",
            folder.resolve("policies/load.yaml") + ":1:11");
    assertThat(done).isEmpty();
    assertThat(wasSuccessful()).isFalse();
    assertThat(succeededAt()).isEqualTo(START);

    files.write("rules/load.yaml", SetFolder.RULES);
    files.write("policies/load.yaml", SetFolder.POLICIES);
    assertThat(reload()).isEqualTo(new Reload.Unchanged(first));
    assertThat(done).isEmpty();
    assertThat(wasSuccessful()).isTrue();
    assertThat(succeededAt()).isEqualTo(now);
  }

  @Test
  void staysWhileAPartCannotTakeOver() {
    isPostponing = true;
    files.write("rules/load.yaml", SetFolder.RULES + "# changed\n");
    assertThat(reload()).isEqualTo(new Reload.Postponed(first, "the database is away"));
    assertThat(done).containsExactly("prepared");
    assertThat(wasSuccessful()).isFalse();

    isPostponing = false;
    assertThat(reload()).isInstanceOf(Reload.Activated.class);
    assertThat(wasSuccessful()).isTrue();
  }
}
