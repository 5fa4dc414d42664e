package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Provenance;
import io.fleetward.protocol.signing.ScrapeKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the alerts of a host say about where its data came from.
class HostSealTest {
  private static final ScrapeKey KEY = key(1);
  private static final ScrapeKey OTHER = key(2);

  // rules see samples for 5 minutes
  private static final String RULES =
      """
      groups:
        - name: host
          rules:
            - alert: Busy
              expr: avg_over_time(busy[5m]) > 0.5
      """;

  @TempDir private Path folder;

  private static ScrapeKey key(int fill) {
    byte[] secret = new byte[ScrapeKey.BYTES];
    secret[0] = (byte) fill;
    return ScrapeKey.of(secret);
  }

  private static Provenance at(StreamUnderTest stream, int second) {
    stream.scrape("web-1", second, Map.of("busy", 1.0));
    return Objects.requireNonNull(stream.alerts().getLast().provenance());
  }

  @Test
  void whatCarriesTheHostsSealIsProven() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.enrol("web-1", KEY, KEY);
      assertThat(at(stream, 10)).isEqualTo(Provenance.PROVEN);
    }
  }

  @Test
  void oneRecordWithoutASealSpoilsTheEvidenceUntilNoRuleSeesItAnyMore() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.enrol("web-1", KEY, KEY);
      assertThat(at(stream, 10).proven()).isTrue();
      stream.unseal("web-1");
      assertThat(at(stream, 20).detail()).contains("carried no seal");
      stream.enrol("web-1", KEY, KEY);
      assertThat(at(stream, 30).proven()).isFalse();
      assertThat(at(stream, 300).proven()).isFalse();
      // and not by a restart either
      stream.takeOver();
      assertThat(at(stream, 310).proven()).isFalse();
      assertThat(at(stream, 1_000).proven()).isTrue();
    }
  }

  @Test
  void aSealByAnotherKeyProvesNothing() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.enrol("web-1", KEY, OTHER);
      assertThat(at(stream, 10).detail()).contains("is not the host's");
    }
  }

  @Test
  void norDoesOneOfAHostWhoseKeyIsRevoked() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.enrol("web-1", KEY, KEY);
      assertThat(at(stream, 10).proven()).isTrue();
      stream.revoke("web-1");
      assertThat(at(stream, 20).detail()).contains("no key of the host is in force");
    }
  }

  @Test
  void aKeyThatWasReplacedProvesNoLonger() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.enrol("web-1", KEY, KEY);
      assertThat(at(stream, 10).proven()).isTrue();
      stream.enrol("web-1", OTHER, KEY);
      assertThat(at(stream, 20).proven()).isFalse();
      stream.enrol("web-1", OTHER, OTHER);
      assertThat(at(stream, 1_000).proven()).isTrue();
    }
  }

  @Test
  void anotherHostIsNotConcerned() {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      stream.enrol("web-1", KEY, KEY);
      stream.scrape("web-2", 5, Map.of("busy", 1.0));
      assertThat(at(stream, 10).proven()).isTrue();
    }
  }
}
