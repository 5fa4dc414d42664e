package io.fleetward.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  private static final Instant AT = Messages.AT;

  private static Plan plan(
      String id,
      String instance,
      Map<String, String> parameters,
      Instant expires,
      Duration timeout) {
    return new Plan(
        id,
        "r",
        instance,
        "12",
        "restart",
        parameters,
        "p@1",
        "ab",
        "cd",
        "n",
        AT,
        expires,
        timeout);
  }

  @ParameterizedTest
  @CsvSource({
    "'', web-1, 60, 1, 'a plan needs an id, an instance, an action and a nonce'",
    "a, '', 60, 1, 'a plan needs an id, an instance, an action and a nonce'",
    "a, web-1, 61, 1, a plan lives at most PT1M",
    "a, web-1, -1, 1, a plan lives at most PT1M",
    "a, web-1, 60, 0, a plan needs a positive timeout",
    "a, web-1, 60, -1, a plan needs a positive timeout",
  })
  void refusesWhatNoHostShouldRun(
      String id, String instance, int lifeSeconds, int timeoutSeconds, String message) {
    assertThatThrownBy(() ->
            plan(
                id,
                instance,
                Map.of(),
                AT.plusSeconds(lifeSeconds),
                Duration.ofSeconds(timeoutSeconds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesTextsWithoutMeasure() {
    assertThatThrownBy(() ->
            plan("x".repeat(257), "web-1", Map.of(), AT.plusSeconds(60), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("id has 257 chars; a plan allows 256");
    assertThatThrownBy(() ->
            plan(
                "a",
                "web-1",
                Map.of("unit", "x".repeat(4_097)),
                AT.plusSeconds(60),
                Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter has 4097 chars; a plan allows 4096");
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 65; i++) {
      many.put("p" + i, "");
    }
    assertThatThrownBy(() -> plan("a", "web-1", many, AT.plusSeconds(60), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a plan has at most 64 parameters, not 65");
  }

  @Test
  void keepsItsParametersAsTheyWere() {
    Map<String, String> parameters = new HashMap<>(Map.of("unit", "a"));
    Plan plan = plan("a", "web-1", parameters, AT.plusSeconds(60), Duration.ofSeconds(1));
    parameters.put("unit", "b");

    assertThat(plan.parameters()).containsExactly(Map.entry("unit", "a"));
  }

  @Test
  void mayLiveItsWholeLife() {
    assertThat(plan("a", "b", Map.of(), AT.plus(Plan.LIFETIME), Duration.ofMillis(1)).expiresAt())
        .isEqualTo(AT.plusSeconds(60));
    assertThat(plan("a", "b", Map.of(), AT, Duration.ofMillis(1)).issuedAt()).isEqualTo(AT);
  }
}
