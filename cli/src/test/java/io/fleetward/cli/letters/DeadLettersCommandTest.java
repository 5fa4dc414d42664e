package io.fleetward.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersCommandTest {
  private static DeadLetter letter(String key, byte[] value, String reason, String origin) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.REASON, reason.getBytes(StandardCharsets.UTF_8));
    headers.add(Headers.ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
    return DeadLetter.of(
        new ConsumerRecord<>(
            "fleetward.dead-letters.v1",
            0,
            7,
            1_767_225_600_000L,
            TimestampType.LOG_APPEND_TIME,
            key.length(),
            value.length,
            key,
            value,
            headers,
            Optional.empty()));
  }

  @Test
  void tellsWhenWhoWhyWhereAndWhat() {
    DeadLetter letter =
        letter("web-1", new byte[] {1, 2, (byte) 0xff}, "a text is not UTF-8", "metrics-3@17");
    assertThat(DeadLettersCommand.text(letter))
        .isEqualTo(
            """
            2026-01-01T00:00:00Z  web-1  a text is not UTF-8
              from metrics-3@17, 3 bytes: 0102ff
            """);
  }

  @Test
  void showsTheBeginOfALongRecordAndNoControlCharacters() {
    DeadLetter letter = letter("web\u001b[2J", new byte[1000], "no\nreason", "");
    assertThat(letter.begin()).hasSize(64);
    assertThat(DeadLettersCommand.text(letter))
        .startsWith("2026-01-01T00:00:00Z  web?[2J  no?reason\n")
        .contains("from an unknown place, 1000 bytes");
  }
}
