package io.fleetward.agent.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.shipping.OutgoingRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeOutboxTest {
  @TempDir Path state;
  private final List<OutgoingRecord> shipped = new ArrayList<>();

  @Test
  void whatWasNotAcknowledgedIsSentAgainAfterARestart() throws IOException {
    OutcomeOutbox before = opened();
    before.put("{\"n\":1}");
    before.put("{\"n\":2}");
    shipped.getFirst().whenStored().run();
    assertThat(before.waiting()).isEqualTo(1);
    shipped.clear();

    OutcomeOutbox after = opened();

    assertThat(shipped).hasSize(1);
    assertThat(new String(shipped.getFirst().value(), StandardCharsets.UTF_8))
        .isEqualTo("{\"n\":2}");
    shipped.getFirst().whenStored().run();
    assertThat(after.waiting()).isZero();
  }

  private OutcomeOutbox opened() throws IOException {
    OutcomeOutbox outbox = new OutcomeOutbox(state, shipped::add, new CountedPlans());
    outbox.open();
    return outbox;
  }
}
