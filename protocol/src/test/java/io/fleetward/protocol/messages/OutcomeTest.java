package io.fleetward.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.messages.Outcome.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static Outcome outcome(String plan, String remediation, String instance, String reason) {
    return new Outcome(
        plan,
        remediation,
        instance,
        Status.REFUSED,
        reason,
        "no",
        Map.of(),
        Map.of(),
        "",
        Messages.AT);
  }

  @Test
  void refusesNamesWithoutMeasure() {
    String longest = "x".repeat(256);
    String longer = longest + "x";
    assertThat(outcome(longest, longest, longest, longest).plan()).isEqualTo(longest);
    assertThatThrownBy(() -> outcome(longer, "r", "i", ""))
        .hasMessage("plan has 257 chars; an outcome allows 256");
    assertThatThrownBy(() -> outcome("p", longer, "i", ""))
        .hasMessage("remediation has 257 chars; an outcome allows 256");
    assertThatThrownBy(() -> outcome("p", "r", longer, ""))
        .hasMessage("instance has 257 chars; an outcome allows 256");
    assertThatThrownBy(() -> outcome("p", "r", "i", longer))
        .hasMessage("reason has 257 chars; an outcome allows 256");
  }
}
