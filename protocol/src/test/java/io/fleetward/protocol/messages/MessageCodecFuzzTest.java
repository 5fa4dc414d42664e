package io.fleetward.protocol.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.fuzz.Damage;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Throws damaged messages at the codec. `-Dfleetward.seed=` repeats a run.
class MessageCodecFuzzTest {
  private static final int ROUNDS = 5_000;

  @Test
  void refusesWithAReasonOrReadsWhatItCanWriteAgain() {
    Damage damage = Damage.of(getClass());
    for (Object message : Messages.examples().values()) {
      List<byte[]> valid = new ArrayList<>(List.of(MessageCodec.encode(message)));
      for (int round = 0; round < ROUNDS; round++) {
        byte[] bytes = damage.next(valid);
        check(bytes, message.getClass(), damage.seed());
      }
    }
  }

  private static void check(byte[] bytes, Class<?> type, long seed) {
    String input = "seed %d: %s".formatted(seed, HexFormat.of().formatHex(bytes));
    try {
      switch (MessageCodec.decode(bytes, type)) {
        case Decoded.Malformed<?>(String reason) ->
            assertThat(reason).as(input).startsWith("no " + type.getSimpleName() + ": ");
        case Decoded.Message<?>(Object message) ->
            assertThat(MessageCodec.decode(MessageCodec.encode(message), type))
                .as(input)
                .isEqualTo(new Decoded.Message<>(message));
      }
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(input, e);
    }
  }
}
