package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The files that we ship as samples.
class SampleAllowListTest {
  @Test
  void loadsWithoutAProblem() {
    AllowList samples = AllowList.read(Path.of("../deploy/agent/actions"));

    assertThat(samples.names()).containsExactly("end-process", "restart-unit", "vacuum-journal");
    assertThat(samples.hash()).hasSize(64);
  }
}
